//! The Russian analysis against Python natasha 1.6.0 on a text made for the purpose (`reference/make_golden.py`),
//! and against input that is no prose at all.
//!
//! Needs the installed models. Without them the tests say so and pass, unless `CI=true`.

use std::sync::OnceLock;

use linguistics::{Language, Models, Unit, conllu, identity};
use proptest::prelude::*;

/// The installed models, or `None` when this machine has none and need not.
fn models() -> Option<&'static Models> {
    static MODELS: OnceLock<Option<Models>> = OnceLock::new();
    let opened = MODELS.get_or_init(|| match Models::open(&Models::default_dir()) {
        Ok(models) => Some(models),
        Err(error) if std::env::var("CI").is_ok_and(|ci| ci == "true") => panic!("{error}"),
        Err(error) => {
            eprintln!("SKIPPED: {error}");
            None
        }
    });
    opened.as_ref()
}

fn is_identical(unit: Unit, reference: &str) {
    let Some(models) = models() else { return };
    let text = include_str!("golden/text.txt");
    let annotation = models.annotate(Language::Russian, text, unit);
    let reference = conllu::read(reference).expect("the golden files are CoNLL-U");
    let differences = identity::compare(&annotation, text, &reference);
    assert!(
        differences.tokens > 3000,
        "the golden file holds thousands of tokens"
    );
    assert!(
        differences.is_identical(),
        "{differences}\n{}",
        differences.examples.join("\n")
    );
    assert!(differences.tied <= 3, "{differences}");
}

#[test]
fn line_by_line_the_analysis_is_natashas() {
    is_identical(Unit::Line, include_str!("golden/line.conllu"));
}

#[test]
fn by_chapter_the_analysis_is_natashas() {
    is_identical(Unit::Chapter, include_str!("golden/chapter.conllu"));
}

/// What must hold of the analysis of any text.
fn is_sound(models: &Models, language: Language, text: &str) {
    let analysis = models.analyse(language, text);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut end = 0;
    for sentence in &analysis.sentences {
        assert!(sentence.range.start >= end, "sentences are in order");
        end = sentence.range.end;
        assert!(!sentence.tokens.is_empty());
        assert!(lines[sentence.paragraph].contains(text[sentence.range.clone()].trim()));
        assert_eq!(
            sentence
                .tokens
                .iter()
                .filter(|token| token.head.is_none())
                .count(),
            1,
            "one root"
        );
        let mut at = sentence.range.start;
        for token in &sentence.tokens {
            assert!(token.range.start >= at && token.range.end <= sentence.range.end);
            at = token.range.end;
            assert!(!text[token.range.clone()].is_empty());
            assert!(token.head.is_none_or(|head| head < sentence.tokens.len()));
        }
    }
    for entity in &analysis.entities {
        assert!(!text[entity.range.clone()].trim().is_empty());
    }
}

#[test]
fn input_that_is_no_prose_is_answered() {
    let Some(models) = models() else { return };
    let binary: String = (0u32..2000)
        .filter_map(|n| char::from_u32(n * 37 % 0x1_0000))
        .collect();
    let texts = [
        String::new(),
        " \t\u{1c}\n\n \u{a0}".to_owned(),
        "😀👍🏽🇷🇺 «😀» — 👨‍👩‍👧‍👦!".to_owned(),
        "Он said: «Bonjour, 世界» и ушёл в Ὀδύσσεια \u{202e}абв\u{202c} ﷽".to_owned(),
        "\u{0}\u{1}\u{2}\r\r\n\u{feff}\u{fffe}".to_owned(),
        binary,
        "небез".repeat(5000),
        "-то".repeat(5000),
        "а-".repeat(3000),
        "=(((".repeat(2000),
    ];
    for text in &texts {
        for language in [Language::Russian, Language::English] {
            is_sound(models, language, text);
            models.annotate(language, text, Unit::Line);
        }
    }
}

#[test]
fn a_line_of_a_megabyte_is_answered() {
    let Some(models) = models() else { return };
    let words = "снег лес вечер дорога и он шёл всё дальше ".repeat(1 << 14);
    assert!(words.len() > 1 << 20);
    is_sound(models, Language::Russian, &words);
    is_sound(models, Language::English, &words);
    is_sound(models, Language::Russian, &"я".repeat(1 << 19));
}

#[test]
fn threads_share_the_models_and_agree() {
    let Some(models) = models() else { return };
    let text = include_str!("golden/text.txt");
    let alone = models.annotate(Language::Russian, text, Unit::Chapter);
    let together = models.annotate_all(Language::Russian, &[text; 4], Unit::Chapter, 2);
    assert!(together.iter().all(|annotation| *annotation == alone));
}

#[test]
fn like_words_have_like_vectors() {
    let Some(models) = models() else { return };
    let vector = |word: &str| models.vector(word).unwrap();
    let likeness = |a: &str, b: &str| {
        let (a, b) = (vector(a), vector(b));
        let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
        dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt()
    };
    assert!(likeness("река", "озеро") > likeness("река", "министр"));
    assert_eq!(vector("Лес"), vector("лес"));
    assert!(models.vector("хлюзда").is_none() && models.vector("<unk>").is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_answered(text in "(\\PC|[а-яё ,.!?\\-«»\"'():;\n]){0,120}") {
        if let Some(models) = models() {
            is_sound(models, Language::Russian, &text);
            is_sound(models, Language::English, &text);
        }
    }
}
