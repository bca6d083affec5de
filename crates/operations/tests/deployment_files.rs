//! The files in `deploy/`, read by the programs they are for. What is not installed is skipped, and a failure where `CI=true`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod edge;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the files.
pub(crate) fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../deploy")
        .canonicalize()
        .unwrap()
}

/// A program of a Debian package; none, loudly, when it is not installed.
pub(crate) fn program(name: &str, package: &str) -> Option<Command> {
    let folders = ["/usr/sbin", "/usr/bin", "/usr/local/bin"];
    let found = folders
        .iter()
        .map(|folder| Path::new(folder).join(name))
        .find(|path| path.is_file());
    if found.is_none() {
        assert!(
            std::env::var_os("CI").is_none_or(|value| value != "true"),
            "CI=true, and there is no {name} (Debian package {package})"
        );
        eprintln!("skipped: there is no {name} (Debian package {package})");
    }
    found.map(Command::new)
}

fn run(command: &mut Command) -> (bool, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&stdout),
        String::from_utf8_lossy(&stderr)
    );
    (status.success(), said)
}

/// A copy of a file with words changed.
fn altered(folder: &Path, file: &Path, changes: &[(&str, &str)]) -> PathBuf {
    let mut text = std::fs::read_to_string(file).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{} has no {from}", file.display());
        text = text.replace(from, to);
    }
    let copy = folder.join(file.file_name().unwrap());
    std::fs::write(&copy, text).unwrap();
    copy
}

#[test]
fn prometheus_reads_its_configuration_and_no_broken_one() {
    let Some(mut promtool) = program("promtool", "prometheus") else {
        return;
    };
    let folder = deploy().join("prometheus");
    let (reads, said) = run(promtool
        .arg("check")
        .arg("config")
        .arg(folder.join("prometheus.yml")));
    assert!(reads, "{said}");
    let scratch = tempfile::tempdir().unwrap();
    let broken = altered(
        scratch.path(),
        &folder.join("rules.yml"),
        &[("sum by (job)", "sum by (job")],
    );
    let (reads, _) = run(Command::new(promtool.get_program())
        .args(["check", "rules"])
        .arg(broken));
    assert!(!reads);
}

#[test]
fn every_alert_fires_when_it_should_and_only_then() {
    let Some(promtool) = program("promtool", "prometheus") else {
        return;
    };
    let folder = deploy().join("prometheus");
    let mut tested = String::new();
    for file in ["rules-test.yml", "rules-budget-test.yml"] {
        let file = folder.join(file);
        let (passes, said) = run(Command::new(promtool.get_program())
            .args(["test", "rules"])
            .arg(&file));
        assert!(passes, "{said}");
        tested += &std::fs::read_to_string(file).unwrap();
    }
    let rules = std::fs::read_to_string(folder.join("rules.yml")).unwrap();
    for alert in rules
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- alert: "))
    {
        let name = format!("alertname: {alert}\n");
        let cases = tested.split(name.as_str()).skip(1);
        let fires = cases
            .clone()
            .filter(|case| case.trim_start().starts_with("exp_alerts:\n"))
            .count();
        let silent = cases
            .filter(|case| case.trim_start().starts_with("exp_alerts: []"))
            .count();
        assert!(fires > 0, "no test in which {alert} fires");
        assert!(
            silent > 0 || alert == "Watchdog",
            "no test in which {alert} does not"
        );
    }
}

#[test]
fn a_rule_that_is_changed_fails_its_test() {
    let Some(mut promtool) = program("promtool", "prometheus") else {
        return;
    };
    let folder = deploy().join("prometheus");
    let scratch = tempfile::tempdir().unwrap();
    altered(scratch.path(), &folder.join("rules.yml"), &[(">= 180", ">= 190")]);
    let test = altered(scratch.path(), &folder.join("rules-test.yml"), &[]);
    let (passes, said) = run(promtool.args(["test", "rules"]).arg(test));
    assert!(!passes && said.contains("DatabaseConnectionsHigh"), "{said}");
}

#[test]
fn alertmanager_sends_pages_tickets_and_the_watchdog_where_they_belong() {
    let Some(amtool) = program("amtool", "prometheus-alertmanager") else {
        return;
    };
    let file = deploy().join("alertmanager/alertmanager.yml");
    let (reads, said) = run(Command::new(amtool.get_program()).arg("check-config").arg(&file));
    assert!(reads, "{said}");
    for (labels, receiver) in [
        (&["severity=page", "alertname=TargetDown"][..], "pages"),
        (&["severity=ticket", "alertname=JobsWait"], "tickets"),
        (&["severity=none", "alertname=Watchdog"], "watchdog"),
        (&["alertname=Unknown"], "tickets"),
    ] {
        let mut route = Command::new(amtool.get_program());
        route
            .args(["config", "routes", "test"])
            .arg(format!("--config.file={}", file.display()));
        let (_, said) = run(route.args(labels));
        assert_eq!(said.lines().next(), Some(receiver), "{labels:?}");
    }
}

