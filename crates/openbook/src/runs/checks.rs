//! An exercise's check, from its build to its verdict, in a thread of its own.

use super::Runs;
use super::queue::Turn;
use super::said::{Said, Teller};
use super::under_way::UnderWay;
use anyhow::ensure;
use recording::catalogue::{Exercise, ExerciseName};
use std::sync::Arc;
use study::exercise_check::{CheckEvent, ExerciseCheck, Phase, Target, Verdict, require_tools};

/// A check that is about to be made.
pub(crate) struct Checking<'a> {
    pub(crate) runs: &'a Runs,
    pub(crate) name: &'a ExerciseName,
    pub(crate) run: &'a Arc<UnderWay>,
    pub(crate) page: &'a Teller,
}

impl Checking<'_> {
    /// Makes it, and tells the page. On return nothing of it is left.
    pub(crate) fn until_the_end(self) {
        let mut last = 0.0;
        let done = self.check(&mut last);
        self.runs.ends(self.run);
        if let Err(error) = done {
            let message = format!("{error:#}");
            let _ = self.page.say(last, Said::Failed { message });
        }
    }

    fn check(&self, last: &mut f64) -> anyhow::Result<()> {
        let exercise = Exercise::read(&self.runs.root, self.name.clone())?;
        require_tools(&exercise, "press Check again")?;
        let Some(turn) = self.page.turn(&self.runs.edits.builds) else {
            return Ok(());
        };
        let _ = self.page.say(0.0, Said::Building);
        let verdict = self.verdict(turn, last)?;
        ensure!(verdict.compiles, "it does not compile");
        if verdict.passed {
            self.runs.progress.change(|it| it.pass(self.name))?;
        }
        let said = Said::Checked {
            passed: verdict.passed,
            fault: verdict.fault,
        };
        let _ = self.page.say(*last, said);
        Ok(())
    }

    /// Builds in its turn, and gives it up when the check runs: others may
    /// build then.
    fn verdict(&self, turn: Turn, last: &mut f64) -> anyhow::Result<Verdict> {
        let shelf = self.runs.shelf.get();
        let check = ExerciseCheck {
            root: &self.runs.root,
            name: self.name,
            target: Target::Exercise,
            supervisor: shelf.chapters.supervisor()?,
        };
        let mut turn = Some(turn);
        let begins = |phase, control| {
            if phase == Phase::Run {
                turn = None;
            }
            self.run.ending.may_end(control);
            self.runs.begins(self.run);
        };
        check.verdict(begins, |event| match event {
            CheckEvent::Diagnostic(it) => self.page.say(0.0, Said::Diagnostic(&it)),
            CheckEvent::Run(event) => {
                *last = event.t;
                self.page.event_of(&event, &self.run.id)
            }
        })
    }
}
