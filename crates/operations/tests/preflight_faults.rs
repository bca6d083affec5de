//! Before a deployment: each fault makes exactly the line fail that is about it, and no other.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod lab;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use lab::{Answer, Cors, Lab};

/// What is broken, and the line that must say so.
struct Fault {
    line: &'static str,
    what: String,
}

/// Lines that fail, by name.
async fn failing(lab: &Lab) -> BTreeSet<String> {
    let report = lab.preflight().await;
    let failing = report
        .items
        .iter()
        .filter(|line| line.finding.outcome == operations::Outcome::Fail);
    failing.map(|line| line.item.id.clone()).collect()
}

/// Looks at the broken lab, and mends it.
async fn hold(lab: &mut Lab, faults: &mut Vec<Fault>, line: &'static str, what: impl Into<String>) {
    let what = what.into();
    let found = failing(lab).await;
    assert_eq!(found, BTreeSet::from([line.to_owned()]), "{what}");
    lab.mend();
    faults.push(Fault { line, what });
}

#[tokio::test(flavor = "multi_thread")]
async fn exactly_the_right_line_fails() {
    let mut lab = Lab::new().await;
    let report = lab.preflight().await;
    let can_be_run = report.items.iter().filter(|line| {
        let check = line.item.check.as_deref();
        check.is_some_and(|name| operations::checks::Check::named(name).is_some())
    });
    for line in can_be_run {
        assert_eq!(
            line.finding.outcome,
            operations::Outcome::Pass,
            "{}: {}",
            line.item.id,
            line.finding.evidence
        );
    }
    let mut faults = Vec::new();
    settings(&mut lab, &mut faults).await;
    source_tree(&mut lab, &mut faults).await;
    service(&mut lab, &mut faults).await;
    backups(&mut lab, &mut faults).await;
    database(&mut lab, &mut faults).await;
    assert!(failing(&lab).await.is_empty(), "all is mended");
    let lines: BTreeSet<&str> = faults.iter().map(|fault| fault.line).collect();
    let different: BTreeSet<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
    println!(
        "{} faults on {} lines, each found by its own",
        faults.len(),
        lines.len()
    );
    assert_eq!(different.len(), faults.len(), "a fault was counted twice");
    assert!(faults.len() >= 100, "{} faults", faults.len());
}

async fn settings(lab: &mut Lab, faults: &mut Vec<Fault>) {
    for level in [
        "debug",
        "DEBUG",
        "trace",
        "error",
        "off",
        "",
        "5",
        "info,server=debug",
        "info,server",
        "server=trace",
        "warn,library=debug",
        "info,a[b]=5",
        "info;debug",
        "verbose",
    ] {
        lab.log_level = level.to_owned();
        hold(lab, faults, "CF-8", format!("log.level is {level:?}")).await;
    }
    for mode in [
        0o640, 0o604, 0o644, 0o646, 0o660, 0o664, 0o666, 0o606, 0o620, 0o622, 0o602, 0o610, 0o777,
    ] {
        lab.set_mode(mode);
        hold(lab, faults, "CF-1", format!("the settings have mode {mode:o}")).await;
    }
    for line in [
        "token = \"CHANGEME\"",
        "token = \"change-me\"",
        "phone = \"+7-XXX-XXX-XXXX\"",
        "token = \"...\"",
        "key = \"your-key-here\"",
        "url = \"postgres://bookreader:password@db/bookreader\"",
        "public_url = \"https://bookreader.example.com\"",
    ] {
        lab.add_setting(line);
        hold(lab, faults, "CF-1", format!("the settings say {line}")).await;
    }
    lab.problem = Some("unknown field `lisen`".to_owned());
    hold(lab, faults, "CF-1", "a setting is misspelt").await;
}