#[test]
fn fail2ban_sees_failed_sign_ins_in_both_logs_and_nothing_else() {
    let Some(regex) = program("fail2ban-regex", "fail2ban") else {
        return;
    };
    let nginx = |method, path, status| {
        format!(
            "203.0.113.7 - [2026-11-28T11:16:21+00:00] \"{method} {path} HTTP/2.0\" {status} 90 0.001 98f01c35"
        )
    };
    let service = |route, status, client| {
        format!(
            r#"{{"timestamp":"2026-11-28T11:16:21.123456Z","level":"INFO","client":"{client}","duration_ms":1.5,"message":"answered","method":"POST","path":"{route}","route":"{route}","status":{status},"target":"server"}}"#
        )
    };
    let login = "/api/v1/auth/login";
    let bad = [
        nginx("POST", login, 401),
        nginx("POST", login, 429),
        service(login, 401, "203.0.113.7"),
        service(login, 429, "2001:db8::7"),
    ];
    let good = [
        nginx("POST", login, 200),
        nginx("GET", login, 401),
        nginx("GET", "/api/v1/books", 401),
        nginx("POST", "/api/v1/auth/login/x", 401),
        service(login, 200, "203.0.113.7"),
        service("/api/v1/books", 401, "203.0.113.7"),
        service(&format!("/x?\\\"route\\\":\\\"{login}\\\""), 401, "203.0.113.7"),
    ];
    let scratch = tempfile::tempdir().unwrap();
    let filter = deploy().join("fail2ban/filter.conf");
    for (lines, matched) in [(&bad[..], bad.len()), (&good, 0)] {
        let log = scratch.path().join("log");
        std::fs::write(&log, lines.join("\n") + "\n").unwrap();
        let (_, said) = run(Command::new(regex.get_program()).arg(&log).arg(&filter));
        let summary = format!("Lines: {} lines, 0 ignored, {matched} matched", lines.len());
        assert!(said.contains(&summary), "{said}");
    }
}

#[test]
fn systemd_reads_the_units_and_finds_them_hardened() {
    let Some(analyze) = program("systemd-analyze", "systemd") else {
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    let units: Vec<PathBuf> = ["bookreader.service", "bookreader-backup.service"]
        .iter()
        .map(|unit| {
            let file = deploy().join("systemd").join(unit);
            altered(scratch.path(), &file, &[("/usr/bin/bookreader", "/usr/bin/true")])
        })
        .collect();
    let timer = altered(
        scratch.path(),
        &deploy().join("systemd/bookreader-backup.timer"),
        &[],
    );
    let mut verify = Command::new(analyze.get_program());
    let (reads, said) = run(verify.arg("verify").args(&units).arg(timer));
    assert!(reads && !said.contains("Unknown"), "{said}");
    for unit in units {
        let mut security = Command::new(analyze.get_program());
        security.args(["security", "--offline=true", "--threshold=20"]);
        let (is_hardened, said) = run(security.arg(unit));
        assert!(is_hardened, "{said}");
    }
}

#[test]
fn the_scripts_have_no_trap_that_shellcheck_knows() {
    let Some(mut shellcheck) = program("shellcheck", "shellcheck") else {
        return;
    };
    let scripts = std::fs::read_dir(deploy().join("../scripts")).unwrap();
    let scripts = scripts
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|one| one == "sh"));
    let (is_clean, said) = run(shellcheck.args(scripts));
    assert!(is_clean, "{said}");
}

#[test]
fn the_compose_file_is_one_and_has_the_names_of_the_checklist() {
    let Some(mut compose) = program("docker-compose", "docker-compose") else {
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    let file = altered(
        scratch.path(),
        &deploy().join("docker-compose.production.yml"),
        &[],
    );
    std::fs::write(scratch.path().join(".env.production"), "").unwrap();
    compose.arg("-f").arg(file).args(["config", "--services"]);
    let (reads, said) = run(compose.env("POSTGRES_PASSWORD", "x").env("REDIS_PASSWORD", "x"));
    assert!(reads, "{said}");
    for service in [
        "backend",
        "frontend",
        "nginx",
        "postgres",
        "redis",
        "celery-worker",
        "celery-beat",
    ] {
        assert!(said.lines().any(|line| line == service), "{service}: {said}");
    }
}
