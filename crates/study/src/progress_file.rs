//! The file that progress is kept in, which a page, a terminal and an editor may
//! change at once.

use crate::progress::Progress;
use crate::replace::{Place, can_replace, lock, replace, target};
use anyhow::Context;
use std::env;
use std::fs;
use std::io;
use std::path::{self, Path, PathBuf};

/// The file's name, beside `book.toml`.
const FILE_NAME: &str = "progress.txt";

/// The environment variable that names another file.
const PATH_VARIABLE: &str = "BOOK_PROGRESS";

/// What a new file begins with.
const HEADER: &str = "\
# How far you have come in \"Subprocess ye hua load\": one thing a line. The
# book's pages and its exercises in a terminal write here. Edit it as you like;
# remove the file to begin anew.
";

/// The progress file of one checkout.
#[derive(Clone, Debug)]
pub struct ProgressFile {
    path: PathBuf,
    /// The file that is locked while progress changes. It is not the progress file
    /// itself, which each change replaces.
    lock: PathBuf,
}

impl ProgressFile {
    /// The file of the book at `root`: beside `book.toml`, or where `BOOK_PROGRESS`
    /// says. Two checkouts may share the latter, so its lock lies beside it.
    pub fn of(root: &Path) -> ProgressFile {
        let elsewhere = env::var_os(PATH_VARIABLE).filter(|it| !it.is_empty());
        match elsewhere.and_then(|it| path::absolute(it).ok()) {
            Some(path) => {
                let path = target(&path);
                let mut lock = path.clone().into_os_string();
                lock.push(".lock");
                ProgressFile {
                    lock: lock.into(),
                    path,
                }
            }
            None => ProgressFile {
                path: target(&root.join(FILE_NAME)),
                lock: root.join("target/progress.lock"),
            },
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder to be watched for changes of the file. It is made, if need be and
    /// if it can be.
    pub fn watched_folder(&self) -> &Path {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        // Whoever writes the file is told what is wrong.
        let _ = fs::create_dir_all(folder);
        folder
    }

    /// What the file says now; nothing if there is no file.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn read(&self) -> anyhow::Result<Progress> {
        let text = self.text()?;
        Ok(Progress::parse(&String::from_utf8_lossy(&text)))
    }

    /// Changes the file as a whole or not at all, and only if something changes.
    /// What others wrote meanwhile is not lost.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn change<T>(&self, change: impl FnOnce(&mut Progress) -> T) -> anyhow::Result<T> {
        let _locked = match self.place()? {
            // A device keeps nothing that two could write at once.
            Place::Device => None,
            Place::Nothing | Place::File => Some(lock(&self.lock)?),
        };
        let bytes = self.text()?;
        let text = String::from_utf8_lossy(&bytes);
        let before = Progress::parse(&text);
        let mut after = before.clone();
        let done = change(&mut after);
        if before != after {
            if text.as_bytes() != bytes {
                self.put_aside(&bytes)?;
            }
            self.write(&after)?;
        }
        Ok(done)
    }

    /// Finds out whether the file can be changed, and leaves it as it is.
    ///
    /// # Errors
    /// It cannot: why.
    pub fn can_change(&self) -> anyhow::Result<()> {
        self.change(|_| ())?;
        can_replace(&self.path)
    }

    fn place(&self) -> anyhow::Result<Place> {
        let describe = || format!("progress is kept in {}", self.path.display());
        Place::at(&self.path).with_context(describe)
    }

