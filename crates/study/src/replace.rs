//! A file replaced by another, so that who reads finds one of them whole.

use anyhow::Context;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Puts a new file in the place of an old one, or writes the first. A link is
/// followed, so that it stays one; permissions stay.
///
/// # Errors
/// The file is read-only, or its folder cannot be written to.
pub fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    replaced(&path, bytes).with_context(|| format!("writing {}", path.display()))
}

fn replaced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        // The folder's permissions would let it be replaced all the same, and
        // its owner did not want that.
        let message = "the file is read-only: `chmod u+w` lets the book write to it";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = NamedTempFile::with_prefix_in(".new-", folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(path)?;
    Ok(())
}
