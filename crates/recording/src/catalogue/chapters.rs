//! What lies in the folder of the chapters.

use super::fault::Fault;
use super::name::{CHAPTERS, ListingName};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The packages that may have listings and exercises, in alphabetical order.
///
/// # Errors
/// The folder cannot be read.
pub fn chapters(root: &Path) -> Result<Vec<String>, Fault> {
    let mut chapters = names_in(root, Path::new(CHAPTERS))?;
    chapters.retain(|name| root.join(CHAPTERS).join(name).is_dir());
    Ok(chapters)
}

/// The names of what lies in a folder of the book at `root`, in alphabetical
/// order; none where there is no such folder.
///
/// # Errors
/// The folder cannot be read.
pub fn names_in(root: &Path, folder: &Path) -> Result<Vec<String>, Fault> {
    let entries = match fs::read_dir(root.join(folder)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| Fault::unreadable(folder, &error))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Fault::unreadable(folder, &error))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

impl ListingName {
    /// Every listing of the book at `root`, chapter by chapter, in alphabetical
    /// order.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn all(root: &Path) -> Result<Vec<ListingName>, Fault> {
        let mut all = Vec::new();
        for chapter in chapters(root)? {
            let folder = Path::new(CHAPTERS).join(&chapter);
            let rust = names_in(root, &folder.join("src/listings"))?;
            let rust = rust.iter().filter_map(|file| file.strip_suffix(".rs"));
            let python = names_in(root, &folder.join("python"))?;
            let python = python.iter().filter(|file| file.ends_with(".py"));
            let names = rust.chain(python.map(|file| &**file));
            all.extend(names.map(|name| ListingName {
                chapter: chapter.clone(),
                name: name.to_owned(),
            }));
        }
        all.sort();
        Ok(all)
    }
}
