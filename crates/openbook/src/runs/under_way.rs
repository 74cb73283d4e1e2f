//! One run, as the page can act on it.

use super::ending::Ending;
use run::{Control, Signal};
use std::sync::{Mutex, PoisonError};

/// A run that a page has asked for.
pub(crate) struct UnderWay {
    /// Names it in addresses; not to be guessed.
    pub(crate) id: String,
    pub(crate) ending: Ending,
    hand: Mutex<Hand>,
}

/// What its reader did to it.
#[derive(Default)]
struct Hand {
    typed: Vec<u8>,
    signalled: bool,
}

/// More than any recording has on its stdin.
const TYPED: usize = 64 * 1024;

impl UnderWay {
    pub(crate) fn new(id: String) -> UnderWay {
        UnderWay {
            id,
            ending: Ending::default(),
            hand: Mutex::default(),
        }
    }

    /// # Errors
    /// The run is over.
    pub(crate) fn write(&self, control: &Control, text: &str) -> anyhow::Result<()> {
        let mut hand = self.hand.lock().unwrap_or_else(PoisonError::into_inner);
        if hand.typed.len() <= TYPED {
            hand.typed.extend(text.as_bytes());
        }
        drop(hand);
        control.write(text.as_bytes())
    }

    pub(crate) fn close_stdin(&self, control: &Control) {
        control.close_stdin();
    }

    pub(crate) fn signal(&self, control: &Control, signal: Signal) {
        self.note(|hand| hand.signalled = true);
        control.signal(signal);
    }

    pub(crate) fn stop(&self, control: &Control) {
        self.note(|hand| hand.signalled = true);
        control.stop();
    }

    fn note(&self, what: impl FnOnce(&mut Hand)) {
        what(&mut self.hand.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Why its output need not be the recording's: its reader did something
    /// else than was done for that.
    pub(crate) fn own_way(&self, recorded_stdin: Option<&str>) -> Option<&'static str> {
        let hand = self.hand.lock().unwrap_or_else(PoisonError::into_inner);
        let as_recorded = recorded_stdin.is_none_or(|it| it.as_bytes() == hand.typed);
        match (hand.signalled, as_recorded) {
            (true, _) => Some("you stopped or signalled it"),
            (_, false) => Some("you typed something else than was typed for the recording"),
            _ => None,
        }
    }
}
