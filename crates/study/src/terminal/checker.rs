//! Checks, one at a time, each in a thread of its own.

use super::events::SessionEvent;
use super::study::Study;
use crate::exercise_check::{CheckVerdict, ExerciseCheck, Target, require_tools};
use crate::exercise_file::open;
use recording::catalogue::Exercise;
use run::Control;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

/// Checks an exercise, and remembers if it has passed.
pub(super) fn once(
    study: &Study,
    exercise: &Exercise,
    supervisor: &Path,
) -> anyhow::Result<CheckVerdict> {
    require_tools(exercise, "try again")?;
    open(&study.root, exercise)?;
    let verdict = verdict(&study.root, exercise, supervisor, |_| {})?;
    if verdict.passed {
        let progress_file = &study.progress_file;
        progress_file.change(|progress| progress.pass(&exercise.name))?;
    }
    Ok(verdict)
}

fn verdict(
    root: &Path,
    exercise: &Exercise,
    supervisor: &Path,
    mut begins: impl FnMut(Control),
) -> anyhow::Result<CheckVerdict> {
    let check = ExerciseCheck {
        root,
        name: &exercise.name,
        target: Target::Exercise,
        supervisor,
    };
    check.verdict(|_, control| begins(control), |_| Ok(()))
}

/// Runs one check at a time: a new one ends the one before it.
pub(super) struct Checker {
    root: PathBuf,
    supervisor: PathBuf,
    tell: Sender<SessionEvent>,
    number: u64,
    control: Option<Control>,
    threads: Vec<JoinHandle<()>>,
}

impl Checker {
    pub(super) fn new(root: PathBuf, supervisor: PathBuf, tell: Sender<SessionEvent>) -> Checker {
        Checker {
            root,
            supervisor,
            tell,
            number: 0,
            control: None,
            threads: Vec::new(),
        }
    }

    /// Starts the check of an exercise, and ends the one that runs.
    pub(super) fn check(&mut self, exercise: &Exercise) {
        self.end();
        self.number += 1;
        let number = self.number;
        let (root, supervisor) = (self.root.clone(), self.supervisor.clone());
        let (exercise, tell) = (exercise.clone(), self.tell.clone());
        self.threads.push(thread::spawn(move || {
            let begun = |control| _ = tell.send(SessionEvent::Begun(number, control));
            let checked = require_tools(&exercise, "press c")
                .and_then(|()| verdict(&root, &exercise, &supervisor, begun));
            let _ = tell.send(SessionEvent::Checked(number, checked));
        }));
        self.threads.retain(|thread| !thread.is_finished());
    }

    /// Keeps what can end the current check, which builds or runs now. An older check
    /// is ended.
    pub(super) fn begun(&mut self, number: u64, control: Control) {
        if number == self.number {
            self.control = Some(control);
        } else {
            control.end();
        }
    }

    /// Notes that a check is over: whether it is the one that was started last.
    pub(super) fn is_current(&mut self, number: u64) -> bool {
        let current = number == self.number;
        if current {
            self.control = None;
        }
        current
    }

    /// Ends the check that runs; its verdict does not count any more.
    pub(super) fn end(&mut self) {
        self.number += 1;
        if let Some(control) = self.control.take() {
            control.end();
        }
    }

    /// Whether every thread of a check has ended.
    pub(super) fn is_over(&self) -> bool {
        self.threads.iter().all(JoinHandle::is_finished)
    }
}
