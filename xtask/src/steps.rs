//! Numbered steps with their time, and a loud list of what was left out.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// What a step left out and why, in words for the person who waits; empty when it did everything.
pub(crate) type LeftOut = Vec<String>;

/// A running list of steps.
pub(crate) struct Steps {
    total: usize,
    finished: Vec<(String, Duration, LeftOut)>,
    began: Instant,
}

impl Steps {
    /// Begins a list of `total` steps.
    pub(crate) fn begin(total: usize) -> Self {
        Self {
            total,
            finished: Vec::new(),
            began: Instant::now(),
        }
    }

    /// Runs one step; on a `strict` machine (CI) it may leave nothing out.
    pub(crate) fn step(
        &mut self,
        title: &str,
        strict: bool,
        work: impl FnOnce() -> Result<LeftOut>,
    ) -> Result<()> {
        println!("\n[{}/{}] {title}", self.finished.len() + 1, self.total);
        let start = Instant::now();
        let left_out = work()?;
        for what in &left_out {
            println!("  SKIPPED {what}");
        }
        if strict && !left_out.is_empty() {
            bail!("{title}: CI=true allows no skip: {}", left_out.join("; "));
        }
        println!("  ✓ {title}, {}", readable(start.elapsed()));
        self.finished.push((title.to_owned(), start.elapsed(), left_out));
        Ok(())
    }

    /// Prints the table of times, and every skip once more.
    pub(crate) fn finish(self) {
        println!("\nTime by step");
        for (title, time, _) in &self.finished {
            println!("  {:>12}  {title}", readable(*time));
        }
        println!("  {:>12}  in all", readable(self.began.elapsed()));
        for what in self.finished.iter().flat_map(|(_, _, left_out)| left_out) {
            println!("SKIPPED {what}");
        }
    }
}

/// Whether this runs on a machine that must leave nothing out.
pub(crate) fn continuous_integration() -> bool {
    std::env::var_os("CI").is_some_and(|value| value == "true")
}

fn readable(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_reads_as_a_minute() {
        assert_eq!(readable(Duration::from_secs(59)), "59 s");
        assert_eq!(readable(Duration::from_secs(61)), "1 min 01 s");
    }

    #[test]
    fn a_failed_step_ends_the_list() {
        assert!(Steps::begin(1).step("fails", false, || bail!("broken")).is_err());
    }

    #[test]
    fn a_skip_is_a_failure_only_where_strict() {
        let skip = || Ok(vec!["no Redis here".to_owned()]);
        assert!(Steps::begin(1).step("lax", false, skip).is_ok());
        let error = Steps::begin(1).step("strict", true, skip).unwrap_err();
        assert!(error.to_string().contains("no Redis here"));
    }
}
