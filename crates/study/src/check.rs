//! An exercise's check: its test target, built and run.

mod verdict;

pub use verdict::{Tried, Verdict};

use anyhow::Context;
use exercise::{Exercise, ExerciseName};
use recording::{Event, Kind, Outcome};
use run::cargo::{Build, Diagnostic, cargo};
use run::{Bounds, Control, Start};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use verdict::Hearing;

/// How long a build may take: the first compiles what the checks need.
pub const LONGEST_BUILD: Duration = Duration::from_secs(300);

/// How long a check may take. Each of its trials has a limit of its own.
pub const LONGEST_CHECK: Duration = Duration::from_secs(90);

const MIB: u64 = 1 << 20;

/// What the reader's code may take of the machine.
const BOUNDS: Bounds = Bounds {
    processes: 512,
    memory: 2048 * MIB,
    file: 256 * MIB,
    folder: 1024 * MIB,
};

/// One thing that a check has to tell.
#[derive(Debug)]
pub enum Said {
    /// rustc has something to say.
    Diagnostic(Diagnostic),
    /// The check runs, and this happened.
    Event(Event),
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
        mut begins: impl FnMut(Control),
        mut tell: impl FnMut(Said) -> anyhow::Result<()>,
    ) -> anyhow::Result<Verdict> {
        let mut diagnostics = Vec::new();
        let built = self.build().executable(self.supervisor, &mut begins, |it| {
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
        // Where the trials have their folders, and whatever is killed leaves them.
        let folder = TempDir::with_prefix("check-").context("making the check's folder")?;
        let run = Start::new(executable, self.root.join(self.folder()))
            .argument("--color=never")
            .variable("TMPDIR", folder.path())
            .variable("RUST_BACKTRACE", "0")
            .command(self.name.command())
            .time_limit(LONGEST_CHECK)
            .bounds(BOUNDS)
            .supervised_by(self.supervisor)?;
        begins(run.control());
        let mut hearing = Hearing::default();
        for event in run {
            let event = event?;
            hearing.hear(&event);
            tell(Said::Event(event))?;
        }
        Ok(hearing.verdict())
    }

    fn build(&self) -> Build {
        let (target, file) = match self.target {
            Target::Exercise => (self.name.name.clone(), self.name.file()),
            Target::Solution => (self.name.solution_target(), self.name.solution()),
        };
        let start = cargo(self.root, "test")
            .argument("--no-run")
            .argument("--package")
            .argument(&self.name.chapter)
            .argument("--test")
            .argument(&target)
            .time_limit(LONGEST_BUILD);
        Build {
            start,
            target,
            file: file.display().to_string(),
        }
    }

    fn folder(&self) -> PathBuf {
        Path::new("chapters-code").join(&self.name.chapter)
    }
}

/// What the exercise needs and what is not on the PATH.
pub fn missing_tools(exercise: &Exercise) -> Vec<&str> {
    run::chapters::missing(&exercise.settings.needs)
}

/// How a check that had to be ended came to that.
fn why_it_ended(kind: &Kind) -> Option<String> {
    match kind {
        Kind::TimedOut { seconds } => Some(format!("it still ran after {seconds} s")),
        Kind::Exceeded { most, what } => Some(format!("it took more than {most} {what}")),
        Kind::Exited {
            outcome: outcome @ Outcome::Signal(_),
            ..
        } => Some(format!("it was ended by {outcome}")),
        _ => None,
    }
}
