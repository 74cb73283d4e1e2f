//! The terminal's alternate screen (xterm's control sequences, private mode 1049):
//! what stands there goes into no history, and at the end all is as it was.

use crate::print::print;

/// The alternate screen, left when it is dropped.
pub(super) struct AlternateScreen {
    is_shown: bool,
}

impl AlternateScreen {
    pub(super) fn enter() -> AlternateScreen {
        let mut screen = AlternateScreen { is_shown: false };
        screen.show();
        screen
    }

    /// Shows it, after another program had the terminal.
    pub(super) fn show(&mut self) {
        if !self.is_shown {
            self.is_shown = true;
            write("\x1b[?1049h");
        }
    }

    /// Leaves it, as another program is to have the terminal.
    pub(super) fn leave(&mut self) {
        if self.is_shown {
            self.is_shown = false;
            write("\x1b[?1049l");
        }
    }
}

impl Drop for AlternateScreen {
    fn drop(&mut self) {
        self.leave();
    }
}

fn write(sequence: &str) {
    // A terminal that has gone shows nothing any more.
    let _ = print(sequence);
}
