//! Somebody studies: from the first exercise on the screen to the last key.

mod page;

use super::checker::Checker;
use super::keys::{self, Keys};
use super::news::{self, News};
use super::{STUDYING, Study};
use crate::check::Verdict;
use crate::own::give_back;
use crate::progress::Progress;
use anyhow::Context;
use notify::RecommendedWatcher;
use recording::catalogue::Exercise;
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// An editor that saves writes more than once; this much silence is its end.
const QUIET: Duration = Duration::from_millis(80);

/// So often the time is told that a check has taken.
const TICK: Duration = Duration::from_secs(1);

/// How long a check that was ended may take to be gone.
const FAREWELL: Duration = Duration::from_secs(10);

pub(super) struct Session {
    study: Study,
    at: usize,
    progress: Progress,
    checker: Checker,
    news: Receiver<News>,
    /// The text that was checked last.
    checked: Vec<u8>,
    state: State,
    view: View,
    /// What does not belong to any exercise: an error, an answer to a key.
    note: Option<String>,
    /// When the editor that is saving will have done.
    quiet: Option<Instant>,
    /// What stands on the screen.
    drawn: String,
    keys: Keys,
    _watcher: RecommendedWatcher,
}

enum State {
    /// Since when.
    Checking(Instant),
    Checked(Verdict),
    Failed(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Exercise,
    List,
    Solution,
    /// A second r gives the exercise back.
    Reset,
}

impl Session {
    pub(super) fn new(study: Study, at: usize, supervisor: PathBuf) -> anyhow::Result<Session> {
        let (tell, news) = mpsc::channel();
        let watcher = news::watch(&study.root, &study.store, tell.clone())?;
        news::hear_signals(tell.clone())?;
        let keys = Keys::open()?;
        keys::listen(tell.clone());
        Ok(Session {
            progress: study.store.read()?,
            checker: Checker::new(study.root.clone(), supervisor, tell),
            study,
            at,
            news,
            checked: Vec::new(),
            state: State::Checking(Instant::now()),
            view: View::Exercise,
            note: None,
            quiet: None,
            drawn: String::new(),
            keys,
            _watcher: watcher,
        })
    }

    pub(super) fn until_the_end(mut self) -> anyhow::Result<ExitCode> {
        let done = self.study();
        // However it came to that: nothing of a check is to stay.
        self.end();
        done.map(|()| ExitCode::SUCCESS)
    }

    fn study(&mut self) -> anyhow::Result<()> {
        self.go(self.at);
        loop {
            self.draw()?;
            match self.next()? {
                Some(News::Key(b'q') | News::Quit) => return Ok(()),
                Some(News::Key(key)) => self.pressed(key),
                Some(News::Saved(path)) => self.saved(&path),
                Some(News::Progress) => self.read_progress(),
                Some(News::Begun(number, control)) => self.checker.begun(number, control),
                Some(News::Checked(number, checked)) => self.heard(number, checked),
                Some(News::Suspend) => self.suspend()?,
                Some(News::Redraw) => {
                    self.keys.set()?;
                    self.drawn.clear();
                }
                None => self.check_what_was_saved(),
            }
        }
    }

    /// Ctrl-Z: the shell finds the terminal as it left it.
    fn suspend(&self) -> anyhow::Result<()> {
        self.keys.unset();
        // SIGCONT has the modes set again.
        emulate_default_handler(SIGTSTP).context("stopping")
    }

    /// What happens next; `None` if a file was saved, and its editor has done.
    fn next(&mut self) -> anyhow::Result<Option<News>> {
        loop {
            let tick = matches!(self.state, State::Checking(_)).then(|| Instant::now() + TICK);
            let Some(until) = self.quiet.into_iter().chain(tick).min() else {
                return Ok(Some(self.news.recv()?));
            };
            match self
                .news
                .recv_timeout(until.saturating_duration_since(Instant::now()))
            {
                Err(RecvTimeoutError::Timeout) => {}
                news => return Ok(Some(news?)),
            }
            if self
                .quiet
                .take_if(|quiet| *quiet <= Instant::now())
                .is_some()
            {
                return Ok(None);
            }
            // The clock beside "checking".
            self.draw()?;
        }
    }

