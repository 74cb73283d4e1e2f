//! An exercise's check: its test target, built and run.

mod verdict;

pub use verdict::{Tried, Verdict};

use anyhow::bail;
use recording::catalogue::{Exercise, ExerciseName};
use recording::{Event, Kind, Outcome};
use run::cargo::{Build, Diagnostic, cargo};
use run::{Bounds, Control, LockedFolder, Start};
use std::fs;
use std::path::Path;
use std::time::Duration;
use verdict::Hearing;

/// How long a build may take: the first compiles what the checks need.
pub const LONGEST_BUILD: Duration = Duration::from_secs(300);

/// How long a check may take. Each of its trials has a limit of its own.
pub const LONGEST_CHECK: Duration = Duration::from_secs(90);

/// One thing that a check has to tell.
#[derive(Debug)]
pub enum Said {
    /// rustc has something to say.
    Diagnostic(Diagnostic),
    /// The check runs, and this happened.
    Event(Event),
}

/// What can be ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    Build,
    Check,
}

/// Which target is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Exercise,
    Solution,
}

/// One check to be made.
pub struct Check<'a> {
    /// The book.
    pub root: &'a Path,
    pub name: &'a ExerciseName,
    pub target: Target,
    /// The program `supervise`.
    pub supervisor: &'a Path,
}

impl Check<'_> {
    /// Builds and runs it. `begins` gets what can end the build and then the
    /// check; `tell` hears what is said, and ends the check by an error.
    ///
    /// # Errors
    /// It could not be made, or `tell` does not want to hear more. What does
    /// not compile has [`Verdict::does_not_compile`].
    pub fn verdict(
        &self,
        mut begins: impl FnMut(Begun, Control),
        mut tell: impl FnMut(Said) -> anyhow::Result<()>,
    ) -> anyhow::Result<Verdict> {
        let mut diagnostics = Vec::new();
        let building = |control| begins(Begun::Build, control);
        // Whatever kills this process, the next check finds the folder free, and
        // removes what is in it.
        let home = LockedFolder::claim(&self.root.join("target/checks"))?;
        let folder = home.temporary()?;
        let built = self
            .build(folder.path())
            .executable(self.supervisor, building, |it| {
                diagnostics.push(it.clone());
                // Who has gone is noticed when the check runs.
                let _ = tell(Said::Diagnostic(it));
            });
        let executable = match built {
            Ok(executable) => executable,
            Err(_) if diagnostics.iter().any(Diagnostic::is_error) => {
                return Ok(Verdict::does_not_compile(&diagnostics));
            }
            Err(error) => return Err(error),
        };
        let run = Start::new(executable, folder.path())
            .argument("--color=never")
            // Here the trials have their folders, and whatever is killed leaves them.
            .variable("TMPDIR", folder.path())
            .variable("RUST_BACKTRACE", "0")
            // libtest is to keep each test's words apart, whatever the owner likes.
            .variable("RUST_TEST_NOCAPTURE", "0")
            .command(self.name.command())
            .time_limit(LONGEST_CHECK)
            .bounds(Bounds::of_a_program())
            .supervised_by(self.supervisor)?;
        begins(Begun::Check, run.control());
        let mut hearing = Hearing::default();
        for event in run {
            let event = event?;
            hearing.hear(&event);
            tell(Said::Event(event))?;
        }
        let mut verdict = hearing.verdict();
        verdict.warnings = diagnostics.into_iter().map(|it| it.rendered).collect();
        if let Ok(check) = fs::read_to_string(self.root.join(self.name.check())) {
            verdict.as_in(&check);
        }
        Ok(verdict)
    }

    /// Cargo stands in the check's folder, whose size is looked at: the book's own
    /// holds all that was ever built.
    fn build(&self, folder: &Path) -> Build {
        let (target, file) = match self.target {
            Target::Exercise => (self.name.name.clone(), self.name.file()),
            Target::Solution => (self.name.solution_target(), self.name.solution()),
        };
        let start = cargo(folder, "test")
            .argument("--manifest-path")
            .argument(self.root.join("Cargo.toml"))
            .argument("--no-run")
            .argument("--package")
            .argument(&self.name.chapter)
            .argument("--test")
            .argument(&target)
            .time_limit(LONGEST_BUILD)
            .bounds(Bounds::of_a_build());
        Build {
            start,
            target,
            file: file.display().to_string(),
        }
    }
}

/// # Errors
/// The exercise needs what is not on the PATH; `again` says what to do once it
/// is there.
pub fn require_tools(exercise: &Exercise, again: &str) -> anyhow::Result<()> {
    let missing = missing_tools(exercise);
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "this exercise needs {}, which is not on the PATH: install it (by apt, dnf, brew or what \
         your system has) and {again}",
        missing.join(" and ")
    )
}

/// What the exercise needs and what is not on the PATH.
pub(crate) fn missing_tools(exercise: &Exercise) -> Vec<&str> {
    run::chapters::missing(&exercise.settings.needs)
}

/// How a check that had to be ended came to that.
fn why_it_ended(kind: &Kind) -> Option<String> {
    match kind {
        Kind::TimedOut { seconds } => Some(format!("it still ran after {seconds} s")),
        Kind::Exceeded { most, what } => Some(format!("it took more than {most} {what}")),
        Kind::LeftBehind { name, .. } => Some(format!("it has left {name} running")),
        Kind::Exited {
            outcome: outcome @ Outcome::Signal(_),
            ..
        } => Some(format!("it was ended by {outcome}")),
        _ => None,
    }
}
