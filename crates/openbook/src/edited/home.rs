//! Where a server keeps its copies of chapters.

use anyhow::{Context, bail};
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// More servers than this at once are none of a person's.
const MOST: usize = 32;

/// What the folders of programs are called; all else there is kept.
const PROGRAM: &str = "run-";

/// `target/edited/N`, of this server alone as long as it lives. The next server
/// takes it over with what is in it: Cargo tells a package by its path, so in a
/// folder of another name it would compile everything anew, and keep that.
pub(crate) struct Home {
    folder: PathBuf,
    /// Holds the lock, which the kernel gives up with the process.
    _lock: File,
}

impl Home {
    /// Takes the first that nobody has.
    ///
    /// # Errors
    /// It cannot be made or read.
    pub(super) fn claim(root: &Path) -> anyhow::Result<Home> {
        for number in 1..=MOST {
            let folder = root.join("target/edited").join(number.to_string());
            let claimed = lock(&folder);
            let claimed = claimed.with_context(|| format!("claiming {}", folder.display()))?;
            if let Some(lock) = claimed {
                let home = Home {
                    folder,
                    _lock: lock,
                };
                home.sweep()?;
                return Ok(home);
            }
        }
        bail!("{MOST} servers already run edits of this book: stop one")
    }

    pub(super) fn path(&self) -> &Path {
        &self.folder
    }

    /// A folder for a program, beside the copies so that a link reaches it.
    ///
    /// # Errors
    /// It cannot be made.
    pub(super) fn program_folder(&self) -> anyhow::Result<TempDir> {
        let made = TempDir::with_prefix_in(PROGRAM, &self.folder);
        made.with_context(|| format!("making a folder in {}", self.folder.display()))
    }

    /// Removes the programs of a server that was killed.
    fn sweep(&self) -> anyhow::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(PROGRAM) {
                // What cannot be removed is in nobody's way.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }
}

/// `None` if another has it.
fn lock(folder: &Path) -> anyhow::Result<Option<File>> {
    fs::create_dir_all(folder)?;
    let file = File::create(folder.join("lock"))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(Errno::WOULDBLOCK) => Ok(None),
        Err(errno) => Err(errno.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_servers_have_two_homes_and_the_next_has_the_first_again() {
        let root = tempfile::tempdir().unwrap();
        let number = |home: &Home| home.path().file_name().unwrap().to_owned();
        let first = Home::claim(root.path()).unwrap();
        let second = Home::claim(root.path()).unwrap();
        assert_eq!([number(&first), number(&second)], ["1", "2"]);
        fs::create_dir(first.path().join("run-killed")).unwrap();
        fs::create_dir(first.path().join("chapter1")).unwrap();
        drop(first);
        let third = Home::claim(root.path()).unwrap();
        assert_eq!(number(&third), "1");
        assert!(!third.path().join("run-killed").exists());
        assert!(third.path().join("chapter1").exists());
    }
}
