//! Where a session stands: all that its page shows.

use crate::exercise_check::CheckVerdict;
use crate::progress::Progress;
use crate::terminal::study::Study;
use recording::catalogue::Exercise;
use std::time::Instant;

pub(super) struct SessionState {
    pub(super) study: Study,
    /// The place of the exercise that is open.
    pub(super) at: usize,
    pub(super) progress: Progress,
    pub(super) check: CheckState,
    pub(super) view: View,
    /// Why saves of the exercise are not seen.
    pub(super) unwatched: Option<String>,
    /// What belongs to no exercise: an error, an answer to a key.
    pub(super) note: Option<String>,
}

pub(super) enum CheckState {
    /// The check runs since then.
    Running(Instant),
    Done(CheckVerdict),
    /// Why no check could be made.
    Failed(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Exercise,
    /// The exercise, with the hint in sight that was just asked for.
    Hint,
    List,
    Solution,
    /// The reader is asked whether to give the exercise back: a second r does.
    Reset,
}

impl SessionState {
    /// # Errors
    /// Progress cannot be read.
    pub(super) fn new(study: Study, at: usize) -> anyhow::Result<SessionState> {
        Ok(SessionState {
            progress: study.progress_file.read()?,
            study,
            at,
            check: CheckState::Running(Instant::now()),
            view: View::Exercise,
            unwatched: None,
            note: None,
        })
    }

    pub(super) fn exercise(&self) -> &Exercise {
        &self.study.exercises[self.at]
    }

    pub(super) fn has_passed_now(&self) -> bool {
        matches!(&self.check, CheckState::Done(verdict) if verdict.passed)
    }

    pub(super) fn read_progress(&mut self) {
        match self.study.progress_file.read() {
            Ok(progress) => self.progress = progress,
            Err(error) => self.note = Some(format!("{error:#}")),
        }
    }

    /// Changes progress. If the file cannot be written, this session knows the
    /// change all the same.
    pub(super) fn change(&mut self, change: impl Fn(&mut Progress)) {
        change(&mut self.progress);
        let kept = self.study.progress_file.change(|kept| {
            change(kept);
            kept.clone()
        });
        match kept {
            Ok(kept) => self.progress = kept,
            Err(error) => self.note = Some(format!("not remembered: {error:#}")),
        }
    }
}
