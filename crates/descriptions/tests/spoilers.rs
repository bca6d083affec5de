//! What a book tells later changes nothing that was known before. Needs the installed language models; skips loudly without.

use descriptions::{BookDescriptions, ChapterText, describe, known_at};
use linguistics::{Language, Models};

const CHAPTERS: [&str; 4] = [
    "Снежин вошел в комнату.\n\
     Это был высокий старик с белой бородой, в длинном черном кафтане; глаза его, светлые и холодные, смотрели пристально.\n\
     — Где Саша? — спросил Снежин. — Саша в саду.",
    "Саша стояла у окна. На ней было белое платье с голубой лентой, и русая коса лежала на плече.\n\
     Снежин молчал. За окном, над темным садом, поднималась большая желтая луна.",
    "Александра Петровна сняла черную шляпу; ее бледное лицо с серыми глазами было мокро от дождя.\n\
     — Здравствуйте, Саша, — сказал Снежин. — Здравствуйте, Александра Петровна.",
    "Игнатий Львович Снежин был в сером сюртуке и в белых перчатках.\n\
     Александра Петровна Снежина смотрела на старый белый дом с колоннами над широкой рекой.",
];

fn models() -> Option<Models> {
    let models = Models::open(&Models::default_dir());
    if let Err(error) = &models {
        eprintln!("SKIPPED: {error}");
    }
    models.ok()
}

fn read(models: &Models, texts: &[&str]) -> BookDescriptions {
    let chapters: Vec<ChapterText<'_>> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| ChapterText {
            index,
            text,
            is_body: true,
        })
        .collect();
    describe(models, Language::Russian, &chapters, &mut |_| {})
}

#[test]
fn a_book_cut_after_a_chapter_has_the_same_prompts_up_to_there() {
    let Some(models) = models() else { return };
    let whole = read(&models, &CHAPTERS);
    assert!(
        whole
            .chapters
            .iter()
            .all(|chapter| !chapter.descriptions.is_empty())
    );
    for cut in 1..CHAPTERS.len() {
        let part = read(&models, &CHAPTERS[..cut]);
        for (one, other) in part.chapters.iter().zip(&whole.chapters) {
            let prompts = |chapter: &descriptions::ChapterDescriptions| -> Vec<_> {
                let found = chapter.descriptions.iter();
                found
                    .map(|found| (found.range.clone(), found.prompt.clone()))
                    .collect()
            };
            assert_eq!(prompts(one), prompts(other), "cut after {cut}");
        }
    }
}

#[test]
fn whoever_has_read_up_to_a_place_knows_nobody_better_than_the_book_cut_there() {
    let Some(models) = models() else { return };
    let whole = read(&models, &CHAPTERS);
    assert!(!whole.characters.is_empty());
    for cut in 1..CHAPTERS.len() {
        let part = read(&models, &CHAPTERS[..cut]);
        for known in known_at(&whole.characters, cut - 1, CHAPTERS[cut - 1].len()) {
            // Somebody named once only is no character of the cut book yet.
            let Some(met) = part
                .characters
                .iter()
                .find(|met| met.mentions.contains(&known.mentions[0]))
            else {
                assert_eq!(known.mentions.len(), 1, "{known:?}");
                continue;
            };
            let read = |place: &descriptions::Mention| met.mentions.contains(place);
            assert!(known.mentions.iter().all(read), "{known:?} is more than {met:?}");
            assert!(known.looks.iter().all(|look| met.looks.contains(look)));
            assert_eq!(known.gender, met.gender);
        }
    }
}
