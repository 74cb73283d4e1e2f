//! What is wrong with a file of the book.

use super::lines::plain_lines;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// A file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Relative to the book's root.
    pub file: PathBuf,
    /// What is wrong with it, and what to do about it.
    pub message: String,
}

impl Fault {
    pub(crate) fn of(file: impl Into<PathBuf>, message: impl Into<String>) -> Fault {
        Fault {
            file: file.into(),
            message: message.into(),
        }
    }

    pub(super) fn unreadable(file: impl Into<PathBuf>, error: &io::Error) -> Fault {
        Fault::of(file, format!("it cannot be read: {error}"))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.message)
    }
}

impl Error for Fault {}

/// The text of a file of the book at `root`, with plain ends of lines.
///
/// # Errors
/// It cannot be read.
pub fn read_text(root: &Path, file: &Path) -> Result<String, Fault> {
    let text = fs::read_to_string(root.join(file)).map(plain_lines);
    text.map_err(|error| Fault::unreadable(file, &error))
}

/// What a TOML file of the book at `root` says; `None` where there is no such
/// file.
///
/// # Errors
/// It cannot be read, or says something else than a `T`.
pub fn read_toml<T: DeserializeOwned>(root: &Path, file: &Path) -> Result<Option<T>, Fault> {
    let text = match fs::read_to_string(root.join(file)).map(plain_lines) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text.map_err(|error| Fault::unreadable(file, &error))?,
    };
    // Displayed, the error would also draw the line, over several lines.
    let parsed = toml::from_str(&text).map_err(|error| Fault::of(file, error.message()));
    parsed.map(Some)
}
