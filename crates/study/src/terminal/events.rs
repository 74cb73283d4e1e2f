//! What can happen while somebody studies, and two who tell of it: signals and the
//! watched files.

use crate::exercise_check::CheckVerdict;
use crate::progress_file::ProgressFile;
use anyhow::Context;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use run::Control;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::path::{Path, PathBuf};
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

/// Tells of files that are saved in the chapters, and of the progress file, until
/// the watcher is dropped.
///
/// # Errors
/// The system cannot watch files.
pub(super) fn watch(
    root: &Path,
    progress_file: &ProgressFile,
    tell: Sender<SessionEvent>,
) -> anyhow::Result<RecommendedWatcher> {
    let progress = progress_file.path().to_owned();
    let mut watcher = recommended_watcher(move |event: notify::Result<Event>| {
        // The check reads its file, which is no change.
        let changed = event.into_iter().filter(|it| !it.kind.is_access());
        for path in changed.flat_map(|it| it.paths) {
            let event = match path == progress {
                true => SessionEvent::Progress,
                false => SessionEvent::Saved(path),
            };
            let _ = tell.send(event);
        }
    })?;
    for (path, mode) in [
        (root.join("chapters-code"), RecursiveMode::Recursive),
        (
            progress_file.folder().to_owned(),
            RecursiveMode::NonRecursive,
        ),
    ] {
        let watched = watcher.watch(&path, mode);
        watched.with_context(|| format!("watching {}", path.display()))?;
    }
    Ok(watcher)
}
