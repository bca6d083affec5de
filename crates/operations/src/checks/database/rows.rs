//! Is a table there, and are its rows?

use library::maintenance;

use crate::checks::{Finding, Subject};

pub(crate) async fn look(subject: &Subject<'_>, table: &str) -> Finding {
    let library = match &subject.library {
        Ok(library) => library,
        Err(why) => return Finding::cannot_tell(why.clone(), super::FIX),
    };
    match maintenance::census(library).await {
        Ok(census) => judge(table, census.get(table).copied()),
        Err(error) => Finding::fail(error.to_string(), super::FIX),
    }
}

fn judge(table: &str, rows: Option<u64>) -> Finding {
    match rows {
        Some(rows) => Finding::pass(format!("{rows} rows in {table}")),
        None => Finding::fail(
            format!("there is no table {table}"),
            "bookreader migrate up, or restore the newest verified backup",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;

    #[test]
    fn an_empty_table_is_one_and_none_is_not() {
        assert_eq!(judge("books", Some(0)).outcome, Outcome::Pass);
        assert_eq!(judge("books", None).outcome, Outcome::Fail);
    }
}
