//! Does the changelog tell of this release?

use std::path::Path;

use crate::checks::Finding;

pub(crate) fn look(source: &Path, version: &str) -> Finding {
    let path = source.join("CHANGELOG.md");
    match std::fs::read_to_string(&path) {
        Ok(text) => judge(&text, version),
        Err(error) => Finding::cannot_tell(
            format!("{}: {error}", path.display()),
            "name the source tree of the release with --source",
        ),
    }
}

fn judge(text: &str, version: &str) -> Finding {
    let heading = format!("## [{version}]");
    let Some((_, after)) = text.split_once(&heading) else {
        return Finding::fail(
            format!("CHANGELOG.md has no section `{heading}`"),
            "move the entries of Unreleased beneath a heading with this version and the date",
        );
    };
    let (rest_of_heading, body) = after.split_once('\n').unwrap_or((after, ""));
    let body = body.split("\n## ").next().unwrap_or_default();
    let date = rest_of_heading.trim().strip_prefix("- ").unwrap_or_default();
    if !is_date(date) {
        return Finding::fail(
            format!("the section of {version} has no date"),
            format!("write `{heading} - YYYY-MM-DD`"),
        );
    }
    let entries = body
        .split("\n### ")
        .skip(1)
        .flat_map(str::lines)
        .filter(|line| line.starts_with("- ") && line.len() > 2)
        .count();
    // A heading on the section's first line has no line break before it.
    let entries = entries + usize::from(body.starts_with("### ")) * first_category(body);
    match entries {
        0 => Finding::fail(
            format!("the section of {version} has no entry"),
            "say beneath Added, Changed or Fixed what a user will see",
        ),
        entries => Finding::pass(format!("{entries} entries for {version}, of {date}")),
    }
}

fn first_category(body: &str) -> usize {
    let category = body.split("\n### ").next().unwrap_or_default();
    category
        .lines()
        .filter(|line| line.starts_with("- ") && line.len() > 2)
        .count()
}

fn is_date(text: &str) -> bool {
    chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() && text.len() == 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;

    #[test]
    fn a_dated_section_with_an_entry_passes() {
        for text in [
            "# Changelog\n\n## [1.2.0] - 2026-02-03\n\n### Fixed\n\n- A fault.\n\n## [1.1.0] - 2026-01-01\n",
            "## [1.2.0] - 2026-02-03\n### Fixed\n- A fault.\n",
        ] {
            let finding = judge(text, "1.2.0");
            assert_eq!(
                finding,
                Finding::pass("1 entries for 1.2.0, of 2026-02-03"),
                "{text}"
            );
        }
    }

    #[test]
    fn no_section_no_date_or_no_entry_fails() {
        for text in [
            "## [Unreleased]\n\n### Added\n\n- A thing.\n",
            "## [1.2.0]\n\n### Fixed\n\n- A fault.\n",
            "## [1.2.0] - soon\n\n### Fixed\n\n- A fault.\n",
            "## [1.2.0] - 2026-02-30\n\n### Fixed\n\n- A fault.\n",
            "## [1.2.0] - 2026-02-03\n\n### Fixed\n\n## [1.1.0] - 2026-01-01\n\n### Fixed\n\n- A fault.\n",
            "## [1.2.0] - 2026-02-03\n\n- An entry without a category.\n",
        ] {
            assert_eq!(judge(text, "1.2.0").outcome, Outcome::Fail, "{text}");
        }
        assert_eq!(look(Path::new("/nowhere"), "1.2.0").outcome, Outcome::CannotTell);
    }
}
