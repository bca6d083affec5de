//! Could the release before work on the schema of this one?

use library::MigrationScript;

use crate::checks::Finding;
use crate::migrations::{RELEASED, lint};

pub(crate) fn look() -> Finding {
    judge(&library::embedded_scripts())
}

fn judge(engines: &[Vec<MigrationScript>]) -> Finding {
    let (mut steps, mut offences) = (0, Vec::new());
    for script in engines
        .iter()
        .flatten()
        .filter(|script| script.version > RELEASED)
    {
        steps += 1;
        let found = lint(&script.sql).into_iter();
        offences
            .extend(found.map(|offence| format!("{}:{}: {}", script.version, offence.line, offence.rule)));
    }
    if offences.is_empty() {
        return Finding::pass(format!(
            "{steps} steps came after the first release's {RELEASED}, and the release before works with each"
        ));
    }
    Finding::fail(
        offences.join(", "),
        "`bookreader migrate lint` says what to do instead",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;

    #[test]
    fn a_later_step_that_takes_away_fails_and_an_old_one_does_not() {
        let script = |version| MigrationScript {
            version,
            description: "drop".to_owned(),
            sql: "DROP TABLE books".to_owned(),
        };
        assert_eq!(judge(&[vec![script(RELEASED)]]).outcome, Outcome::Pass);
        let finding = judge(&[vec![], vec![script(RELEASED + 1)]]);
        assert_eq!(
            (finding.outcome, finding.evidence.as_str()),
            (Outcome::Fail, "13:1: drop-table")
        );
    }
}