    fn exercise(&self) -> &Exercise {
        &self.study.exercises[self.at]
    }

    /// Opens another exercise.
    fn go(&mut self, at: usize) {
        self.at = at;
        self.note = None;
        let name = self.exercise().name.to_string();
        self.change(|progress| _ = progress.set(STUDYING, &name));
        self.check();
    }

    fn check(&mut self) {
        self.view = View::Exercise;
        match self.own_text() {
            Ok(text) => {
                self.checked = text;
                self.state = State::Checking(Instant::now());
                self.checker.check(&self.study.exercises[self.at]);
            }
            Err(error) => {
                self.checker.end();
                self.checked.clear();
                self.state = State::Failed(format!("{error:#}. r gives it back"));
            }
        }
    }

    fn own_text(&self) -> anyhow::Result<Vec<u8>> {
        let path = self.exercise().name.file();
        fs::read(self.study.root.join(&path)).with_context(|| path.display().to_string())
    }

    fn saved(&mut self, path: &Path) {
        if *path == self.study.root.join(self.exercise().name.file()) {
            self.quiet = Some(Instant::now() + QUIET);
        }
    }

    fn check_what_was_saved(&mut self) {
        // Between two writes of an editor the file may not be there.
        if self.own_text().is_ok_and(|text| text != self.checked) {
            self.check();
        }
    }

    fn heard(&mut self, number: u64, checked: anyhow::Result<Verdict>) {
        if !self.checker.is_current(number) {
            return;
        }
        self.state = match checked {
            Ok(verdict) => State::Checked(verdict),
            Err(error) => State::Failed(format!("{error:#}")),
        };
        if self.has_passed_now() {
            let name = self.exercise().name.clone();
            self.change(|progress| _ = progress.pass(&name));
        }
    }

    fn has_passed_now(&self) -> bool {
        matches!(&self.state, State::Checked(verdict) if verdict.passed)
    }

    fn read_progress(&mut self) {
        match self.study.store.read() {
            Ok(progress) => self.progress = progress,
            Err(error) => self.note = Some(format!("{error:#}")),
        }
    }

    /// Changes progress. Where that cannot be kept, this session knows it all
    /// the same.
    fn change(&mut self, change: impl Fn(&mut Progress)) {
        change(&mut self.progress);
        let kept = self.study.store.change(|kept| {
            change(kept);
            kept.clone()
        });
        match kept {
            Ok(kept) => self.progress = kept,
            Err(error) => self.note = Some(format!("not remembered: {error:#}")),
        }
    }

    fn pressed(&mut self, key: u8) {
        self.note = None;
        let before = self.view;
        self.view = View::Exercise;
        match key {
            // Whoever is asked whether to lose their work has not said yes.
            _ if before == View::Reset && key != b'r' => {}
            b'h' => {
                let name = self.exercise().name.clone();
                self.change(|progress| _ = progress.ask_for_a_hint(&name));
            }
            b's' => self.view = View::Solution,
            b'l' if before != View::List => self.view = View::List,
            b'c' => self.check(),
            b'n' if self.at + 1 < self.study.exercises.len() => self.go(self.at + 1),
            b'p' if self.at > 0 => self.go(self.at - 1),
            b'n' => self.note = Some("this is the last exercise".to_owned()),
            b'p' => self.note = Some("this is the first exercise".to_owned()),
            b'r' if before == View::Reset => self.reset(),
            b'r' => self.view = View::Reset,
            _ => {}
        }
    }

    fn reset(&mut self) {
        let exercise = &self.study.exercises[self.at];
        let given = give_back(&self.study.root, exercise, &self.study.store);
        self.read_progress();
        self.check();
        if let Err(error) = given {
            self.note = Some(format!("{error:#}"));
        }
    }

    /// Ends a check that runs, and waits until nothing of it is left.
    fn end(&mut self) {
        self.checker.end();
        let deadline = Instant::now() + FAREWELL;
        while !self.checker.is_over() && Instant::now() < deadline {
            if let Ok(News::Begun(number, control)) = self.news.recv_timeout(QUIET) {
                self.checker.begun(number, control);
            }
        }
    }
}
