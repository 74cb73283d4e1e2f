//! What can happen while somebody studies, and one who tells of it: signals.

use crate::exercise_check::CheckVerdict;
use anyhow::Context;
use run::Control;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread;

/// What a session waits for.
pub(super) enum SessionEvent {
    Key(u8),
    /// This file was written to; perhaps its text is the same.
    Saved(PathBuf),
    /// The progress file was written to.
    Progress,
    /// The check of this number builds or runs, and can be ended by this.
    Begun(u64, Control),
    /// The check of this number is over.
    Checked(u64, anyhow::Result<CheckVerdict>),
    /// Ctrl-Z.
    Suspend,
    /// The screen has another size, or other modes than ours.
    Redraw,
    Quit,
}

/// Tells of signals, in a thread that ends with the process.
///
/// # Errors
/// The signals cannot be caught.
pub(super) fn listen_to_signals(tell: Sender<SessionEvent>) -> anyhow::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH])
        .context("listening to signals")?;
    thread::spawn(move || {
        for signal in &mut signals {
            let event = match signal {
                SIGTSTP => SessionEvent::Suspend,
                SIGCONT | SIGWINCH => SessionEvent::Redraw,
                _ => SessionEvent::Quit,
            };
            if tell.send(event).is_err() {
                return;
            }
        }
    });
    Ok(())
}
