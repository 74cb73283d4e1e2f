//! The book's files, watched: what is saved is rendered, after its chapter was
//! compiled if it is a listing.

use super::rendering::Rendering;
use crate::runs::Ending;
use crate::server::Server;
use anyhow::Context;
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use run::LockedFolder;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// An editor that saves writes more than once; this much silence is its end.
const QUIET: Duration = Duration::from_millis(80);

/// Files that never come to rest are rendered all the same.
const AT_MOST: Duration = Duration::from_secs(2);

enum News {
    Saved(PathBuf),
    Stop,
}

/// A thread that keeps the book in step with its files.
pub(crate) struct Watching {
    tell: Sender<News>,
    ending: Arc<Ending>,
    thread: JoinHandle<()>,
    _watcher: RecommendedWatcher,
}

struct Keeper {
    root: PathBuf,
    home: LockedFolder,
    server: Arc<Server>,
    ending: Arc<Ending>,
    /// The chapters are not what their files say.
    to_build: bool,
}

impl Watching {
    /// # Errors
    /// The system cannot watch the files, or not so many (`inotify(7)`,
    /// "/proc interfaces").
    pub(crate) fn start(
        root: &Path,
        home: LockedFolder,
        server: Arc<Server>,
    ) -> anyhow::Result<Watching> {
        let (tell, news) = mpsc::channel();
        let saved = tell.clone();
        let mut watcher = recommended_watcher(move |event: notify::Result<Event>| {
            for path in event
                .into_iter()
                .filter(is_a_change)
                .flat_map(|it| it.paths)
            {
                let _ = saved.send(News::Saved(path));
            }
        })?;
        watch(&mut watcher, root)?;
        let progress = server.runs.progress.folder();
        if progress != root {
            // Where it is not there yet, the pages hear of it when they ask.
            let _ = watcher.watch(progress, RecursiveMode::NonRecursive);
        }
        let ending = Arc::new(Ending::default());
        let keeper = Keeper {
            root: root.to_owned(),
            home,
            server,
            ending: Arc::clone(&ending),
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
        let _ = self.tell.send(News::Stop);
        self.ending.end();
        let _ = self.thread.join();
    }
}

fn watch(watcher: &mut RecommendedWatcher, root: &Path) -> anyhow::Result<()> {
    for (name, mode) in [
        ("book", RecursiveMode::Recursive),
        ("chapters-code", RecursiveMode::Recursive),
        ("", RecursiveMode::NonRecursive),
    ] {
        let path = root.join(name);
        let watched = watcher.watch(&path, mode);
        watched.with_context(|| format!("watching {}", path.display()))?;
    }
    Ok(())
}

impl Keeper {
    fn keep(mut self, news: &Receiver<News>) {
        while let Some(saved) = next(news) {
            let mut saved: BTreeSet<_> =
                saved.iter().filter_map(|path| self.matters(path)).collect();
            if saved.remove(&Matter::Progress) {
                self.server.changes.progressed();
            }
            if saved.is_empty() {
                continue;
            }
            self.to_build |= saved.contains(&Matter::Code);
            match self.renew() {
                Ok(()) => self.server.changes.rendered(),
                Err(error) => {
                    let why = format!("{error:#}");
                    let _ = writeln!(io::stderr(), "{why}");
                    self.server.changes.broken(&why);
                }
            }
        }
    }

    fn renew(&mut self) -> anyhow::Result<()> {
        if self.to_build {
            let shelf = &self.server.runs.shelf;
            let built = shelf.get().rebuild(&self.root, &self.ending)?;
            shelf.set(built);
            self.to_build = false;
        }
        let rendering = Rendering::of(&self.root, &self.home)?;
        self.server.live.set(rendering);
        Ok(())
    }

    fn matters(&self, path: &Path) -> Option<Matter> {
        if path == self.server.runs.progress.path() {
            return Some(Matter::Progress);
        }
        matter(path.strip_prefix(&self.root).ok()?)
    }
}

/// What a file is to the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Matter {
    /// It is compiled, and then shown.
    Code,
    /// It is shown.
    Text,
    /// It is the reader's, and no part of the book.
    Progress,
}

/// `None` for what an editor leaves, and what the book is not made of.
fn matter(path: &Path) -> Option<Matter> {
    let name = path.file_name()?.to_str()?;
    if name.starts_with(['.', '#']) || name.ends_with('~') {
        return None;
    }
    let parts: Vec<_> = path.components().map(Component::as_os_str).collect();
    match parts[..] {
        [one] if one == "book.toml" => Some(Matter::Text),
        // The reader's own: the book shows the exercise as it gives it.
        [first, _, folder, _] if first == "chapters-code" && folder == "exercises" => {
            name.ends_with(".toml").then_some(Matter::Text)
        }
        [one] if one == "Cargo.toml" => Some(Matter::Code),
        [first, ..] if first == "book" => Some(Matter::Text),
        [first, _, ..] if first == "chapters-code" => {
            let shown = ["recordings", "exercises", "solutions", "checks"];
            let shown = shown
                .iter()
                .any(|folder| parts.iter().any(|part| part == folder));
            Some(if shown { Matter::Text } else { Matter::Code })
        }
        _ => None,
    }
}

/// All that was saved, once it is quiet; `None` at the end.
fn next(news: &Receiver<News>) -> Option<Vec<PathBuf>> {
    let News::Saved(first) = news.recv().ok()? else {
        return None;
    };
    let mut saved = vec![first];
    let began = Instant::now();
    while began.elapsed() < AT_MOST {
        match news.recv_timeout(QUIET) {
            Ok(News::Saved(path)) => saved.push(path),
            Ok(News::Stop) => return None,
            Err(_) => break,
        }
    }
    Some(saved)
}

/// Reading the files is no change; we do it ourselves.
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
        let matter = |path: &str| matter(Path::new(path));
        for path in [
            "chapters-code/chapter5/src/listings/word_count.rs",
            "chapters-code/chapter5/python/word_count.py",
            "chapters-code/chapter5/Cargo.toml",
            "Cargo.toml",
        ] {
            assert_eq!(matter(path), Some(Matter::Code), "{path}");
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
            assert_eq!(matter(path), Some(Matter::Text), "{path}");
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
            assert_eq!(matter(path), None, "{path}");
        }
    }
}
