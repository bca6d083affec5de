//! Lines of a plain text into paragraphs.

/// What a paragraph's first line may be indented with.
const INDENTS: [char; 4] = [' ', '\t', '\u{a0}', '\u{3000}'];

/// A piece of a plain text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A line that stands for itself and whether empty lines surround it.
    Paragraph { text: String, alone: bool },
    /// More empty lines than usual.
    Gap,
}

/// Finds out how the text marks its paragraphs and takes them out.
pub(super) fn split(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let shape = shape(&lines);
    let mut blocks = Vec::new();
    let mut current: Vec<&str> = Vec::new();
    let mut empty = 1;
    let mut alone = true;
    for line in lines {
        if line.trim().is_empty() {
            finish(&mut blocks, &mut current, alone, shape);
            empty += 1;
            continue;
        }
        let begins = empty > 0
            || match shape {
                Shape::LinePerParagraph => true,
                Shape::Indented => line.starts_with(INDENTS),
                Shape::Wrapped => false,
            };
        if begins {
            let followed_by_text = empty == 0;
            finish(&mut blocks, &mut current, alone && !followed_by_text, shape);
            if empty > 2 && !blocks.is_empty() {
                blocks.push(Block::Gap);
            }
            alone = empty > 0;
        }
        current.push(line);
        empty = 0;
    }
    finish(&mut blocks, &mut current, alone, shape);
    blocks
}

/// The text with the line breaks inside its wrapped paragraphs turned into spaces: as long, byte for byte, so that
/// every offset still means the same place.
pub(crate) fn unwrapped(text: &str) -> String {
    let shape = shape(&text.lines().map(str::trim_end).collect::<Vec<_>>());
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let content = line.trim_end_matches(['\r', '\n']);
        let goes_on = lines.peek().is_some_and(|next| match shape {
            Shape::LinePerParagraph => false,
            Shape::Indented => !next.trim().is_empty() && !next.starts_with(INDENTS),
            Shape::Wrapped => !next.trim().is_empty(),
        });
        out.push_str(content);
        if goes_on && !content.trim().is_empty() {
            out.extend(std::iter::repeat_n(' ', line.len() - content.len()));
        } else {
            out.push_str(&line[content.len()..]);
        }
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Every line is a paragraph.
    LinePerParagraph,
    /// Lines are broken; an indent begins a paragraph.
    Indented,
    /// Lines are broken; an empty line begins a paragraph.
    Wrapped,
}

fn shape(lines: &[&str]) -> Shape {
    let filled: Vec<&&str> = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .take(5_000)
        .collect();
    let count = filled.len().max(1);
    let long = filled.iter().filter(|line| line.chars().count() > 100).count();
    let indented = filled.iter().filter(|line| line.starts_with(INDENTS)).count();
    let empty = lines
        .iter()
        .take(10_000)
        .filter(|line| line.trim().is_empty())
        .count();
    let unended = filled
        .iter()
        .filter(|line| {
            line.chars().count() > 45
                && !line
                    .trim_end()
                    .ends_with(['.', '!', '?', '…', ':', '»', '"', '”'])
        })
        .count();
    let wrapped = long * 10 < count && unended * 3 > count;
    if !wrapped {
        Shape::LinePerParagraph
    } else if indented * 20 > count && indented * 10 < count * 9 && empty * 3 < count {
        Shape::Indented
    } else {
        Shape::Wrapped
    }
}

fn finish(blocks: &mut Vec<Block>, current: &mut Vec<&str>, alone: bool, shape: Shape) {
    if current.is_empty() {
        return;
    }
    // Short lines in a wrapped text are verse or a heading of several lines: they stay lines.
    let is_verse = shape == Shape::Wrapped
        && current.len() > 1
        && current.iter().all(|line| line.trim().chars().count() <= 45);
    if is_verse {
        let single = false;
        blocks.extend(current.drain(..).map(|line| Block::Paragraph {
            text: line.trim().to_owned(),
            alone: single,
        }));
        return;
    }
    let mut text = String::new();
    for line in current.drain(..) {
        let line = line.trim();
        if text.is_empty() {
        } else if let Some(stem) = hyphenated(&text, line) {
            text.truncate(stem);
        } else {
            text.push(' ');
        }
        text.push_str(line);
    }
    blocks.push(Block::Paragraph { text, alone });
}

/// Where a line ends in a word that was broken with a soft hyphen.
fn hyphenated(text: &str, _next: &str) -> Option<usize> {
    text.ends_with('\u{ad}').then(|| text.len() - '\u{ad}'.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        let blocks = split(text).into_iter();
        blocks
            .filter_map(|block| {
                if let Block::Paragraph { text, .. } = block {
                    Some(text)
                } else {
                    None
                }
            })
            .collect()
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "It was the best of times, it was the worst of times, it was the\nage of wisdom.\n\nThere were a king with a large jaw and a queen with a plain face,\non the throne of England.\n";
        assert_eq!(paragraphs(text).len(), 2);
        assert!(paragraphs(text)[0].ends_with("it was the age of wisdom."));
    }

    #[test]
    fn an_indent_begins_a_paragraph_in_wrapped_text() {
        let text = "   Отец мой Андрей Петрович Гринев в молодости своей служил\nпри графе Минихе и вышел в отставку премьер-майором\nв прошлом году.\n   Матушка была еще мною брюхата, как уже я был записан\nв Семеновский полк сержантом по милости майора гвардии\nкнязя нашего.\n";
        assert_eq!(paragraphs(text).len(), 2);
    }

    #[test]
    fn one_line_per_paragraph() {
        assert_eq!(
            paragraphs("— Да?\n— Нет.\nОн ушёл.\n"),
            ["— Да?", "— Нет.", "Он ушёл."]
        );
    }

    #[test]
    fn unwrapping_moves_nothing() {
        let wrapped = "The road went on for many miles through a dark wood,\r\nand nobody knew who had laid it or when it had been laid\r\ndown among the firs.\r\n\r\nIt ended at a gate of iron that had rusted through the years\nof rain.\n";
        let unwrapped = unwrapped(wrapped);
        assert_eq!(unwrapped.len(), wrapped.len());
        assert_eq!(unwrapped.lines().filter(|line| !line.is_empty()).count(), 2);
        assert_eq!(super::unwrapped("One.\nTwo.\n"), "One.\nTwo.\n");
    }
}
