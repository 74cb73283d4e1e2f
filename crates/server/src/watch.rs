//! The book's files, watched: what is saved is rendered, after its chapter was
//! compiled if it is a listing.

use crate::changes::Changes;
use crate::ending::Ending;
use crate::live::Book;
use anyhow::Context;
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use recording::catalogue::CHAPTERS;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use study::why_not_watched;
use tokio::runtime::Handle;

/// A save is over after this much silence: an editor writes more than once.
const QUIET_AFTER_SAVE: Duration = Duration::from_millis(80);

/// Files that do not come to rest are rendered after this long.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

enum FileEvent {
    Saved(PathBuf),
    Stop,
}

/// A thread that keeps the book in step with its files.
pub(crate) struct Watching {
    tell: Sender<FileEvent>,
    ending: Arc<Ending>,
    thread: JoinHandle<()>,
    _watcher: RecommendedWatcher,
}

struct Keeper {
    book: Arc<Book>,
    changes: Arc<Changes>,
    ending: Arc<Ending>,
    runtime: Handle,
    /// A chapter's files have changed since it was compiled.
    to_build: bool,
}

impl Watching {
    /// Must be called within the runtime.
    ///
    /// # Errors
    /// The system cannot watch the files, or not so many (`inotify(7)`,
    /// "/proc interfaces").
    pub(crate) fn start(book: Arc<Book>, changes: Arc<Changes>) -> anyhow::Result<Watching> {
        let (tell, news) = mpsc::channel();
        let saved = tell.clone();
        let mut watcher = recommended_watcher(move |event: notify::Result<Event>| {
            for path in event
                .into_iter()
                .filter(is_a_change)
                .flat_map(|it| it.paths)
            {
                let _ = saved.send(FileEvent::Saved(path));
            }
        })
        .map_err(|error| anyhow::Error::msg(why_not_watched(&error)))?;
        if book.archive.is_none() {
            watch(&mut watcher, &book.root)?;
        }
        let progress = book.progress.watched_folder();
        if progress != book.root || book.archive.is_some() {
            // If it cannot be watched, a page that asks sees the progress all the same.
            let _ = watcher.watch(progress, RecursiveMode::NonRecursive);
        }
        let ending = Arc::new(Ending::default());
        let keeper = Keeper {
            book,
            changes,
            ending: Arc::clone(&ending),
            runtime: Handle::current(),
            to_build: false,
        };
        let thread = thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || keeper.keep(&news))
            .context("starting a thread")?;
        Ok(Watching {
            tell,
            ending,
            thread,
            _watcher: watcher,
        })
    }

    /// Ends the thread, and a build that it has started.
    pub(crate) fn stop(self) {
        let _ = self.tell.send(FileEvent::Stop);
        self.ending.end();
        let _ = self.thread.join();
    }
}

fn watch(watcher: &mut RecommendedWatcher, root: &Path) -> anyhow::Result<()> {
    for (name, mode) in [
        ("book", RecursiveMode::Recursive),
        (CHAPTERS, RecursiveMode::Recursive),
        ("", RecursiveMode::NonRecursive),
    ] {
        let path = root.join(name);
        let watched = watcher.watch(&path, mode);
        watched.map_err(|error| anyhow::Error::msg(why_not_watched(&error)))?;
    }
    Ok(())
}

impl Keeper {
    fn keep(mut self, news: &Receiver<FileEvent>) {
        while let Some(saved) = next(news) {
            let mut saved: BTreeSet<_> = saved.iter().filter_map(|path| self.kind(path)).collect();
            if saved.remove(&FileKind::Progress) {
                self.changes.progressed();
            }
            if saved.is_empty() {
                continue;
            }
            self.to_build |= saved.contains(&FileKind::Code);
            match self.renew() {
                Ok(()) => self.changes.rendered(),
                Err(error) => {
                    let why = format!("{error:#}");
                    let _ = writeln!(io::stderr(), "{why}");
                    self.changes.broken(&why);
                }
            }
        }
    }

    fn renew(&mut self) -> anyhow::Result<()> {
        if self.to_build {
            self.book.rebuild(&self.runtime, &self.ending)?;
            self.to_build = false;
        }
        self.book.render_anew()
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        if path == self.book.progress.path() {
            return Some(FileKind::Progress);
        }
        if self.book.archive.is_some() {
            return None;
        }
        kind_of(path.strip_prefix(&self.book.root).ok()?)
    }
}

/// What a file is to the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FileKind {
    /// It is compiled, and then shown.
    Code,
    /// It is shown.
    Text,
    /// It is the reader's, and no part of the book.
    Progress,
}

/// What a file is; `None` for what an editor leaves behind, and for what the book
/// is not made of.
fn kind_of(path: &Path) -> Option<FileKind> {
    let name = path.file_name()?.to_str()?;
    if name.starts_with(['.', '#']) || name.ends_with('~') {
        return None;
    }
    let parts: Vec<_> = path.components().map(Component::as_os_str).collect();
    match parts[..] {
        [one] if one == "book.toml" => Some(FileKind::Text),
        // The reader's own: the book shows the exercise as it gives it.
        [first, _, folder, _] if first == CHAPTERS && folder == "exercises" => {
            name.ends_with(".toml").then_some(FileKind::Text)
        }
        [one] if one == "Cargo.toml" => Some(FileKind::Code),
        [first, ..] if first == "book" => Some(FileKind::Text),
        [first, _, ..] if first == CHAPTERS => {
            let shown = ["recordings", "exercises", "solutions", "checks"];
            let shown = shown
                .iter()
                .any(|folder| parts.iter().any(|part| part == folder));
            Some(if shown {
                FileKind::Text
            } else {
                FileKind::Code
            })
        }
        _ => None,
    }
}

/// All that was saved, once it is quiet; `None` at the end.
fn next(news: &Receiver<FileEvent>) -> Option<Vec<PathBuf>> {
    let FileEvent::Saved(first) = news.recv().ok()? else {
        return None;
    };
    let mut saved = vec![first];
    let began = Instant::now();
    while began.elapsed() < LONGEST_WAIT {
        match news.recv_timeout(QUIET_AFTER_SAVE) {
            Ok(FileEvent::Saved(path)) => saved.push(path),
            Ok(FileEvent::Stop) => return None,
            Err(_) => break,
        }
    }
    Some(saved)
}

/// Whether an event is a change of a file. Rendering reads the files, which
/// causes events, too.
fn is_a_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(_)) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_compiled_and_a_page_is_not() {
        let kind = |path: &str| kind_of(Path::new(path));
        for path in [
            "chapters-code/chapter5/src/listings/word_count.rs",
            "chapters-code/chapter5/python/word_count.py",
            "chapters-code/chapter5/Cargo.toml",
            "Cargo.toml",
        ] {
            assert_eq!(kind(path), Some(FileKind::Code), "{path}");
        }
        for path in [
            "book/chapter5-pipes/index.md",
            "book/page/player.js",
            "chapters-code/chapter5/recordings/word_count.jsonl",
            "chapters-code/chapter5/exercises/given/whose_status.rs",
            "chapters-code/chapter5/exercises/whose_status.toml",
            "chapters-code/chapter5/solutions/whose_status.rs",
            "book.toml",
        ] {
            assert_eq!(kind(path), Some(FileKind::Text), "{path}");
        }
        for path in [
            "book/.index.md.swp",
            "book/index.md~",
            "chapters-code/chapter5/exercises/whose_status.rs",
            "target",
            "README.md",
            "",
            "book/#a#",
        ] {
            assert_eq!(kind(path), None, "{path}");
        }
    }
}
