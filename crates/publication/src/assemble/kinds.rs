//! Front matter, story, back matter and notes, and where the story begins.

use super::Unit;
use crate::served::Served;
use crate::{ChapterKind, Metadata};

/// What a file says of one of its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// The page that shows the front cover.
    Cover,
    Front,
    Body,
    Back,
    Notes,
    /// A table of contents.
    Contents,
    /// Front before the story and back after it: acknowledgements, adverts, copyright.
    Matter,
}

/// Characters below which an untitled document may be a title page.
const PAGE: usize = 1_500;

/// The kind of every chapter.
pub(super) fn tell_apart(
    units: &[Unit],
    served: &[Served],
    titles: &[Option<String>],
    metadata: &Metadata,
) -> Vec<ChapterKind> {
    let judged: Vec<Option<Hint>> = units
        .iter()
        .zip(served)
        .zip(titles)
        .map(|((unit, served), title)| judge(unit, &served.text, title.as_deref(), metadata))
        .collect();
    let is_story = |hint: &Option<Hint>| matches!(hint, None | Some(Hint::Body));
    let substantial = |index: &usize| !served[*index].text.trim().is_empty();
    let longest = (0..units.len()).max_by_key(|index| (served[*index].text.len(), std::cmp::Reverse(*index)));
    let first = (0..units.len())
        .filter(substantial)
        .find(|index| is_story(&judged[*index]))
        .or(longest)
        .unwrap_or(0);
    let last = (0..units.len())
        .filter(substantial)
        .rfind(|index| is_story(&judged[*index]))
        .unwrap_or(first);
    let has_story = judged.iter().any(is_story);
    let kind = |(index, hint): (usize, Option<Hint>)| match hint {
        _ if index == first && !has_story => ChapterKind::Body,
        Some(Hint::Notes) => ChapterKind::Notes,
        Some(Hint::Front | Hint::Cover) => ChapterKind::Front,
        Some(Hint::Back) => ChapterKind::Back,
        Some(Hint::Contents | Hint::Matter) if index < first => ChapterKind::Front,
        Some(Hint::Contents | Hint::Matter) => ChapterKind::Back,
        _ if index < first => ChapterKind::Front,
        _ if index > last => ChapterKind::Back,
        Some(Hint::Body) | None => ChapterKind::Body,
    };
    judged.into_iter().enumerate().map(kind).collect()
}

/// Where the story begins: where the file says, unless that is no story; else the first chapter of the story.
pub(super) fn start(kinds: &[ChapterKind], stated: Option<usize>) -> usize {
    let from = stated.unwrap_or(0);
    let story = |from: usize| (from..kinds.len()).find(|index| kinds[*index] == ChapterKind::Body);
    story(from).or_else(|| story(0)).unwrap_or(0)
}

fn judge(unit: &Unit, text: &str, title: Option<&str>, metadata: &Metadata) -> Option<Hint> {
    let characters = text.chars().count();
    if let Some(hint) = unit.hint
        && !(matches!(hint, Hint::Front | Hint::Cover) && characters > 20_000)
    {
        return Some(hint);
    }
    let folded = title.map(str::to_lowercase).unwrap_or_default();
    if let Some(hint) = by_title(&folded, characters) {
        return Some(hint);
    }
    if unit.draft.linked * 10 > unit.draft.utf16 * 6 && text.lines().count() > 4 {
        return Some(Hint::Contents);
    }
    if characters > PAGE {
        return None;
    }
    if is_imprint(text) {
        return Some(Hint::Matter);
    }
    is_title_page(text, metadata).then_some(Hint::Front)
}

fn by_title(title: &str, characters: usize) -> Option<Hint> {
    let title = title.trim_matches(|c: char| !c.is_alphanumeric());
    let is = |names: &[&str]| names.contains(&title);
    let begins = |names: &[&str]| names.iter().any(|name| title.starts_with(name));
    if is(&[
        "notes",
        "footnotes",
        "endnotes",
        "примечания",
        "сноски",
        "комментарии",
        "примечание",
        "comments",
    ]) || begins(&["примечания ", "комментарии ", "endnotes ", "footnotes "])
    {
        return Some(Hint::Notes);
    }
    if is(&[
        "contents",
        "table of contents",
        "оглавление",
        "содержание",
        "list of illustrations",
        "список иллюстраций",
    ]) {
        return Some(Hint::Contents);
    }
    if is(&[
        "cover",
        "обложка",
        "title page",
        "titlepage",
        "half title",
        "half-title",
        "halftitle",
        "титульный лист",
        "титул",
        "dedication",
        "посвящение",
        "аннотация",
        "annotation",
        "frontispiece",
        "фронтиспис",
        "epigraph",
        "эпиграф",
    ]) && characters < 6_000
    {
        return Some(Hint::Front);
    }
    if is(&[
        "copyright",
        "copyright page",
        "imprint",
        "выходные данные",
        "авторские права",
        "acknowledgments",
        "acknowledgements",
        "благодарности",
        "other books",
        "другие книги автора",
        "newsletter",
        "credits",
        "реклама",
        "advertisement",
        "advertisements",
        "информация об издании",
        "сведения об издании",
        "от издательства",
    ]) || begins(&["also by", "other books by", "books by", "также от"])
    {
        return Some(Hint::Matter);
    }
    if is(&[
        "colophon",
        "uncopyright",
        "about the author",
        "об авторе",
        "об авторах",
        "about the publisher",
        "об издательстве",
        "license",
        "лицензия",
        "index",
        "bibliography",
        "библиография",
        "об этой книге",
        "glossary",
        "глоссарий",
        "transcriber's note",
        "transcriber’s note",
        "transcriber's notes",
        "transcriber’s notes",
    ]) || begins(&[
        "the full project gutenberg",
        "full project gutenberg",
        "project gutenberg license",
        "спасибо, что скачали",
        "спасибо за чтение",
    ]) {
        return Some(Hint::Back);
    }
    None
}

/// Copyright pages and licences.
fn is_imprint(text: &str) -> bool {
    let folded = text.to_lowercase();
    let signs = [
        "©",
        "isbn",
        "all rights reserved",
        "все права защищены",
        "copyright",
        "удк ",
        "ббк ",
        "авторских прав",
        "gutenberg",
        "подписано в печать",
        "тираж",
        "first published",
        "licence",
        "license",
        "royallib",
        "litres.ru",
        "flibusta",
    ];
    signs.iter().filter(|sign| folded.contains(*sign)).count() >= 1
        && signs
            .iter()
            .map(|sign| folded.matches(sign).count())
            .sum::<usize>()
            * 800
            > text.chars().count()
}

/// A page that says little more than the book's title and author.
fn is_title_page(text: &str, metadata: &Metadata) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let mut known = words(&metadata.title);
    known.extend(metadata.creators.iter().flat_map(|creator| words(&creator.name)));
    known.extend(metadata.publisher.iter().flat_map(|publisher| words(publisher)));
    let said = words(text);
    let title = words(&metadata.title);
    let strange = said.iter().filter(|word| !known.contains(word)).count();
    !said.is_empty()
        && !title.is_empty()
        && title.iter().all(|word| said.contains(word))
        && strange * 2 <= said.len()
}
