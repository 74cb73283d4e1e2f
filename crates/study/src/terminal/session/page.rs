//! What somebody who studies sees.

use super::{Session, State, View};
use crate::terminal::list;
use crate::terminal::screen::{self, Look};
use recording::catalogue::HINTS;
use std::fs;
use std::io::{self, Write};

const KEYS: &str = "h hint  s solution  c check again  r reset  n next  p previous  l list  q quit";

impl Session {
    /// Draws what is not drawn already: much happens that changes nothing.
    pub(super) fn draw(&mut self) -> anyhow::Result<()> {
        let look = Look::of_the_terminal();
        let text = match self.view {
            View::List => list::list(&self.study, &self.progress, Some(self.at)),
            _ => self.page(look),
        };
        let note = self.note.iter().map(|note| format!("\n{note}\n"));
        let note: String = note.collect();
        let screen = format!(
            "{text}\n{note}\n{}\n",
            look.faint(&screen::wrapped(KEYS, look))
        );
        if screen != self.drawn {
            // Home, and clear from there to the end (ECMA-48: CUP, ED).
            let mut stdout = io::stdout().lock();
            write!(stdout, "\x1b[H\x1b[2J{screen}")?;
            stdout.flush()?;
            self.drawn = screen;
        }
        Ok(())
    }

    fn page(&self, look: Look) -> String {
        let exercise = self.exercise();
        let (at, all) = (self.at + 1, self.study.exercises.len());
        let minutes = exercise.settings.minutes;
        let place = format!("{} · {at} of {all} · {minutes} minutes", exercise.name);
        let mut text = screen::exercise(exercise, &place, look);
        text.push_str("\nEdit this file: each save is checked.\n\n");
        text.push_str(&match &self.state {
            State::Checking(since) => match since.elapsed().as_secs() {
                0 => "checking …".to_owned(),
                seconds => format!("checking … {seconds} s"),
            },
            State::Failed(why) => format!("It could not be checked: {why}"),
            State::Checked(verdict) => screen::verdict(verdict, look),
        });
        text.push('\n');
        let shown = match self.has_passed_now() {
            true => 0,
            false => self.progress.hints(&exercise.name),
        };
        for (number, hint) in exercise.settings.hints.iter().take(shown).enumerate() {
            text.push_str(&format!("\n{}\n", screen::hint(number, hint, look)));
        }
        text.push_str(&self.answer());
        text
    }

    /// What the last key asked for.
    fn answer(&self) -> String {
        let name = &self.exercise().name;
        match self.view {
            View::Reset => format!(
                "\nPress r again to give {} back as it was. What you wrote in it is lost then, and that \
                 you passed it is forgotten.\n",
                name.file().display()
            ),
            View::Solution => self.solution(),
            _ if self.has_passed_now() => {
                format!(
                    "\nOur solution: {} (s shows it). n goes on.\n",
                    name.solution().display()
                )
            }
            _ => String::new(),
        }
    }

    fn solution(&self) -> String {
        let name = &self.exercise().name;
        let may_see = self.progress.has_passed(name) || self.progress.hints(name) >= HINTS.len();
        if !may_see {
            return "\nThe solution can be seen once the check has passed, or after the third \
                    hint (h).\n"
                .to_owned();
        }
        let path = name.solution();
        match fs::read_to_string(self.study.root.join(&path)) {
            Ok(text) => format!("\n{}:\n\n{text}", path.display()),
            Err(error) => format!("\n{}: {error}\n", path.display()),
        }
    }
}
