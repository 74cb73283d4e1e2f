//! Numbered folders, each with one holder at a time, and the temporary folders in
//! them.

use anyhow::Context;
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How the name of a temporary folder begins; everything else is kept.
const TEMPORARY_PREFIX: &str = "temporary-";

/// The folder `HOME/N`, which no other process and no other thread has: its file
/// `lock` is locked (`flock(2)`). The kernel gives the lock up with the process,
/// whatever ends it, and knows it in every pid namespace.
///
/// Dropped, it is free. The next holder takes it over with what is in it, but for
/// its temporary folders.
#[derive(Debug)]
pub struct LockedFolder {
    path: PathBuf,
    lock: File,
}

impl LockedFolder {
    /// Takes the first folder of `home` that is free, and makes it if need be.
    /// Removes the temporary folders of all that are free: their holders were
    /// killed.
    ///
    /// # Errors
    /// A folder cannot be made, read or locked.
    pub fn claim(home: &Path) -> anyhow::Result<LockedFolder> {
        let mut claimed = None;
        for number in 1.. {
            let path = home.join(number.to_string());
            if claimed.is_some() && !path.exists() {
                break;
            }
            if let Some(free) = LockedFolder::try_lock(&path)? {
                free.sweep()?;
                claimed.get_or_insert(free);
            }
        }
        claimed.context("there is always another number")
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes an empty folder in it, which is removed when it is dropped. It must be
    /// dropped before this one: the next holder removes what it finds.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn temporary(&self) -> anyhow::Result<TempDir> {
        let made = TempDir::with_prefix_in(TEMPORARY_PREFIX, &self.path);
        made.with_context(|| format!("making a folder in {}", self.path.display()))
    }

    /// `None` if another has it.
    fn try_lock(path: &Path) -> anyhow::Result<Option<LockedFolder>> {
        let file = path.join("lock");
        let lock = fs::create_dir_all(path).and_then(|()| File::create(&file));
        let lock = lock.with_context(|| cannot_be_written(&file))?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(LockedFolder {
                path: path.to_owned(),
                lock,
            })),
            Err(Errno::WOULDBLOCK) => Ok(None),
            Err(errno) => Err(errno).with_context(|| format!("locking {}", path.display())),
        }
    }

    fn sweep(&self) -> anyhow::Result<()> {
        let entries = fs::read_dir(&self.path);
        for entry in entries.with_context(|| format!("reading {}", self.path.display()))? {
            let entry = entry?;
            if entry
                .file_name()
                .to_string_lossy()
                .starts_with(TEMPORARY_PREFIX)
            {
                // What cannot be removed is in nobody's way.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }
}

impl Drop for LockedFolder {
    fn drop(&mut self) {
        // A child that another thread has forked holds the file, too, until it
        // calls exec: closing it would not be enough.
        let _ = flock(&self.lock, FlockOperation::Unlock);
    }
}

/// Says what cannot be written: the file, if it is there, or else the nearest folder
/// above it that is.
pub fn cannot_be_written(file: &Path) -> String {
    let there = file.ancestors().find(|it| it.exists());
    let there = there.unwrap_or(file).display();
    format!("{there} cannot be written")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_can_be_made_the_folder_is_named() {
        let home = tempfile::tempdir().unwrap();
        // Root may write into any folder, and nobody into what is none.
        let place = home.path().join("target");
        fs::write(&place, "").unwrap();
        let error = LockedFolder::claim(&place.join("live")).unwrap_err();
        let said = format!("{error:#}");
        let named = format!("{} cannot be written: ", place.display());
        assert!(said.starts_with(&named), "{said}");
        assert_eq!(
            cannot_be_written(&home.path().join("a/b/lock")),
            format!("{} cannot be written", home.path().display())
        );
        // Somebody else's file may lie in a folder of one's own.
        assert_eq!(
            cannot_be_written(&place),
            format!("{} cannot be written", place.display())
        );
    }

    #[test]
    fn two_holders_have_two_folders_and_the_next_has_the_first_again() {
        let home = tempfile::tempdir().unwrap();
        let number = |folder: &LockedFolder| folder.path().file_name().unwrap().to_owned();
        let first = LockedFolder::claim(home.path()).unwrap();
        let second = LockedFolder::claim(home.path()).unwrap();
        assert_eq!([number(&first), number(&second)], ["1", "2"]);
        drop(first);
        let third = LockedFolder::claim(home.path()).unwrap();
        assert_eq!(number(&third), "1");
    }

    #[test]
    fn what_the_killed_have_left_is_removed_and_what_the_living_have_stays() {
        let home = tempfile::tempdir().unwrap();
        let [first, second, third] = [(); 3].map(|()| LockedFolder::claim(home.path()).unwrap());
        let living = second.temporary().unwrap();
        fs::create_dir(first.path().join("kept")).unwrap();
        let killed = [&first, &third].map(|it| it.temporary().unwrap().keep());
        drop((first, third));
        let next = LockedFolder::claim(home.path()).unwrap();
        assert!(killed.iter().all(|folder| !folder.exists()));
        assert!(living.path().exists());
        assert!(next.path().join("kept").exists());
    }

    #[test]
    fn a_temporary_folder_is_removed_when_it_is_dropped() {
        let home = tempfile::tempdir().unwrap();
        let folder = LockedFolder::claim(home.path()).unwrap();
        let temporary = folder.temporary().unwrap();
        let path = temporary.path().to_owned();
        fs::write(path.join("a"), "a").unwrap();
        drop(temporary);
        assert!(!path.exists());
    }
}
