//! The terminal, so that a key is heard when it is pressed (`termios(3)`).

use super::news::News;
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

    /// Sets the modes, also again after somebody else has set others.
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
}

impl Keys {
    /// Gives the terminal its own modes back.
    pub(super) fn unset(&self) {
        // If it has gone, nobody misses its modes.
        let _ = tcsetattr(stdin(), OptionalActions::Now, &self.before);
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        self.unset();
    }
}

/// Tells of each key, in a thread that ends with the process.
pub(super) fn listen(tell: Sender<News>) {
    thread::spawn(move || {
        let mut key = [0];
        loop {
            let news = match io::stdin().read(&mut key) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                // The terminal has gone.
                Ok(0) | Err(_) => News::Quit,
                Ok(_) => News::Key(key[0]),
            };
            let last = matches!(news, News::Quit);
            if tell.send(news).is_err() || last {
                return;
            }
        }
    });
}
