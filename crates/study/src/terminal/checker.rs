//! Checks, one at a time, each in a thread of its own.

use super::Study;
use super::news::News;
use crate::check::{Check, Target, Verdict, require_tools};
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
) -> anyhow::Result<Verdict> {
    require_tools(exercise, "try again")?;
    let verdict = verdict(&study.root, exercise, supervisor, |_| {})?;
    if verdict.passed {
        study
            .store
            .change(|progress| progress.pass(&exercise.name))?;
    }
    Ok(verdict)
}

fn verdict(
    root: &Path,
    exercise: &Exercise,
    supervisor: &Path,
    mut begins: impl FnMut(Control),
) -> anyhow::Result<Verdict> {
    let check = Check {
        root,
        name: &exercise.name,
        target: Target::Exercise,
        supervisor,
    };
    check.verdict(|_, control| begins(control), |_| Ok(()))
}

/// Starts checks, and ends the one that a newer has made old.
pub(super) struct Checker {
    root: PathBuf,
    supervisor: PathBuf,
    tell: Sender<News>,
    number: u64,
    control: Option<Control>,
    threads: Vec<JoinHandle<()>>,
}

impl Checker {
    pub(super) fn new(root: PathBuf, supervisor: PathBuf, tell: Sender<News>) -> Checker {
        Checker {
            root,
            supervisor,
            tell,
            number: 0,
            control: None,
            threads: Vec::new(),
        }
    }

    /// Checks this one now, and nothing else.
    pub(super) fn check(&mut self, exercise: &Exercise) {
        self.end();
        self.number += 1;
        let number = self.number;
        let (root, supervisor) = (self.root.clone(), self.supervisor.clone());
        let (exercise, tell) = (exercise.clone(), self.tell.clone());
        self.threads.push(thread::spawn(move || {
            let begun = |control| _ = tell.send(News::Begun(number, control));
            let checked = require_tools(&exercise, "press c")
                .and_then(|()| verdict(&root, &exercise, &supervisor, begun));
            let _ = tell.send(News::Checked(number, checked));
        }));
        self.threads.retain(|thread| !thread.is_finished());
    }

    /// A check has begun to build or to run; one that is old is ended.
    pub(super) fn begun(&mut self, number: u64, control: Control) {
        if number == self.number {
            self.control = Some(control);
        } else {
            control.end();
        }
    }

    /// Whether this is the check that was wanted last; then it is over.
    pub(super) fn is_current(&mut self, number: u64) -> bool {
        let current = number == self.number;
        if current {
            self.control = None;
        }
        current
    }

    /// Ends what runs; nothing that it says counts any more.
    pub(super) fn end(&mut self) {
        self.number += 1;
        if let Some(control) = self.control.take() {
            control.end();
        }
    }

    /// The threads, to be waited for once all news are heard.
    pub(super) fn is_over(&self) -> bool {
        self.threads.iter().all(JoinHandle::is_finished)
    }
}
