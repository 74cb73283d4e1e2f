//! Somebody studies: from the first exercise on the screen to the last key.

mod page;
mod state;

use super::alternate_screen::AlternateScreen;
use super::checker::Checker;
use super::events::{self, SessionEvent};
use super::keys::{self, Keys};
use super::screen::Style;
use super::study::Study;
use super::watch::Watch;
use super::window::Size;
use crate::exercise_check::CheckVerdict;
use crate::exercise_file::{give_back, open};
use crate::print::print;
use anyhow::Context;
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;
use state::{CheckState, SessionState, View};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long a file must be at rest before it is checked: an editor that saves
/// writes more than once.
const AT_REST: Duration = Duration::from_millis(80);

/// How often the time is told that a check has taken.
const TICK: Duration = Duration::from_secs(1);

/// How long a check that was ended may take to be gone.
const CHECK_ENDS_WITHIN: Duration = Duration::from_secs(10);

pub(super) struct Session {
    state: SessionState,
    checker: Checker,
    events: Receiver<SessionEvent>,
    /// The text that was checked last.
    checked: Vec<u8>,
    /// When the exercise's file will have been at rest.
    at_rest: Option<Instant>,
    /// What was written to the screen last.
    drawn: String,
    /// The first line that is shown of a page for which there is no room; `None` as
    /// long as the reader leaves that to us.
    from: Option<usize>,
    /// The lines of the page that are shown.
    shown: Range<usize>,
    screen: AlternateScreen,
    keys: Keys,
    watch: Watch,
}

impl Session {
    /// # Errors
    /// Progress cannot be read, or the terminal or the files not be listened to.
    pub(super) fn new(study: Study, at: usize, supervisor: PathBuf) -> anyhow::Result<Session> {
        let (tell, events) = mpsc::channel();
        let watch = Watch::start(&study.progress_file, tell.clone());
        events::listen_to_signals(tell.clone())?;
        let keys = Keys::open()?;
        keys::listen(tell.clone());
        Ok(Session {
            checker: Checker::new(study.root.clone(), supervisor, tell),
            state: SessionState::new(study, at)?,
            events,
            checked: Vec::new(),
            at_rest: None,
            drawn: String::new(),
            from: None,
            shown: 0..0,
            screen: AlternateScreen::enter(),
            keys,
            watch,
        })
    }

    /// # Errors
    /// The terminal has gone.
    pub(super) fn until_the_end(mut self) -> anyhow::Result<ExitCode> {
        let done = self.study();
        // Nothing of a check is to stay, even if this failed.
        self.end();
        done.map(|()| ExitCode::SUCCESS)
    }

    fn study(&mut self) -> anyhow::Result<()> {
        self.go(self.state.at);
        loop {
            self.draw()?;
            match self.next()? {
                Some(SessionEvent::Key(b'q') | SessionEvent::Quit) => return Ok(()),
                Some(SessionEvent::Key(key)) => self.pressed(key),
                Some(SessionEvent::Saved(path)) => {
                    if self.watch.follows(&path) {
                        self.at_rest = Some(Instant::now() + AT_REST);
                    }
                }
                Some(SessionEvent::Progress) => self.state.read_progress(),
                Some(SessionEvent::Begun(number, control)) => self.checker.begun(number, control),
                Some(SessionEvent::Checked(number, checked)) => self.has_checked(number, checked),
                Some(SessionEvent::Suspend) => self.suspend()?,
                Some(SessionEvent::Redraw) => {
                    self.keys.set()?;
                    self.screen.show();
                    self.drawn.clear();
                }
                None => self.check_what_was_saved(),
            }
        }
    }

    /// Draws the page if it has changed: most events change nothing.
    fn draw(&mut self) -> anyhow::Result<()> {
        let size = Size::of_the_terminal();
        let page = page::page(&self.state, Style::of_a_terminal(size));
        let window = page.window(size, self.from);
        let frame = window.frame(size);
        self.shown = window.shown;
        if frame != self.drawn {
            print(&frame)?;
            self.drawn = frame;
        }
        Ok(())
    }

    /// Ctrl-Z: the shell finds the terminal as it left it.
    fn suspend(&mut self) -> anyhow::Result<()> {
        self.screen.leave();
        self.keys.unset();
        // SIGCONT has the modes set again.
        emulate_default_handler(SIGTSTP).context("stopping")
    }

