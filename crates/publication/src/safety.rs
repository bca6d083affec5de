//! Two walls agree: what the importer serves, ammonia leaves unchanged.

use proptest::prelude::*;

use crate::import;
use crate::served::clean;

proptest! {
    #[test]
    fn cleaning_changes_nothing_that_is_served(body in "(</?(section|p|poem|stanza|v|cite|title|strong|a l:href='#x'|a l:href='http://example.org/?a=1&amp;b'|p id='x'|table|tr|td|sup|empty-line/|image/)>|[ а-я<>&\"'\u{a0}\u{2028}\u{feff}😀;]){0,50}") {
        let document = format!("<FictionBook><body><section><p>x</p>{body}</section></body></FictionBook>");
        for chapter in import(document.as_bytes(), Some("a.fb2")).unwrap().chapters {
            prop_assert_eq!(clean(&chapter.html), chapter.html);
        }
    }

    #[test]
    fn neither_does_it_in_markdown(text in "([#*_>`|~\\[\\]()!<>&\\-\n ]|[a-zа-я]|</?[a-z]{1,6}>|\n\n){1,80}") {
        if let Ok(book) = import(format!("слово\n\n{text}").as_bytes(), Some("a.md")) {
            for chapter in book.chapters {
                prop_assert_eq!(clean(&chapter.html), chapter.html);
            }
        }
    }
}
