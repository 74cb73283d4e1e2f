//! The terminal's modes (`termios(3)`), set so that a key arrives when it is
//! pressed.

use super::events::SessionEvent;
use anyhow::Context;
use rustix::stdio::stdin;
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use std::io::{self, Read};
use std::sync::mpsc::Sender;
use std::thread;

/// A terminal that does not wait for the end of a line, and does not show what
/// is typed. Ctrl-C and Ctrl-Z do as ever. Dropped, it is as it was before.
pub(super) struct Keys {
    before: Termios,
}

impl Keys {
    /// # Errors
    /// stdin is no terminal.
    pub(super) fn open() -> anyhow::Result<Keys> {
        let before = tcgetattr(stdin()).context("asking the terminal for its modes")?;
        let keys = Keys { before };
        keys.set()?;
        Ok(keys)
    }

    /// Sets the modes. It may be called again, after another program has set others.
    ///
    /// # Errors
    /// The terminal has gone.
    pub(super) fn set(&self) -> anyhow::Result<()> {
        let mut modes = self.before.clone();
        modes.local_modes -= LocalModes::ICANON | LocalModes::ECHO;
        modes.special_codes[SpecialCodeIndex::VMIN] = 1;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(stdin(), OptionalActions::Now, &modes).context("setting the terminal's modes")
    }

    /// Sets the modes that the terminal had before.
    pub(super) fn unset(&self) {
        // A terminal that has gone needs no modes.
        let _ = tcsetattr(stdin(), OptionalActions::Now, &self.before);
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        self.unset();
    }
}

/// Tells of each key, in a thread that ends with the process.
pub(super) fn listen(tell: Sender<SessionEvent>) {
    thread::spawn(move || {
        let mut key = [0];
        loop {
            let event = match io::stdin().read(&mut key) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                // The terminal has gone.
                Ok(0) | Err(_) => SessionEvent::Quit,
                Ok(_) => SessionEvent::Key(key[0]),
            };
            let last = matches!(event, SessionEvent::Quit);
            if tell.send(event).is_err() || last {
                return;
            }
        }
    });
}
