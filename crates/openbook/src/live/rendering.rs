//! One rendering of the book, in a folder of its own: half a book is never
//! served, and what was read from the one before stays whole.

use crate::book;
use crate::server::ContentSecurity;
use anyhow::Context;
use rustix::process::{Pid, test_kill_process};
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use tempfile::TempDir;

/// `target/live`, where each server has folders that begin with its pid.
pub(crate) struct Home(PathBuf);

/// A rendered book; dropped, its folder is removed.
pub(crate) struct Rendering {
    pub(crate) folder: TempDir,
    pub(crate) security: ContentSecurity,
}

impl Home {
    /// Makes it, and removes what servers left that were killed.
    ///
    /// # Errors
    /// It cannot be made or read.
    pub(crate) fn below(root: &Path) -> anyhow::Result<Home> {
        let home = root.join("target/live");
        fs::create_dir_all(&home).with_context(|| format!("making {}", home.display()))?;
        for entry in fs::read_dir(&home).with_context(|| home.display().to_string())? {
            let path = entry?.path();
            if !owner(&path).is_some_and(lives) {
                // What cannot be removed is in nobody's way.
                let _ = fs::remove_dir_all(&path);
            }
        }
        Ok(Home(home))
    }

    /// # Errors
    /// It cannot be made.
    pub(crate) fn folder(&self) -> anyhow::Result<TempDir> {
        let folder = TempDir::with_prefix_in(format!("{}-", process::id()), &self.0);
        folder.with_context(|| format!("making a folder in {}", self.0.display()))
    }

    /// Renders the book at `root`.
    ///
    /// # Errors
    /// The book has problems, or a file cannot be read or written.
    pub(crate) fn render(&self, root: &Path) -> anyhow::Result<Rendering> {
        let folder = self.folder()?;
        book::build_live(root, folder.path())?;
        let security = ContentSecurity::of(folder.path())?;
        Ok(Rendering { folder, security })
    }
}

fn owner(folder: &Path) -> Option<Pid> {
    let (pid, _) = folder.file_name()?.to_str()?.split_once('-')?;
    Pid::from_raw(pid.parse().ok()?)
}

fn lives(pid: Pid) -> bool {
    pid.as_raw_pid().cast_unsigned() != process::id() && test_kill_process(pid).is_ok()
}
