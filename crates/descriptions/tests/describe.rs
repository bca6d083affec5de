//! Whole books through the public door. Needs the installed language models; skips loudly without them.

use descriptions::{BookDescriptions, ChapterText, Kind, describe};
use linguistics::{Language, Models};

const ESTATE: &str = "Анна Сергеевна вошла в комнату.\n\
    Старый дом стоял на высоком берегу реки; белые колонны его, облупленные дождями, тускло светились сквозь зелень лип. \
    Перед крыльцом, заросшим травой, тянулась длинная аллея, и желтые листья лежали на мокром песке.\n\
    — Зачем вы приехали? — спросила она.\n\
    — Я не знаю. Мне надо было вас видеть.\n\
    Анна Сергеевна была высокая, худощавая женщина с большими серыми глазами и густыми черными волосами. \
    На ней было простое черное платье с белым воротничком.\n\
    Он думал о том, что жизнь прошла и что говорить им больше не о чем.";

fn models() -> Option<Models> {
    let models = Models::open(&Models::default_dir());
    if let Err(error) = &models {
        eprintln!("SKIPPED: {error}");
    }
    models.ok()
}

fn book(models: &Models) -> BookDescriptions {
    let chapters = [
        ChapterText {
            index: 0,
            text: "Содержание. Белый дом. Черный лес.",
            is_body: false,
        },
        ChapterText {
            index: 1,
            text: ESTATE,
            is_body: true,
        },
    ];
    describe(models, Language::Russian, &chapters, &mut |_| {})
}

#[test]
fn a_place_and_a_portrait_are_found_with_their_people() {
    let Some(models) = models() else { return };
    let book = book(&models);
    let found = &book.chapters[1].descriptions;
    let text = |kind: Kind| {
        found
            .iter()
            .find(|found| found.kind == kind)
            .map(|found| &ESTATE[found.range.clone()])
    };
    assert!(
        text(Kind::Location).is_some_and(|text| text.starts_with("Старый дом")),
        "{found:#?}"
    );
    assert!(
        text(Kind::Character).is_some_and(|text| text.contains("черными волосами")),
        "{found:#?}"
    );
    assert_eq!(book.characters[0].name, "Анна Сергеевна");
    let portrait = found.iter().find(|found| found.kind == Kind::Character).unwrap();
    assert_eq!(portrait.characters, [0]);
    assert!(portrait.prompt.text.contains("black"), "{}", portrait.prompt.text);
}

#[test]
fn spans_are_in_order_and_do_not_overlap_and_front_matter_has_none() {
    let Some(models) = models() else { return };
    let book = book(&models);
    assert_eq!(book.chapters[0].descriptions, []);
    let found = &book.chapters[1].descriptions;
    assert!(
        found
            .windows(2)
            .all(|pair| pair[0].range.end <= pair[1].range.start)
    );
    assert!(
        found
            .iter()
            .all(|found| ESTATE.get(found.range.clone()).is_some() && (0.0..=1.0).contains(&found.score))
    );
}

#[test]
fn the_same_book_gives_the_same_answer() {
    let Some(models) = models() else { return };
    assert_eq!(book(&models), book(&models));
}