async fn source_tree(lab: &mut Lab, faults: &mut Vec<Fault>) {
    let package =
        "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+https://example.org\"\n";
    let short = format!("{package}checksum = \"abc\"\n");
    let no_hex = format!("{package}checksum = \"{}\"\n", "z".repeat(64));
    let git = package.replace("registry+", "git+");
    for (what, text) in [
        ("without a checksum", package),
        ("with a short checksum", &short),
        ("with a checksum that is none", &no_hex),
        ("from git", &git),
        ("that is no TOML", "[[package"),
    ] {
        lab.write_source("Cargo.lock", text);
        hold(lab, faults, "DE-1", format!("Cargo.lock with a package {what}")).await;
    }
    let npm = |version: u8, entry: &str| {
        format!(r#"{{"lockfileVersion": {version}, "packages": {{"": {{}}, "node_modules/a": {entry}}}}}"#)
    };
    let good = format!(r#"{{"integrity": "sha512-{}"}}"#, "A".repeat(88));
    for (what, text) in [
        ("of version 1", npm(1, &good)),
        ("of version 2", npm(2, &good)),
        ("without an integrity", npm(3, "{}")),
        ("with SHA-1", npm(3, r#"{"integrity": "sha1-AAAA"}"#)),
        ("with half a hash", npm(3, r#"{"integrity": "sha512-AAAA"}"#)),
        ("that is cut off", "{\"lockfileVersion\": 3".to_owned()),
    ] {
        lab.write_source("web/package-lock.json", &text);
        hold(lab, faults, "DE-2", format!("package-lock.json {what}")).await;
    }
    for (what, text) in [
        ("only unreleased", "## [Unreleased]\n\n### Added\n\n- A thing.\n"),
        (
            "another version",
            "## [1.2.4] - 2026-02-03\n\n### Fixed\n\n- A fault.\n",
        ),
        ("no date", "## [1.2.3]\n\n### Fixed\n\n- A fault.\n"),
        ("a vague date", "## [1.2.3] - soon\n\n### Fixed\n\n- A fault.\n"),
        (
            "an impossible date",
            "## [1.2.3] - 2026-02-30\n\n### Fixed\n\n- A fault.\n",
        ),
        (
            "no entry",
            "## [1.2.3] - 2026-02-03\n\n### Fixed\n\n## [1.2.2] - 2026-01-01\n\n### Fixed\n\n- A.\n",
        ),
        (
            "an entry without a category",
            "## [1.2.3] - 2026-02-03\n\n- An entry.\n",
        ),
        ("nothing", ""),
    ] {
        lab.write_source("CHANGELOG.md", text);
        hold(lab, faults, "DO-2", format!("a changelog with {what}")).await;
    }
    for (part, text) in [
        (
            "info",
            r#"{"info": {"version": "0"}, "paths": {"/a": {}}, "components": {}}"#,
        ),
        (
            "paths",
            r#"{"info": {"version": "1"}, "paths": {"/b": {}}, "components": {}}"#,
        ),
        (
            "components",
            r#"{"info": {"version": "1"}, "paths": {"/a": {}}, "components": {"x": 1}}"#,
        ),
    ] {
        lab.write_source("web/openapi.json", text);
        hold(lab, faults, "DO-3", format!("openapi.json differs in {part}")).await;
    }
}

async fn service(lab: &mut Lab, faults: &mut Vec<Fault>) {
    for (what, answer) in [
        ("500", Answer::new(500, "{}")),
        ("503", Answer::new(503, "{}")),
        ("404", Answer::new(404, "{}")),
        ("a redirect", Answer::new(302, "{}")),
        ("no JSON", Answer::new(200, "<html>")),
        ("nothing", Answer::new(200, "")),
        (
            "that it is ill",
            Answer::new(200, r#"{"status": "ill", "version": "1"}"#),
        ),
        ("no version", Answer::new(200, r#"{"status": "ok"}"#)),
    ] {
        lab.service().health = answer;
        hold(lab, faults, "IN-7", format!("/health answers {what}")).await;
    }
    for (what, answer) in [
        ("500", Answer::new(500, "{}")),
        ("404", Answer::new(404, "{}")),
        ("no JSON", Answer::new(200, "well")),
        ("no part at all", Answer::new(200, r#"{"checks": {}}"#)),
        (
            "200 with a failed database",
            Answer::new(200, r#"{"checks": {"database": "failed"}}"#),
        ),
        (
            "a failed database",
            Answer::new(503, r#"{"checks": {"database": "failed", "blobs": "ok"}}"#),
        ),
        (
            "failed blobs",
            Answer::new(503, r#"{"checks": {"database": "ok", "blobs": "failed"}}"#),
        ),
        (
            "a failed Redis",
            Answer::new(503, r#"{"checks": {"database": "ok", "redis": "failed"}}"#),
        ),
        (
            "503 with nothing wrong",
            Answer::new(503, r#"{"checks": {"database": "ok"}}"#),
        ),
    ] {
        lab.service().ready = answer;
        hold(lab, faults, "IN-7", format!("/ready answers {what}")).await;
    }
    for (what, answer) in [
        ("500", Answer::new(500, "{}")),
        ("404", Answer::new(404, "{}")),
        ("no JSON", Answer::new(200, "<html>")),
        (
            "another interface",
            Answer::new(200, r#"{"info": {"version": "1"}, "paths": {"/c": {}}}"#),
        ),
    ] {
        lab.service().openapi = answer;
        hold(
            lab,
            faults,
            "DO-3",
            format!("the service describes itself by {what}"),
        )
        .await;
    }
    for (what, cors) in [
        ("everybody", Cors::Everybody),
        ("whoever asks", Cors::WhoeverAsks),
        ("pages without an origin", Cors::Containing("null")),
        ("a stranger", Cors::Containing("https://stranger.example")),
        (
            "a name that begins like ours",
            Cors::Containing(".stranger.example"),
        ),
        ("a name that ends like ours", Cors::Containing("stranger-")),
    ] {
        lab.service().cors = cors;
        hold(lab, faults, "CF-6", format!("the service lets in {what}")).await;
    }
}

async fn backups(lab: &mut Lab, faults: &mut Vec<Fault>) {
    for (index, file) in lab.stored_files().into_iter().enumerate() {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(&file).unwrap();
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            std::fs::write(&file, flipped).unwrap();
            hold(lab, faults, "DB-4", format!("byte {at} of {name} is flipped")).await;
        }
        if index == 0 {
            std::fs::remove_file(&file).unwrap();
            hold(lab, faults, "DB-4", format!("{name} is gone")).await;
        }
    }
    lab.age = TimeDelta::hours(25);
    hold(lab, faults, "DB-4", "the newest backup is 25 hours old").await;
    lab.age = TimeDelta::hours(-1);
    hold(lab, faults, "DB-4", "the newest backup is of the future").await;
    lab.backups_missing = true;
    hold(lab, faults, "DB-4", "there is no repository of backups").await;
}

async fn database(lab: &mut Lab, faults: &mut Vec<Fault>) {
    for steps in 1..=2 {
        lab.library.migrations().down(steps).await.unwrap();
        hold(
            lab,
            faults,
            "DB-1",
            format!("{steps} versions of the schema are pending"),
        )
        .await;
        lab.library.migrations().up().await.unwrap();
    }
    lab.break_storage();
    hold(lab, faults, "DE-7", "the folder of books and pictures is a file").await;
}
