//! Files of a book, copied and written.

use anyhow::Context;
use std::fs;
use std::path::Path;

/// Copies a folder.
///
/// # Errors
/// A file cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        // Packages of the browser's tests, which Cargo does not need.
        if entry.file_name() == "node_modules" {
            continue;
        }
        // A link to a folder is copied as a folder.
        if entry.path().is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            write(&to, &fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

/// Ends each line of each text in a folder with CRLF.
///
/// # Errors
/// A file cannot be read or written.
pub fn end_lines_with_crlf(folder: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // What a link leads to has its turn elsewhere.
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            end_lines_with_crlf(&path)?;
        } else if let Ok(text) = String::from_utf8(fs::read(&path)?) {
            fs::write(&path, text.replace('\n', "\r\n"))?;
        }
    }
    Ok(())
}

/// What is so already keeps its time, so that Cargo need not look at it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if path.is_symlink() {
        fs::remove_file(path)?;
    }
    let folder = path.parent().context("a file lies in a folder")?;
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes));
    written.with_context(|| path.display().to_string())
}
