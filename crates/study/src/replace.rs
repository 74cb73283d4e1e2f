//! A file replaced by another, so that whoever reads it finds one of the two
//! whole; and a lock for whoever writes.

use anyhow::Context;
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::Builder;

/// Replaces a file as a whole, or writes the first. A link stays a link, and leads
/// to the new file. Permissions stay.
///
/// # Errors
/// The file is read-only, or its folder cannot be written to.
pub fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let path = target(path);
    replaced(&path, bytes).with_context(|| format!("writing {}", path.display()))
}

/// The file that a link leads to, even if it is not there yet.
fn target(path: &Path) -> PathBuf {
    let leads_to = fs::read_link(path).map(|link| path.with_file_name(link));
    let path = leads_to.unwrap_or_else(|_| path.to_owned());
    fs::canonicalize(&path).unwrap_or(path)
}

/// Locks the file at `path`, after waiting until nobody else does, and makes it if
/// need be. It is locked until the file that comes back is dropped.
///
/// # Errors
/// The file cannot be made.
pub fn lock(path: &Path) -> anyhow::Result<File> {
    let describe = || format!("locking {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(describe)?;
    }
    let file = File::options()
        .create(true)
        .append(true)
        .open(path)
        .with_context(describe)?;
    loop {
        match flock(&file, FlockOperation::LockExclusive) {
            Err(Errno::INTR) => {}
            locked => return locked.map(|()| file).with_context(describe),
        }
    }
}

fn replaced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        // The folder's permissions would allow to replace the file, but its owner
        // did not want that.
        let message = "the file is read-only: `chmod u+w` lets the book write to it";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // A new file has the permissions that any program would give it.
    let mut file = Builder::new()
        .prefix(".new-")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(path)?;
    Ok(())
}
