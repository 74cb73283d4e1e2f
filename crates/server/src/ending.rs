//! The end of a run that may not have begun.

use run::Control;
use std::mem;
use std::sync::{Mutex, PoisonError};

/// Ends a run: at once, or as soon as it begins and its control is there.
#[derive(Default)]
pub(crate) struct Ending(Mutex<State>);

#[derive(Default)]
enum State {
    #[default]
    NotYet,
    Running(Control),
    Ended,
}

impl Ending {
    /// Tells that the run has begun. It is ended at once if that was asked for before.
    pub(crate) fn begun(&self, control: Control) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *state {
            State::Ended => control.end(),
            _ => *state = State::Running(control),
        }
    }

    /// Kills the run and all that it started.
    pub(crate) fn end(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let State::Running(control) = mem::replace(&mut *state, State::Ended) {
            control.end();
        }
    }

    /// How to act on the run; `None` before it has begun, and after its end.
    pub(crate) fn control(&self) -> Option<Control> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*state {
            State::Running(control) => Some(control.clone()),
            _ => None,
        }
    }
}
