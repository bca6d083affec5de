//! `cargo xtask deps`: the crates of this workspace depend on each other in one direction only.

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{process, workspace};

/// What each crate may use. Nothing below a crate in this table is known to it.
const MAY_USE: [(&str, &[&str]); 9] = [
    ("publication", &[]),
    ("linguistics", &[]),
    ("descriptions", &["linguistics"]),
    ("pictures", &[]),
    ("demo", &["publication"]),
    (
        "library",
        &["publication", "linguistics", "descriptions", "pictures"],
    ),
    (
        "server",
        &[
            "publication",
            "linguistics",
            "descriptions",
            "pictures",
            "library",
        ],
    ),
    ("operations", &["library"]),
    (
        "bookreader",
        &[
            "publication",
            "linguistics",
            "descriptions",
            "pictures",
            "demo",
            "library",
            "server",
            "operations",
        ],
    ),
];

/// Outside crates that only some of ours may build upon: SQL stays in `library`, HTTP routes in `server`
/// (the supervisor of `operations` is spoken to over HTTP on a socket of its own).
const RESERVED: [(&str, &[&str]); 3] = [
    ("sqlx", &["library"]),
    ("sea-orm", &["library"]),
    ("axum", &["server", "operations", "bookreader"]),
];

/// Checks the workspace as cargo sees it.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    super::no_arguments("deps", rest)?;
    let metadata = process::output(workspace::cargo().args([
        "metadata",
        "--format-version=1",
        "--no-deps",
        "--offline",
    ]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata did not print JSON")?;
    let wrong = wrong_edges(&metadata);
    if !wrong.is_empty() {
        bail!(
            "dependencies that ARCHITECTURE.md forbids:\n  - {}",
            wrong.join("\n  - ")
        );
    }
    println!("  {} crates, one direction", MAY_USE.len());
    Ok(())
}

/// Every forbidden edge, in words.
fn wrong_edges(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter(|package| package["name"] != "xtask")
        .flat_map(|package| {
            let user = package["name"].as_str().unwrap_or_default();
            let dependencies = package["dependencies"].as_array().into_iter().flatten();
            dependencies.filter_map(move |dependency| complaint(user, dependency))
        })
        .collect()
}

fn complaint(user: &str, dependency: &Value) -> Option<String> {
    let used = dependency["name"].as_str()?;
    // Tests may reach for a store or a router of their own, for the demo books, and for the text of real ones.
    let in_tests = dependency["kind"] == "dev";
    let allowed = if dependency["path"].is_string() {
        let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| *name == user) else {
            return Some(format!("{user} has no line in the table of {}", file!()));
        };
        used == user || may_use.contains(&used) || (in_tests && ["demo", "publication"].contains(&used))
    } else {
        let reserved = RESERVED.iter().find(|(name, _)| *name == used);
        in_tests || reserved.is_none_or(|(_, users)| users.contains(&user))
    };
    (!allowed).then(|| format!("{user} must not use {used}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn uses(user: &str, used: &str, kind: Value, path: Value) -> Vec<String> {
        let dependency = json!({"name": used, "kind": kind, "path": path});
        wrong_edges(&json!({"packages": [{"name": user, "dependencies": [dependency]}]}))
    }

    #[test]
    fn a_crate_may_use_what_is_above_it() {
        assert!(uses("server", "library", Value::Null, json!("/crates/library")).is_empty());
    }

    #[test]
    fn a_crate_may_not_use_what_is_below_it() {
        let wrong = uses("library", "server", Value::Null, json!("/crates/server"));
        assert_eq!(wrong, ["library must not use server"]);
    }

    #[test]
    fn sql_belongs_to_the_library() {
        assert_eq!(
            uses("server", "sqlx", Value::Null, Value::Null),
            ["server must not use sqlx"]
        );
        assert!(uses("library", "sqlx", Value::Null, Value::Null).is_empty());
        assert!(uses("bookreader", "sqlx", json!("dev"), Value::Null).is_empty());
    }

    #[test]
    fn a_new_crate_needs_its_line() {
        let wrong = uses("novel", "library", Value::Null, json!("/crates/library"));
        assert!(wrong[0].starts_with("novel has no line"));
    }
}
