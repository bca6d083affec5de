//! The checklist and a run over it, on standard output.

use std::io::{self, Write};

use operations::Outcome;
use operations::checklist::{Item, Kind, RunReport};
use operations::checks::Check;

pub(super) fn list(version: &str, items: &[&Item], json: bool) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, items)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "Deployment checklist {version}")?;
    let mut section = "";
    for item in items {
        if item.section != section {
            section = &item.section;
            writeln!(out, "\n{} / {section}", item.phase)?;
        }
        writeln!(out, "  {:<6} {}", item.id, item.quote)?;
    }
    Ok(())
}

pub(super) fn explain(item: &Item) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}  {}", item.id, item.quote)?;
    writeln!(
        out,
        "part      {} / {}, line {}",
        item.phase, item.section, item.line
    )?;
    writeln!(out, "answered  {}", who(item.kind))?;
    let Some(name) = &item.check else {
        return writeln!(out, "check     none: somebody who can say must attest it");
    };
    writeln!(out, "check     {name}")?;
    match Check::named(name) {
        Some(check) => {
            writeln!(out, "passes    {}", check.meaning())?;
            writeln!(out, "run       bookreader checklist run {}", item.id)
        }
        None => writeln!(
            out,
            "passes    never: this release cannot run it, confirm the line by hand"
        ),
    }
}

fn who(kind: Kind) -> &'static str {
    match kind {
        Kind::Automatic => "by a program",
        Kind::StandIn => "by a program, against a stand-in of an outside service",
        Kind::Attested => "by a person",
    }
}

pub(crate) fn report(report: &RunReport, json: bool) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, report)?;
        writeln!(out)?;
        return Ok(());
    }
    for line in &report.items {
        let (item, finding) = (&line.item, &line.finding);
        writeln!(out, "{} {:<6} {}", mark(finding.outcome), item.id, item.quote)?;
        writeln!(out, "         {}", finding.evidence)?;
        if let Some(fix) = &finding.fix {
            writeln!(out, "         → {fix}")?;
        }
    }
    let counts = report.counts;
    writeln!(
        out,
        "\n{}: {} pass, {} fail, {} cannot tell (release {}, checklist {})",
        words(report.outcome),
        counts.pass,
        counts.fail,
        counts.cannot_tell,
        report.release,
        report.checklist
    )?;
    Ok(())
}

fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "✔",
        Outcome::CannotTell => "?",
        Outcome::Fail => "✘",
    }
}

fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::CannotTell => "cannot tell",
        Outcome::Fail => "fail",
    }
}