    fn text(&self) -> anyhow::Result<Vec<u8>> {
        if self.place()? != Place::File {
            return Ok(Vec::new());
        }
        match fs::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            read => read.with_context(|| format!("reading {}", self.path.display())),
        }
    }

    /// Keeps a copy of a file that is no text, before it is written anew.
    fn put_aside(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let aside = self.path.with_extension("txt.broken");
        if aside.exists() {
            // The copy that is there is older, and may have all there ever was.
            return Ok(());
        }
        fs::write(&aside, bytes).with_context(|| format!("writing {}", aside.display()))
    }

    fn write(&self, progress: &Progress) -> anyhow::Result<()> {
        let header = match fs::exists(&self.path).unwrap_or(false) {
            true => "",
            false => HEADER,
        };
        replace(&self.path, format!("{header}{progress}").as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    fn store() -> (tempfile::TempDir, ProgressFile) {
        let root = tempfile::tempdir().unwrap();
        let store = ProgressFile::of(root.path());
        (root, store)
    }

    #[test]
    fn without_a_file_nothing_is_known_and_the_first_change_makes_it() {
        let (_root, store) = store();
        assert_eq!(store.read().unwrap(), Progress::default());
        store.change(|it| it.set("last", "a.html")).unwrap();
        let text = fs::read_to_string(store.path()).unwrap();
        assert!(text.starts_with("# How far") && text.ends_with("\nlast a.html\n"));
        assert_eq!(store.read().unwrap().get("last"), Some("a.html"));
    }

    #[test]
    fn a_change_that_changes_nothing_writes_nothing() {
        let (_root, store) = store();
        store.change(|it| it.remove("last")).unwrap();
        assert!(!store.path().exists());
    }

    #[test]
    fn of_many_writers_none_is_forgotten() {
        let (_root, store) = store();
        thread::scope(|scope| {
            for writer in 0..8 {
                let store = &store;
                scope.spawn(move || {
                    for line in 0..20 {
                        let key = format!("key {writer} {line}");
                        store.change(|it| it.set(&key, "x")).unwrap();
                    }
                });
            }
        });
        assert_eq!(store.read().unwrap().entries().count(), 160);
    }

    #[test]
    fn what_is_no_text_is_put_aside_and_what_can_be_read_is_kept() {
        let (root, store) = store();
        let bytes = b"last a.html\n\xff\xfe\x00\nhints chapter2/a 1\n";
        fs::write(store.path(), bytes).unwrap();
        store.change(|it| it.set("last", "b.html")).unwrap();
        let progress = store.read().unwrap();
        assert_eq!(progress.get("last"), Some("b.html"));
        assert_eq!(progress.get("hints chapter2/a"), Some("1"));
        let aside = fs::read(root.path().join("progress.txt.broken")).unwrap();
        assert_eq!(aside, bytes);
    }

    #[test]
    fn a_read_only_file_is_left_as_it_is() {
        let (_root, store) = store();
        fs::write(store.path(), "last a.html\n").unwrap();
        let mut permissions = fs::metadata(store.path()).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(store.path(), permissions).unwrap();
        let change = store.change(|it| it.set("last", "b.html")).map(drop);
        for error in [change, store.can_change()].map(Result::unwrap_err) {
            assert!(format!("{error:#}").contains("read-only"), "{error:#}");
        }
        assert_eq!(store.read().unwrap().get("last"), Some("a.html"));
    }

    #[test]
    fn a_folder_that_takes_no_file_is_named() {
        let (root, store) = store();
        store.can_change().unwrap();
        assert!(!store.path().exists());
        fs::remove_dir_all(root.path().join("target")).unwrap();
        fs::write(root.path().join("target"), "").unwrap();
        let named = format!("{}/target cannot be written: ", root.path().display());
        let change = store.change(|it| it.set("last", "b.html")).map(drop);
        for error in [change, store.can_change()].map(Result::unwrap_err) {
            assert!(format!("{error:#}").starts_with(&named), "{error:#}");
        }
    }

    #[test]
    fn a_link_stays_a_link() {
        let (root, store) = store();
        let real = root.path().join("elsewhere.txt");
        fs::write(&real, "last a.html\n").unwrap();
        std::os::unix::fs::symlink(&real, store.path()).unwrap();
        store.change(|it| it.set("last", "b.html")).unwrap();
        assert!(fs::symlink_metadata(store.path()).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(real).unwrap(), "last b.html\n");
    }
}
