//! Study in a terminal: each save of an exercise is checked, and keys do the
//! rest.

mod checker;
mod keys;
mod list;
mod news;
mod screen;
mod session;

use crate::own::give_back;
use crate::progress::{Progress, Store};
use anyhow::{Context, bail};
use recording::catalogue::{Exercise, HINTS, did_you_mean};
use screen::Look;
use session::Session;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The key of the exercise that was studied last.
const STUDYING: &str = "studying";

/// Prints; whoever has stopped reading has read enough.
fn print(text: &str) -> anyhow::Result<()> {
    let printed = io::stdout().lock().write_all(text.as_bytes());
    match printed {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed.context("printing"),
    }
}

/// What is studied, and with what.
pub struct Study {
    pub(crate) root: PathBuf,
    pub(crate) store: Store,
    pub(crate) exercises: Vec<Exercise>,
}

impl Study {
    /// The exercises of the book at `root`, and what the reader has of them.
    ///
    /// # Errors
    /// An exercise cannot be read, or there is none.
    pub fn of(root: &Path) -> anyhow::Result<Study> {
        let exercises = Exercise::all(root)?;
        if exercises.is_empty() {
            bail!("the book at {} has no exercise", root.display());
        }
        Ok(Study {
            root: root.to_owned(),
            store: Store::of(root),
            exercises,
        })
    }

    /// Prints all exercises, with those that were passed.
    ///
    /// # Errors
    /// Progress cannot be read, or nothing be printed.
    pub fn list(&self) -> anyhow::Result<()> {
        print(&list::list(self, &self.store.read()?, None))
    }

    /// Prints the hints so far, and the next one.
    ///
    /// # Errors
    /// There is no such exercise, progress cannot be written, or nothing be
    /// printed.
    pub fn hint(&self, name: Option<&str>) -> anyhow::Result<()> {
        let exercise = &self.exercises[self.wanted(name)?];
        let change = |progress: &mut Progress| progress.ask_for_a_hint(&exercise.name);
        let shown = self.store.change(change)?;
        let mut text = format!("{}: {}\n", exercise.name, exercise.title);
        for (number, hint) in exercise.settings.hints.iter().take(shown).enumerate() {
            text.push_str(&format!(
                "\n{}\n",
                screen::hint(number, hint, Look::plain())
            ));
        }
        text.push_str(&match HINTS.len() - shown {
            0 => format!("\nThe solution: {}\n", exercise.name.solution().display()),
            left => format!("\n({left} more, if you ask again)\n"),
        });
        print(&text)
    }

    /// Gives an exercise back as it was, and forgets that it was passed.
    ///
    /// # Errors
    /// There is no such exercise, or a file cannot be written.
    pub fn reset(&self, name: &str) -> anyhow::Result<()> {
        let exercise = &self.exercises[self.wanted(Some(name))?];
        give_back(&self.root, exercise, &self.store)?;
        print(&format!(
            "{} is as it was\n",
            exercise.name.file().display()
        ))
    }

    /// Opens an exercise: the one that is named, or the one to go on with. In a
    /// terminal that lasts until the reader quits; elsewhere it is checked
    /// once, and the exit status says how that came out.
    ///
    /// # Errors
    /// There is no such exercise, or a check cannot be made.
    pub fn open(self, name: Option<&str>, supervisor: PathBuf) -> anyhow::Result<ExitCode> {
        let at = self.wanted(name)?;
        if io::stdin().is_terminal() && io::stdout().is_terminal() {
            return Session::new(self, at, supervisor)?.until_the_end();
        }
        let exercise = &self.exercises[at];
        let verdict = checker::once(&self, exercise, &supervisor)?;
        let said = screen::verdict(&verdict, Look::plain());
        print(&format!(
            "{}: {}\n\n{said}\n",
            exercise.name, exercise.title
        ))?;
        Ok(match verdict.passed {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        })
    }

    /// The place of an exercise: `chapter2/both_streams` or `both_streams`; of a
    /// chapter, the first that has not passed; without a name, the one to go on
    /// with.
    fn wanted(&self, name: Option<&str>) -> anyhow::Result<usize> {
        let Some(name) = name else {
            return self.next();
        };
        let places = |means: &dyn Fn(&Exercise) -> bool| -> Vec<usize> {
            let all = self.exercises.iter().enumerate();
            all.filter(|(_, it)| means(it)).map(|(at, _)| at).collect()
        };
        let means = |it: &Exercise| it.name.to_string() == name || it.name.name == name;
        match places(&means)[..] {
            [at] => return Ok(at),
            [first, ..] => bail!(
                "more than one exercise is called {name}: write {}",
                self.exercises[first].name
            ),
            [] => {}
        }
        let chapter = places(&|it| it.name.chapter == name);
        if let [first, ..] = chapter[..] {
            let progress = self.store.read()?;
            let is_open = |at: &usize| !progress.has_passed(&self.exercises[*at].name);
            return Ok(chapter.into_iter().find(is_open).unwrap_or(first));
        }
        let names = self.exercises.iter().map(|it| &it.name);
        bail!("there is no exercise {name}{}", did_you_mean(names, name))
    }

    /// The one that was studied last, or the first after it that has not
    /// passed.
    fn next(&self) -> anyhow::Result<usize> {
        let progress = self.store.read()?;
        let last = progress.get(STUDYING).unwrap_or_default();
        let place = self
            .exercises
            .iter()
            .position(|it| it.name.to_string() == last);
        let from = place.unwrap_or(0);
        let order = (from..self.exercises.len()).chain(0..from);
        let mut open = order.filter(|at| !progress.has_passed(&self.exercises[*at].name));
        Ok(open.next().unwrap_or(from))
    }
}
