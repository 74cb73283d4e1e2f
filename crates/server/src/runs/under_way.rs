//! One run, as the page can act on it.

use crate::ending::Ending;
use run::Control;
use std::sync::{Mutex, PoisonError};

/// A run that a page has asked for.
pub(crate) struct UnderWay {
    /// The run's name in addresses, which nobody can guess.
    pub(crate) id: String,
    pub(crate) ending: Ending,
    done: Mutex<Interference>,
}

/// What its reader did to it.
#[derive(Default)]
struct Interference {
    typed: Vec<u8>,
    stopped: bool,
}

/// What was typed is kept up to so many bytes: more than any recording has on its
/// stdin.
const MAX_TYPED_BYTES: usize = 64 * 1024;

impl UnderWay {
    pub(crate) fn new(id: String) -> UnderWay {
        UnderWay {
            id,
            ending: Ending::default(),
            done: Mutex::default(),
        }
    }

    /// # Errors
    /// The run is over.
    pub(crate) fn write(&self, control: &Control, text: &str) -> anyhow::Result<()> {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        if done.typed.len() <= MAX_TYPED_BYTES {
            done.typed.extend(text.as_bytes());
        }
        drop(done);
        control.write(text.as_bytes())
    }

    pub(crate) fn close_stdin(&self, control: &Control) {
        control.close_stdin();
    }

    pub(crate) fn stop(&self, control: &Control) {
        let done = self.done.lock();
        done.unwrap_or_else(PoisonError::into_inner).stopped = true;
        control.stop();
    }

    /// Why the output may differ from the recording: the reader stopped the run, or
    /// typed something else. `None` if it should be the same.
    pub(crate) fn deviation(&self, recorded_stdin: Option<&str>) -> Option<&'static str> {
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let as_recorded = recorded_stdin.is_none_or(|it| it.as_bytes() == done.typed);
        match (done.stopped, as_recorded) {
            (true, _) => Some("you stopped it"),
            (_, false) => Some("you typed something else than was typed for the recording"),
            _ => None,
        }
    }
}
