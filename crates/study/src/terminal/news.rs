//! What can happen while somebody studies.

use crate::check::Verdict;
use crate::progress::Store;
use anyhow::Context;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use run::Control;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread;

pub(super) enum News {
    Key(u8),
    /// A file was saved, perhaps.
    Saved(PathBuf),
    /// The page or a hand has changed progress.
    Progress,
    /// A check, by its number, can be ended by this.
    Begun(u64, Control),
    Checked(u64, anyhow::Result<Verdict>),
    /// Ctrl-Z.
    Suspend,
    /// The screen has another size, or other modes than ours.
    Redraw,
    Quit,
}

/// Listens to signals, in a thread that ends with the process.
pub(super) fn hear_signals(tell: Sender<News>) -> anyhow::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH])
        .context("listening to signals")?;
    thread::spawn(move || {
        for signal in &mut signals {
            let news = match signal {
                SIGTSTP => News::Suspend,
                SIGCONT | SIGWINCH => News::Redraw,
                _ => News::Quit,
            };
            if tell.send(news).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Tells of what is saved in the chapters, and of progress, as long as it is
/// kept.
pub(super) fn watch(
    root: &Path,
    store: &Store,
    tell: Sender<News>,
) -> anyhow::Result<RecommendedWatcher> {
    let progress = store.path().to_owned();
    let mut watcher = recommended_watcher(move |event: notify::Result<Event>| {
        // Reading is no change, and the check reads.
        let changed = event.into_iter().filter(|it| !it.kind.is_access());
        for path in changed.flat_map(|it| it.paths) {
            let news = match path == progress {
                true => News::Progress,
                false => News::Saved(path),
            };
            let _ = tell.send(news);
        }
    })?;
    for (path, mode) in [
        (root.join("chapters-code"), RecursiveMode::Recursive),
        (store.folder().to_owned(), RecursiveMode::NonRecursive),
    ] {
        let watched = watcher.watch(&path, mode);
        watched.with_context(|| format!("watching {}", path.display()))?;
    }
    Ok(watcher)
}
