//! An exercise's check, from its build to its verdict, in a thread of its own.

use super::events::{EventWriter, ServerEvent};
use super::register::Runs;
use super::under_way::UnderWay;
use crate::queue::Permit;
use anyhow::ensure;
use recording::Kind;
use recording::catalogue::{Exercise, ExerciseName};
use std::sync::Arc;
use study::exercise_check::{
    BUILD_LIMIT, CheckEvent, CheckVerdict, ExerciseCheck, Phase, Target, require_tools,
};

/// A check that is about to be made.
pub(crate) struct CheckRun<'a> {
    pub(crate) runs: &'a Runs,
    pub(crate) name: &'a ExerciseName,
    pub(crate) run: &'a Arc<UnderWay>,
    pub(crate) page: &'a mut EventWriter,
}

impl CheckRun<'_> {
    /// Makes it, and tells the page. On return nothing of it is left. `last` becomes
    /// the time of its last event, in seconds.
    pub(super) fn carry_out(&mut self, last: &mut f64) -> anyhow::Result<()> {
        let exercise = Exercise::read(&self.runs.book.root, self.name.clone())?;
        require_tools(&exercise, "press Check again")?;
        let Some(permit) = self.page.build_permit(&self.runs.book.builds, BUILD_LIMIT) else {
            return Ok(());
        };
        permit.does("an exercise");
        let _ = self.page.say(0.0, ServerEvent::Building { what: None });
        let verdict = self.verdict(permit, last)?;
        let said = verdict.said();
        let _ = self.page.say(*last, ServerEvent::Verdict { said: &said });
        ensure!(verdict.compiles(), "it does not compile");
        let remembered = match verdict.passed {
            true => self.runs.book.progress.change(|it| it.pass(self.name)),
            false => Ok(false),
        };
        let said = ServerEvent::Checked {
            passed: verdict.passed,
        };
        let _ = self.page.say(*last, said);
        remembered.map(drop)
    }

    /// Builds with the permit, and gives it back when the check runs: others may
    /// build then.
    fn verdict(&self, permit: Permit, last: &mut f64) -> anyhow::Result<CheckVerdict> {
        let runnable = self.runs.book.runnable.get();
        let check = ExerciseCheck {
            root: &self.runs.book.root,
            name: self.name,
            target: Target::Exercise,
            supervisor: runnable.chapters.supervisor()?,
        };
        let mut permit = Some(permit);
        let _registered = self.runs.under_way.register(self.run);
        let begins = |phase, control| {
            if phase == Phase::Run {
                permit = None;
            }
            self.run.ending.begun(control);
        };
        check.verdict(begins, |event| match event {
            CheckEvent::Diagnostic(it) => self.page.say(0.0, ServerEvent::Diagnostic(&it)),
            CheckEvent::Run(event) => {
                *last = event.t;
                match event.kind {
                    // libtest's words: the verdict is what is said of them.
                    Kind::Stdout(_) | Kind::Stderr(_) => Ok(()),
                    _ => self.page.pass_on(&event, &self.run.id),
                }
            }
        })
    }
}
