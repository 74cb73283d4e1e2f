//! Study in a terminal: each save of an exercise is checked, and keys do the
//! rest.

mod alternate_screen;
mod checker;
mod events;
mod keys;
mod list;
mod screen;
mod session;
mod study;
mod watch;
mod window;

pub use study::Study;

use crate::exercise_file::give_back;
use crate::print::print;
use crate::progress::Progress;
use recording::catalogue::HINTS;
use screen::Style;
use session::Session;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

/// The commands of `cargo run -- study`.
impl Study {
    /// Prints all exercises, with those that were passed.
    ///
    /// # Errors
    /// Progress cannot be read, or nothing be printed.
    pub fn list(&self) -> anyhow::Result<()> {
        print(&list::list(self, &self.progress_file.read()?, None))
    }

    /// Prints the hints so far, and the next one.
    ///
    /// # Errors
    /// There is no such exercise, progress cannot be written, or nothing be
    /// printed.
    pub fn hint(&self, name: Option<&str>) -> anyhow::Result<()> {
        let exercise = &self.exercises[self.wanted(name)?];
        let change = |progress: &mut Progress| progress.ask_for_a_hint(&exercise.name);
        let shown = self.progress_file.change(change)?;
        let mut text = format!("{}: {}\n", exercise.name, exercise.title);
        text.push_str(&screen::hints(exercise, shown, Style::plain()));
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
        give_back(&self.root, exercise, &self.progress_file)?;
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
        let said = screen::verdict(&verdict, Style::plain());
        print(&format!(
            "{}: {}\n\n{said}\n",
            exercise.name, exercise.title
        ))?;
        Ok(match verdict.passed {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        })
    }
}
