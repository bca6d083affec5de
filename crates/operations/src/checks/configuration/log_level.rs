//! Are the log levels INFO or WARNING?

use crate::checks::Finding;

pub(crate) fn look(filter: &str) -> Finding {
    let wrong: Vec<&str> = filter
        .split(',')
        .map(str::trim)
        .filter(|directive| !directive.is_empty() && !is_right(directive))
        .collect();
    if filter.trim().is_empty() || !wrong.is_empty() {
        return Finding::fail(
            format!("log.level is `{filter}`"),
            "set log.level, or BOOKREADER__LOG__LEVEL, to `info` or `warn`",
        );
    }
    Finding::pass(format!("log.level is `{filter}`"))
}

/// A directive is a level, or `target=level`; a target alone means everything it has to say.
fn is_right(directive: &str) -> bool {
    let level = directive.rsplit('=').next().unwrap_or_default();
    ["info", "warn"].contains(&level.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome::{Fail, Pass};

    #[test]
    fn every_directive_counts() {
        for good in ["info", "WARN", "info,server=warn", "warn, library=info"] {
            assert_eq!(look(good).outcome, Pass, "{good}");
        }
        for bad in [
            "debug",
            "info,server=debug",
            "trace",
            "error",
            "off",
            "info,server",
            "",
            "info,a[b]=5",
        ] {
            assert_eq!(look(bad).outcome, Fail, "{bad}");
        }
    }
}
