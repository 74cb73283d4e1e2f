//! An exercise's check, from its build to its verdict, in a thread of its own.

use super::Runs;
use super::said::{Said, Teller};
use super::under_way::UnderWay;
use anyhow::bail;
use exercise::{Exercise, ExerciseName};
use std::sync::Arc;
use study::check::{Check, Said as Heard, Target, missing_tools};

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
        require_tools(&Exercise::read(&self.runs.root, self.name.clone())?)?;
        let Some(turn) = self.page.turn(&self.runs.edits.builds) else {
            return Ok(());
        };
        // Others may build as soon as this one runs.
        let mut turn = Some(turn);
        let mut begun = 0;
        let _ = self.page.say(0.0, Said::Building);
        let shelf = self.runs.shelf.get();
        let check = Check {
            root: &self.runs.root,
            name: self.name,
            target: Target::Exercise,
            supervisor: shelf.chapters.supervisor()?,
        };
        let begins = |control| {
            begun += 1;
            if begun > 1 {
                turn = None;
            }
            self.run.ending.may_end(control);
            self.runs.begins(self.run);
        };
        let verdict = check.verdict(begins, |heard| match heard {
            Heard::Diagnostic(it) => self.page.say(0.0, Said::Diagnostic(&it)),
            Heard::Event(event) => {
                *last = event.t;
                self.page.event_of(&event, &self.run.id)
            }
        })?;
        if !verdict.compiles {
            bail!("it does not compile");
        }
        if verdict.passed {
            self.runs.progress.change(|it| it.pass(self.name))?;
        }
        let _ = self.page.say(
            *last,
            Said::Checked {
                passed: verdict.passed,
                fault: verdict.fault,
            },
        );
        Ok(())
    }
}

fn require_tools(exercise: &Exercise) -> anyhow::Result<()> {
    let missing = missing_tools(exercise);
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "this exercise needs {}, which is not on the PATH of the reader: install it and press \
         Check again",
        missing.join(" and ")
    )
}
