//! SQL cut into statements of words: enough to see what a statement does to a table, without knowing the whole language.

/// A statement: its first line, from 1, and its words in lower case; what stands in quotes is one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) line: usize,
    pub(super) words: Vec<String>,
}

impl Statement {
    /// Do these words follow each other somewhere?
    pub(super) fn has(&self, words: &[&str]) -> bool {
        self.at(words).is_some()
    }

    /// Where these words follow each other first.
    pub(super) fn at(&self, words: &[&str]) -> Option<usize> {
        self.words
            .windows(words.len())
            .position(|window| window.iter().zip(words).all(|(one, other)| one == other))
    }

    pub(super) fn starts(&self, words: &[&str]) -> bool {
        self.at(words) == Some(0)
    }

    /// The word after these, and after `if (not) exists` and the like.
    pub(super) fn name_after(&self, words: &[&str]) -> Option<&str> {
        let at = self.at(words)? + words.len();
        let fillers = ["if", "not", "exists", "only", "concurrently", "column"];
        self.words[at..]
            .iter()
            .find(|word| !fillers.contains(&word.as_str()))
            .map(String::as_str)
    }
}

/// The statements of a script. The body of a trigger or a function belongs to its statement.
pub(super) fn statements(sql: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut current = Statement {
        line: 1,
        words: Vec::new(),
    };
    let mut line = 1;
    let mut rest = sql;
    while let Some(c) = rest.chars().next() {
        let taken = token(rest, c);
        let (text, after) = rest.split_at(taken);
        if current.words.is_empty() {
            current.line = line;
        }
        line += text.matches('\n').count();
        rest = after;
        if c == ';' && !is_within_body(&current) {
            if !current.words.is_empty() {
                found.push(std::mem::replace(
                    &mut current,
                    Statement {
                        line,
                        words: Vec::new(),
                    },
                ));
            }
        } else if !c.is_whitespace() && !text.starts_with("--") && !text.starts_with("/*") {
            current.words.push(text.trim_matches('"').to_ascii_lowercase());
        }
    }
    if !current.words.is_empty() {
        found.push(current);
    }
    found
}

/// A trigger of SQLite goes on to its `end`.
fn is_within_body(statement: &Statement) -> bool {
    let is_trigger = statement.starts(&["create", "trigger"]);
    let begun = statement.has(&["begin"]);
    is_trigger && begun && statement.words.last().is_none_or(|word| word != "end")
}

/// How many bytes the next piece has: a comment, a quoted text, a word, or a sign.
fn token(rest: &str, first: char) -> usize {
    let until = |end: &str, from: usize| {
        rest[from..]
            .find(end)
            .map_or(rest.len(), |at| from + at + end.len())
    };
    if rest.starts_with("--") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return until("*/", 2);
    }
    if first == '\'' || first == '"' {
        return until(&first.to_string(), 1);
    }
    if first == '$'
        && let Some(end) = rest[1..].find('$')
        && rest[1..=end].chars().all(|c| c.is_alphanumeric() || c == '_')
    {
        let tag = &rest[..end + 2];
        return until(tag, tag.len());
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    if is_word(first) {
        return rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    }
    first.len_utf8()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn comments_quotes_and_bodies_do_not_end_a_statement() {
        let sql = "-- one; two\nCREATE TABLE a (b TEXT DEFAULT 'x;y');\n\n/* drop table a; */ SELECT $$ ; $$;\n\
                   CREATE TRIGGER t BEFORE UPDATE ON a BEGIN SELECT 1; SELECT 2; END;\nDROP TABLE \"A\"";
        let found = statements(sql);
        let lines: Vec<usize> = found.iter().map(|one| one.line).collect();
        assert_eq!(lines, [2, 4, 5, 6], "{found:#?}");
        assert!(found[3].has(&["drop", "table", "a"]));
        assert_eq!(found[0].name_after(&["create", "table"]), Some("a"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "(?s).{0,200}") {
            statements(&text);
        }
    }
}
