//! An exercise's check: its test target, built and run.

mod said;
mod verdict;

pub use said::{FAILED, PASSED, Said};
pub use verdict::{CheckVerdict, TrialResult};

use anyhow::bail;
use recording::Event;
use recording::catalogue::{Exercise, ExerciseName};
use run::cargo::packages;
use run::cargo::{Build, Diagnostic, cargo};
use run::{Bounds, Control, LockedFolder, Start, missing_tools};
use std::fs;
use std::path::Path;
use std::time::Duration;
use verdict::CheckOutput;

/// How long a build may take: the first compiles what the checks need.
pub const BUILD_LIMIT: Duration = Duration::from_secs(300);

/// How long a check may take. Each of its trials has a limit of its own.
pub const CHECK_LIMIT: Duration = Duration::from_secs(90);

/// What happens while an exercise is checked.
#[derive(Debug)]
pub enum CheckEvent {
    /// rustc has told of an error or a warning.
    Diagnostic(Diagnostic),
    /// Something has happened in the run of the check.
    Run(Event),
}

/// The two parts of a check. Each can be ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Build,
    Run,
}

/// Which target is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Exercise,
    Solution,
}

/// One run of an exercise's check.
pub struct ExerciseCheck<'a> {
    /// The book's folder.
    pub root: &'a Path,
    pub name: &'a ExerciseName,
    pub target: Target,
    /// The program `supervise`.
    pub supervisor: &'a Path,
}

impl ExerciseCheck<'_> {
    /// Builds and runs it. `begins` gets what can end the phase that begins; `tell`
    /// gets what happens, and ends the check by an error.
    ///
    /// # Errors
    /// The check could not be made, or `tell` ended it. What does not compile is no
    /// error: its verdict says so.
    pub fn verdict(
        &self,
        mut begins: impl FnMut(Phase, Control),
        mut tell: impl FnMut(CheckEvent) -> anyhow::Result<()>,
    ) -> anyhow::Result<CheckVerdict> {
        let mut diagnostics = Vec::new();
        let building = |control| begins(Phase::Build, control);
        // Whatever kills this process, the next check finds the folder free, and
        // removes what is in it.
        let home = LockedFolder::claim(&self.root.join("target/checks"))?;
        let folder = home.temporary()?;
        let built = self
            .build(folder.path())
            .executable(self.supervisor, building, |it| {
                diagnostics.push(it.clone());
                // A listener that has gone is noticed when the check runs.
                let _ = tell(CheckEvent::Diagnostic(it));
            });
        let executable = match built {
            Ok(executable) => executable,
            Err(_) if diagnostics.iter().any(Diagnostic::is_error) => {
                return Ok(CheckVerdict::does_not_compile(diagnostics));
            }
            Err(error) => return Err(error),
        };
        let run = Start::new(executable, folder.path())
            .argument("--color=never")
            // Here the trials make their folders, and leave them if they are killed.
            .variable("TMPDIR", folder.path())
            .variable("RUST_BACKTRACE", "0")
            // libtest is to keep each test's output apart, whatever our own
            // environment says.
            .variable("RUST_TEST_NOCAPTURE", "0")
            .command(self.name.command())
            .time_limit(CHECK_LIMIT)
            .bounds(Bounds::of_a_program())
            .supervised_by(self.supervisor)?;
        begins(Phase::Run, run.control());
        let mut output = CheckOutput::default();
        for event in run {
            let event = event?;
            output.take(&event);
            tell(CheckEvent::Run(event))?;
        }
        let mut verdict = output.verdict();
        verdict.warnings = diagnostics.into_iter().map(|it| it.rendered).collect();
        if let Ok(check) = fs::read_to_string(self.root.join(self.name.check())) {
            verdict.as_in(&check);
        }
        Ok(verdict)
    }

    /// The build of the check. Cargo's working directory is the check's folder, since
    /// that folder's size is bounded: the book's own holds all that was ever built.
    fn build(&self, folder: &Path) -> Build {
        let (target, file) = match self.target {
            Target::Exercise => (self.name.name.clone(), self.name.checked(self.root)),
            Target::Solution => (self.name.solution_target(), self.name.solution()),
        };
        let mut start = cargo(folder, "test");
        for package in packages(self.root, [&*self.name.chapter]) {
            start = start.argument("--package").argument(package);
        }
        let start = start
            .argument("--manifest-path")
            .argument(self.root.join("Cargo.toml"))
            .argument("--no-run")
            .argument("--test")
            .argument(&target)
            .time_limit(BUILD_LIMIT)
            .bounds(Bounds::of_a_build());
        Build {
            start,
            target,
            file: file.display().to_string(),
        }
    }
}

/// Refuses an exercise that cannot be checked here. `again` says what to do once
/// it can.
///
/// # Errors
/// A program that the exercise needs is not on the PATH.
pub fn require_tools(exercise: &Exercise, again: &str) -> anyhow::Result<()> {
    let missing = missing_tools(&exercise.settings.needs);
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "this exercise needs {}, which is not on the PATH: install it (by apt, dnf, brew or what \
         your system has) and {again}",
        missing.join(" and ")
    )
}
