//! Are the settings right for production?

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::checks::{Finding, Subject};

/// What stands in examples and templates where a real value belongs.
const SAMPLES: [&str; 7] = [
    "changeme",
    "change-me",
    "xxx",
    "\"...\"",
    "your-",
    ":password@",
    "example.",
];

pub(crate) fn look(subject: &Subject<'_>) -> Finding {
    let settings = &subject.settings;
    if let Some(problem) = &settings.problem {
        return Finding::fail(problem.clone(), "`bookreader config example` shows every setting");
    }
    if !settings.production {
        return Finding::cannot_tell(
            "the embedded profile is chosen: its settings say nothing about production",
            "run this with the configuration of production: --config FILE",
        );
    }
    match &settings.file {
        Some(file) => look_at(file),
        None => Finding::pass("the production profile, from the environment"),
    }
}

fn look_at(file: &Path) -> Finding {
    let read = std::fs::metadata(file).and_then(|about| Ok((about, std::fs::read_to_string(file)?)));
    let (about, text) = match read {
        Ok(read) => read,
        Err(error) => {
            return Finding::cannot_tell(
                format!("{}: {error}", file.display()),
                "run this as the service's user",
            );
        }
    };
    let mode = about.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Finding::fail(
            format!("{} has mode {mode:04o}", file.display()),
            format!("chmod 0600 {}", file.display()),
        );
    }
    match sample_line(&text) {
        // The line's number and not its text: it may hold a secret.
        Some(number) => Finding::fail(
            format!("{}:{number} holds a sample value", file.display()),
            "write the real value there",
        ),
        None => Finding::pass(format!("{} is complete and for its owner alone", file.display())),
    }
}

/// The number of the first line, from 1, that sets something to a sample value.
fn sample_line(text: &str) -> Option<usize> {
    let is_sample = |line: &str| {
        let line = line.trim().to_ascii_lowercase();
        !line.starts_with('#') && SAMPLES.iter().any(|sample| line.contains(sample))
    };
    text.lines().position(is_sample).map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome::{Fail, Pass};

    #[test]
    fn a_file_that_others_may_read_fails() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bookreader.toml");
        std::fs::write(&file, "profile = \"production\"\n").unwrap();
        for (mode, outcome) in [(0o600, Pass), (0o640, Fail), (0o604, Fail)] {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(look_at(&file).outcome, outcome, "{mode:o}");
        }
    }

    #[test]
    fn a_sample_value_is_named_by_line_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bookreader.toml");
        std::fs::write(
            &file,
            "# token = \"...\"\n[server.metrics]\ntoken = \"ChangeMe123\"\n",
        )
        .unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let finding = look_at(&file);
        assert_eq!(finding.outcome, Fail);
        assert!(finding.evidence.contains(":3 ") && !finding.evidence.contains("ChangeMe"));
    }
}
