//! The folder of one check: its trials' temporary files.

use anyhow::Context;
use rustix::process::{Pid, test_kill_process};
use std::path::{Path, PathBuf};
use std::{fs, process};
use tempfile::TempDir;

/// `target/checks/PID-…`; dropped, it is removed.
pub(super) struct Folder(TempDir);

impl Folder {
    /// Makes it, and removes those of processes that were killed.
    ///
    /// # Errors
    /// It cannot be made.
    pub(super) fn new(root: &Path) -> anyhow::Result<Folder> {
        let home = root.join("target/checks");
        fs::create_dir_all(&home).with_context(|| format!("making {}", home.display()))?;
        for entry in fs::read_dir(&home).into_iter().flatten().flatten() {
            if owner(&entry.path()).is_none_or(|pid| test_kill_process(pid).is_err()) {
                // What cannot be removed is in nobody's way.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        let made = TempDir::with_prefix_in(format!("{}-", process::id()), &home);
        let made = made.with_context(|| format!("making a folder in {}", home.display()))?;
        Ok(Folder(made))
    }

    pub(super) fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }
}

fn owner(folder: &Path) -> Option<Pid> {
    let (pid, _) = folder.file_name()?.to_str()?.split_once('-')?;
    Pid::from_raw(pid.parse().ok()?)
}
