//! `cargo xtask test`: every check and every test, in the order in which they need each other.

mod rust;
mod smoke;
mod web_app;

use anyhow::Result;

use super::WrongUsage;
use crate::machine::{package, program};
use crate::steps::{self, LeftOut, Steps};

/// One step: the name one types, the title one reads, the work.
struct Step {
    name: &'static str,
    title: &'static str,
    work: fn() -> Result<LeftOut>,
}

const STEPS: [Step; 15] = [
    Step {
        name: "machine",
        title: "Programs that the tests need",
        work: machine,
    },
    Step {
        name: "format",
        title: "Formatting",
        work: rust::format,
    },
    Step {
        name: "deps",
        title: "Direction of dependencies, licences",
        work: rust::dependencies,
    },
    Step {
        name: "packages",
        title: "Web: packages",
        work: web_app::packages,
    },
    Step {
        name: "web-check",
        title: "Web: types",
        work: web_app::check,
    },
    Step {
        name: "web-lint",
        title: "Web: lints",
        work: web_app::lint,
    },
    Step {
        name: "web-unit",
        title: "Web: unit tests",
        work: web_app::unit,
    },
    Step {
        name: "web-build",
        title: "Web: build",
        work: web_app::build,
    },
    Step {
        name: "lint",
        title: "Rust: lints",
        work: rust::lint,
    },
    Step {
        name: "docs",
        title: "Rust: documentation",
        work: rust::documentation,
    },
    Step {
        name: "models",
        title: "Language models",
        work: rust::models,
    },
    Step {
        name: "engines",
        title: "Python: the adapter for optional engines",
        work: rust::engines,
    },
    Step {
        name: "rust",
        title: "Rust: unit, integration, end-to-end and kill -9 tests",
        work: rust::tests,
    },
    Step {
        name: "smoke",
        title: "Smoke scripts against a running server",
        work: smoke::scripts,
    },
    Step {
        name: "browser",
        title: "Web: browser tests against a running server",
        work: web_app::browser,
    },
];

/// Runs all steps, or those that are named.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    if rest == ["--list"] {
        for step in &STEPS {
            println!("{:<10} {}", step.name, step.title);
        }
        return Ok(());
    }
    let chosen = choose(rest)?;
    let mut steps = Steps::begin(chosen.len());
    for step in chosen {
        steps.step(step.title, steps::continuous_integration(), step.work)?;
    }
    steps.finish();
    Ok(())
}

fn choose(names: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = names
        .iter()
        .find(|name| STEPS.iter().all(|step| step.name != **name))
    {
        return Err(WrongUsage(format!(
            "there is no step `{unknown}`; see `cargo xtask test --list`"
        ))
        .into());
    }
    Ok(STEPS
        .iter()
        .filter(|step| names.is_empty() || names.iter().any(|name| name == step.name))
        .collect())
}

/// Builders must be here; what else the tests use is installed where that is possible.
fn machine() -> Result<LeftOut> {
    program::require_builders()?;
    let missing = package::install_missing()?;
    Ok(missing
        .into_iter()
        .map(|name| format!("what needs the Debian package `{name}`: it is missing, and only root on Debian can install it"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_names_every_step_runs() {
        assert_eq!(choose(&[]).unwrap().len(), STEPS.len());
    }

    #[test]
    fn named_steps_run_in_their_own_order() {
        let chosen = choose(&["rust".to_owned(), "format".to_owned()]).unwrap();
        assert_eq!(
            chosen.iter().map(|step| step.name).collect::<Vec<_>>(),
            ["format", "rust"]
        );
    }

    #[test]
    fn an_unknown_step_is_wrong_usage() {
        assert!(choose(&["all".to_owned()]).is_err_and(|error| error.is::<WrongUsage>()));
    }
}
