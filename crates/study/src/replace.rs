//! A file replaced by another, so that whoever reads it finds one of the two
//! whole; and a lock for whoever writes.

use anyhow::Context;
use run::cannot_be_written;
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// So many links one after the other are followed, as the system does
/// (`path_resolution(7)`).
const MAX_LINKS: usize = 40;

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Nothing,
    File,
    /// A character device, as `/dev/null` is: it is written to, and has no text.
    Device,
}

impl Place {
    /// # Errors
    /// It leads to what is no place for a text: a folder, a pipe.
    pub(crate) fn at(path: &Path) -> io::Result<Place> {
        use io::ErrorKind::{NotADirectory, NotFound};
        let kind = match fs::metadata(path) {
            Err(error) if [NotFound, NotADirectory].contains(&error.kind()) => {
                return Ok(Place::Nothing);
            }
            found => found?.file_type(),
        };
        let what = match kind {
            _ if kind.is_file() => return Ok(Place::File),
            _ if kind.is_char_device() => return Ok(Place::Device),
            _ if kind.is_dir() => "a folder",
            _ if kind.is_fifo() => "a pipe",
            _ if kind.is_socket() => "a socket",
            _ => "a disk",
        };
        let message = format!("it is {what}: name a file");
        Err(io::Error::new(io::ErrorKind::InvalidInput, message))
    }
}

/// Replaces a file as a whole, or writes the first. A link stays a link, and leads
/// to the new file. Permissions stay. A device is written to.
///
/// # Errors
/// The file is read-only, or its folder cannot be written to; or what is there is
/// neither a file nor a device, and stays as it is.
pub fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let path = target(path);
    replaced(&path, bytes).with_context(|| format!("writing {}", path.display()))
}

/// The file that a link leads to, even if it is not there yet.
pub(crate) fn target(path: &Path) -> PathBuf {
    if let Ok(there) = fs::canonicalize(path) {
        return there;
    }
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(link) = fs::read_link(&path) else {
            break;
        };
        path = path.with_file_name(link);
    }
    path
}

/// Locks the file at `path`, after waiting until nobody else does, and makes it if
/// need be. It is locked until the file that comes back is dropped.
///
/// # Errors
/// The file cannot be made.
pub fn lock(path: &Path) -> anyhow::Result<File> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let made = fs::create_dir_all(folder);
    let file = made.and_then(|()| File::options().create(true).append(true).open(path));
    let file = file.with_context(|| cannot_be_written(path))?;
    loop {
        match flock(&file, FlockOperation::LockExclusive) {
            Err(Errno::INTR) => {}
            locked => {
                let locked = locked.map(|()| file);
                return locked.with_context(|| format!("locking {}", path.display()));
            }
        }
    }
}

/// Finds out whether [`replace`] could do it, and leaves all as it is.
///
/// # Errors
/// As [`replace`].
pub(crate) fn can_replace(path: &Path) -> anyhow::Result<()> {
    let path = target(path);
    match successor(&path) {
        Ok(_) => Ok(()),
        Err(error) if path.exists() => {
            Err(error).with_context(|| format!("writing {}", path.display()))
        }
        Err(error) => Err(error).with_context(|| cannot_be_written(&path)),
    }
}

fn replaced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let Some(mut file) = successor(path)? else {
        return File::options().write(true).open(path)?.write_all(bytes);
    };
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    if let Ok(old) = fs::metadata(path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(path)?;
    Ok(())
}

/// An empty file that may take the place of the one at `path`; none for a device, which
/// is written to.
fn successor(path: &Path) -> io::Result<Option<NamedTempFile>> {
    if Place::at(path)? == Place::Device {
        return Ok(None);
    }
    if fs::metadata(path).is_ok_and(|old| old.permissions().readonly()) {
        // The folder's permissions would allow to replace the file, but its owner
        // did not want that.
        let message = "the file is read-only: `chmod u+w` lets the book write to it";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // A new file has the permissions that any program would give it.
    let file = Builder::new()
        .prefix(".new-")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)?;
    Ok(Some(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    fn kind_of(path: &Path) -> fs::FileType {
        fs::symlink_metadata(path).unwrap().file_type()
    }

    #[test]
    fn what_is_no_file_is_refused_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("folder")).unwrap();
        mknodat(CWD, path("pipe"), FileType::Fifo, Mode::RWXU, 0).unwrap();
        let _listener = UnixListener::bind(path("socket")).unwrap();
        symlink(path("pipe"), path("link to a pipe")).unwrap();
        symlink("link to itself", path("link to itself")).unwrap();
        for (name, why) in [
            ("folder", "it is a folder"),
            ("pipe", "it is a pipe"),
            ("socket", "it is a socket"),
            ("link to a pipe", "it is a pipe"),
            ("link to itself", "symbolic links"),
        ] {
            let before = kind_of(&path(name));
            let error = replace(&path(name), b"text").unwrap_err();
            assert!(format!("{error:#}").contains(why), "{name}: {error:#}");
            assert_eq!(kind_of(&path(name)), before, "{name}");
        }
        assert!(kind_of(&path("pipe")).is_fifo());
    }

    #[test]
    fn a_device_is_written_to_and_stays() {
        // As `/dev/null` and `/dev/full` are, and nobody else's (null(4), full(4)). Who
        // may not make a device may not replace one either.
        let folder = tempfile::tempdir().unwrap();
        for (name, minor, is_taken) in [("null", 3, true), ("full", 7, false)] {
            let device = folder.path().join(name);
            let number = makedev(1, minor);
            let made = mknodat(CWD, &device, FileType::CharacterDevice, Mode::RWXU, number);
            if made.is_err() || File::open(&device).is_err() {
                continue;
            }
            assert_eq!(replace(&device, b"text").is_ok(), is_taken, "{name}");
            assert!(kind_of(&device).is_char_device(), "{name}");
        }
    }

    #[test]
    fn links_stay_and_lead_to_the_new_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("there")).unwrap();
        symlink("second", path("first")).unwrap();
        symlink("there/file", path("second")).unwrap();
        // The file is not there yet, and then it is.
        for text in ["one", "two"] {
            replace(&path("first"), text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(path("there/file")).unwrap(), text);
            assert!(kind_of(&path("first")).is_symlink());
            assert!(kind_of(&path("second")).is_symlink());
        }
    }
}
