//! What must hold of each exercise before a reader meets it.

use crate::exercise_check::{CheckVerdict, ExerciseCheck, Target};
use recording::catalogue::Exercise;
use run::missing_tools;
use std::path::Path;

/// Whether an exercise is as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// As it is given it compiles and fails for the reason that it should, and
    /// its solution passes.
    Proved,
    /// Why it cannot be proved here.
    NotProved(String),
    /// What is not as it should be.
    Faulty(String),
}

/// Checks an exercise and its solution.
///
/// # Errors
/// A check cannot be made, or a file not be read.
pub fn prove(root: &Path, exercise: &Exercise, supervisor: &Path) -> anyhow::Result<Proof> {
    let missing = missing_tools(&exercise.settings.needs);
    if !missing.is_empty() {
        return Ok(Proof::NotProved(format!(
            "it needs {}",
            missing.join(" and ")
        )));
    }
    let solution = verdict(root, exercise, Target::Solution, supervisor)?;
    if !solution.passed {
        let said = said(&solution);
        return Ok(Proof::Faulty(format!(
            "its solution does not pass:\n{said}"
        )));
    }
    if exercise.is_begun(root) {
        let path = exercise.name.file();
        return Ok(Proof::NotProved(format!(
            "{} is not as the book gives it",
            path.display()
        )));
    }
    Ok(match fails_as_it_should(root, exercise, supervisor)? {
        None => Proof::Proved,
        Some(fault) => Proof::Faulty(fault),
    })
}

/// Why the reader's own file could not be given to a reader as it is; `None` if it
/// could.
///
/// # Errors
/// As [`prove`].
pub fn fails_as_it_should(
    root: &Path,
    exercise: &Exercise,
    supervisor: &Path,
) -> anyhow::Result<Option<String>> {
    let own = verdict(root, exercise, Target::Exercise, supervisor)?;
    let wanted = &exercise.settings.fails;
    Ok(match own {
        own if own.passed => Some("its check passes, with nothing done".to_owned()),
        own if own.trials.is_empty() => Some(format!(
            "its check does not come to a verdict:\n{}",
            said(&own)
        )),
        own if !said(&own).contains(wanted.as_str()) => Some(format!(
            "its check fails for another reason than \"{wanted}\":\n{}",
            said(&own)
        )),
        _ => None,
    })
}

fn verdict(
    root: &Path,
    exercise: &Exercise,
    target: Target,
    supervisor: &Path,
) -> anyhow::Result<CheckVerdict> {
    let check = ExerciseCheck {
        root,
        name: &exercise.name,
        target,
        supervisor,
    };
    check.verdict(|_, _| {}, |_| Ok(()))
}

fn said(verdict: &CheckVerdict) -> String {
    let messages = verdict.trials.iter().map(|trial| trial.message.as_str());
    let rustc = verdict.errors.iter().map(String::as_str);
    let all: Vec<_> = messages
        .chain(verdict.fault.as_deref())
        .chain(rustc)
        .collect();
    all.join("\n").trim().to_owned()
}