    /// What happens next; `None` if a file was saved, and is at rest.
    fn next(&mut self) -> anyhow::Result<Option<SessionEvent>> {
        loop {
            let is_running = matches!(self.state.check, CheckState::Running(_));
            let tick = is_running.then(|| Instant::now() + TICK);
            let Some(until) = self.at_rest.into_iter().chain(tick).min() else {
                return Ok(Some(self.events.recv()?));
            };
            let time = until.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(time) {
                Err(RecvTimeoutError::Timeout) => {}
                event => return Ok(Some(event?)),
            }
            let now = Instant::now();
            if self.at_rest.take_if(|at_rest| *at_rest <= now).is_some() {
                return Ok(None);
            }
            // The page shows how long the check has taken.
            self.draw()?;
        }
    }

    /// Opens another exercise.
    fn go(&mut self, at: usize) {
        self.state.at = at;
        self.state.note = None;
        let name = self.state.exercise().name.clone();
        self.state.change(|progress| progress.study(&name));
        if let Err(error) = open(&self.state.study.root, self.state.exercise()) {
            self.state.note = Some(format!("{error:#}"));
        }
        self.check();
    }

    fn check(&mut self) {
        self.state.view = View::Exercise;
        self.from = None;
        let file = self
            .state
            .study
            .root
            .join(self.state.exercise().name.file());
        self.state.unwatched = self.watch.follow(&file).err();
        match self.own_text() {
            Ok(text) => {
                self.checked = text;
                self.state.check = CheckState::Running(Instant::now());
                self.checker.check(self.state.exercise());
            }
            Err(error) => {
                self.checker.end();
                self.checked.clear();
                self.state.check = CheckState::Failed(format!("{error:#}. r gives it back"));
            }
        }
    }

    fn own_text(&self) -> anyhow::Result<Vec<u8>> {
        let path = self.state.exercise().name.file();
        fs::read(self.state.study.root.join(&path)).with_context(|| path.display().to_string())
    }

    fn check_what_was_saved(&mut self) {
        // Between two writes of an editor the file may not be there.
        if self.own_text().is_ok_and(|text| text != self.checked) {
            self.check();
        }
    }

    fn has_checked(&mut self, number: u64, checked: anyhow::Result<CheckVerdict>) {
        if !self.checker.is_current(number) {
            return;
        }
        self.from = None;
        self.state.check = match checked {
            Ok(verdict) => CheckState::Done(verdict),
            Err(error) => CheckState::Failed(format!("{error:#}")),
        };
        if self.state.has_passed_now() {
            let name = self.state.exercise().name.clone();
            self.state.change(|progress| _ = progress.pass(&name));
        }
    }

    fn pressed(&mut self, key: u8) {
        let before = self.state.view;
        let (at, all) = (self.state.at, self.state.study.exercises.len());
        let shown = &self.shown;
        match key {
            b' ' => return self.from = Some(shown.end),
            b'b' => return self.from = Some(shown.start.saturating_sub(shown.len())),
            _ => self.from = None,
        }
        self.state.note = None;
        self.state.view = View::Exercise;
        match key {
            // A key other than r takes the question away, and does nothing else.
            _ if before == View::Reset && key != b'r' => {}
            b'h' => {
                self.state.view = View::Hint;
                let name = self.state.exercise().name.clone();
                self.state
                    .change(|progress| _ = progress.ask_for_a_hint(&name));
            }
            b's' => self.state.view = View::Solution,
            b'l' if before != View::List => self.state.view = View::List,
            b'c' => self.check(),
            b'n' if at + 1 < all => self.go(at + 1),
            b'p' if at > 0 => self.go(at - 1),
            b'n' => self.state.note = Some("this is the last exercise".to_owned()),
            b'p' => self.state.note = Some("this is the first exercise".to_owned()),
            b'r' if before == View::Reset => self.reset(),
            b'r' => self.state.view = View::Reset,
            _ => {}
        }
    }

    fn reset(&mut self) {
        let study = &self.state.study;
        let given = give_back(&study.root, self.state.exercise(), &study.progress_file);
        self.state.read_progress();
        self.check();
        if let Err(error) = given {
            self.state.note = Some(format!("{error:#}"));
        }
    }

    /// Ends a check that runs, and waits until nothing of it is left.
    fn end(&mut self) {
        self.checker.end();
        let deadline = Instant::now() + CHECK_ENDS_WITHIN;
        while !self.checker.is_over() && Instant::now() < deadline {
            if let Ok(SessionEvent::Begun(number, control)) = self.events.recv_timeout(AT_REST) {
                self.checker.begun(number, control);
            }
        }
    }
}
