//! The files that a session looks at: the open exercise and the progress file.

use super::events::SessionEvent;
use crate::progress_file::ProgressFile;
use crate::why_not_watched::why_not_watched;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

/// Tells of files that are written to, until it is dropped. It watches as few
/// folders as it can: of those the system has a limit for each user, which an
/// editor may have used up.
pub(super) struct Watch {
    watcher: Result<RecommendedWatcher, String>,
    /// The folder of the progress file, which is watched whatever exercise is open.
    of_progress: PathBuf,
    /// The folders of the open exercise.
    folders: BTreeSet<PathBuf>,
    /// Its file, and the one that a link of that name leads to.
    files: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches the progress file. If the system refuses that, a change of it is seen
    /// when it is read next.
    pub(super) fn start(progress_file: &ProgressFile, tell: Sender<SessionEvent>) -> Watch {
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
        });
        let of_progress = progress_file.watched_folder().to_owned();
        if let Ok(watcher) = &mut watcher {
            let _ = watcher.watch(&of_progress, RecursiveMode::NonRecursive);
        }
        Watch {
            watcher: watcher.map_err(|error| why_not_watched(&error)),
            of_progress,
            folders: BTreeSet::new(),
            files: BTreeSet::new(),
        }
    }

    /// Watches the file of an exercise, and no longer the one before it.
    ///
    /// # Errors
    /// Why it is not watched.
    pub(super) fn follow(&mut self, file: &Path) -> Result<(), String> {
        let real = fs::canonicalize(file).ok();
        self.files = [file.to_owned()].into_iter().chain(real).collect();
        let folders = self.files.iter().filter_map(|it| it.parent());
        let folders: BTreeSet<_> = folders.map(Path::to_owned).collect();
        let watcher = self.watcher.as_mut().map_err(|why| why.clone())?;
        for old in self.folders.difference(&folders) {
            if *old != self.of_progress {
                let _ = watcher.unwatch(old);
            }
        }
        self.folders.retain(|it| folders.contains(it));
        for new in folders {
            if !self.folders.contains(&new) {
                let watched = watcher.watch(&new, RecursiveMode::NonRecursive);
                watched.map_err(|error| why_not_watched(&error))?;
                self.folders.insert(new);
            }
        }
        Ok(())
    }

    /// Whether a path is that of the open exercise.
    pub(super) fn follows(&self, path: &Path) -> bool {
        self.files.contains(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::sync::mpsc;
    use std::time::Duration;

    #[test]
    fn progress_is_watched_whatever_exercise_is_followed() {
        let (root, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let progress_file = ProgressFile::of(root.path());
        let (link, plain) = (elsewhere.path().join("link"), root.path().join("folder/a"));
        symlink(root.path().join("mine"), &link).unwrap();
        fs::create_dir(root.path().join("folder")).unwrap();
        for file in [progress_file.path(), &root.path().join("mine"), &plain] {
            fs::write(file, "").unwrap();
        }
        let (tell, events) = mpsc::channel();
        let mut watch = Watch::start(&progress_file, tell);
        // The link leads into the folder where the progress file lies.
        for exercise in [&link, &plain] {
            watch.follow(exercise).unwrap();
        }
        fs::write(progress_file.path(), "last a.html\n").unwrap();
        fs::write(&plain, "saved").unwrap();
        // What happened first is told first.
        let first = events.recv_timeout(Duration::from_secs(60)).unwrap();
        assert!(matches!(first, SessionEvent::Progress));
    }
}
