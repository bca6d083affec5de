//! The lines that the checklist's smoke script prints.

use std::io::{self, Write};

use super::{Event, Report, StepReport};
use crate::Outcome;

/// Writes the script's lines as the journeys go; reasons go to a second writer.
#[derive(Debug)]
pub struct Printer<Lines, Reasons> {
    lines: Lines,
    reasons: Reasons,
}

impl<Lines: Write, Reasons: Write> Printer<Lines, Reasons> {
    /// Writes lines to `lines` (standard output) and reasons to `reasons` (standard error).
    pub fn new(lines: Lines, reasons: Reasons) -> Self {
        Self { lines, reasons }
    }

    /// Before the first journey.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn begin(&mut self, target: &str) -> io::Result<()> {
        writeln!(self.lines, "Running smoke tests against: {target}")
    }

    /// One event of [`super::run`].
    ///
    /// # Errors
    /// When a writer fails.
    pub fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        match event {
            Event::Started { number, title } => {
                write!(self.lines, "{number}. {title}... ")?;
                self.lines.flush()
            }
            Event::Finished(step) => self.finished(step),
        }
    }

    fn finished(&mut self, step: &StepReport) -> io::Result<()> {
        let mark = match step.outcome {
            Outcome::Pass => "✅ PASS",
            Outcome::Fail => "❌ FAIL",
            Outcome::CannotTell => "⚠️ CANNOT TELL",
        };
        writeln!(self.lines, "{mark}")?;
        if let Some(fix) = step.fix {
            writeln!(self.reasons, "   {}\n   {fix}", step.evidence)?;
        }
        Ok(())
    }

    /// After the last journey.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn end(&mut self, report: &Report) -> io::Result<()> {
        if report.outcome == Outcome::Pass {
            writeln!(self.lines, "\n✅ All smoke tests passed!")?;
        }
        Ok(())
    }
}
