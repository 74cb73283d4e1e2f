//! What an archive holds.

use crate::archive::Contents;
use anyhow::Context;
use recording::Archive;
use recording::catalogue::{self, CHAPTERS};
use run::chapters::Chapters;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The archive's own `README.txt`.
const README: &str = include_str!("README.txt");

/// What is packed of each chapter, and of the phrasebook.
const OF_A_CHAPTER: [&str; 5] = [
    "Cargo.toml",
    "src/listings",
    "src/phrases",
    "python",
    "recordings",
];

/// Renders the book's pages, and gathers all the rest. What is made for that lies
/// in `folder`.
///
/// # Errors
/// The book has problems, or a file cannot be read or written.
pub(super) fn contents(
    root: &Path,
    chapters: &BTreeSet<&str>,
    programs: &Chapters,
    folder: &Path,
) -> anyhow::Result<Contents> {
    let mut contents = Contents::with(root, README)?;
    add_programs(&mut contents, chapters, programs, folder)?;
    let pages = folder.join("pages");
    server::build_packed_book(root, &pages)?;
    contents.add(&pages, Archive::PAGES)?;
    for chapter in catalogue::chapters(root)? {
        for part in OF_A_CHAPTER {
            let path = format!("{CHAPTERS}/{chapter}/{part}");
            contents.add(&root.join(&path), &path)?;
        }
    }
    let mark = server::made_of(root).mark();
    contents.add_text(Archive::MARK, mark.context("writing the archive's mark")?);
    Ok(contents)
}

/// Chapters keep their line tables, by which a row of an X-ray names a line of
/// the listing.
fn add_programs(
    contents: &mut Contents,
    chapters: &BTreeSet<&str>,
    programs: &Chapters,
    folder: &Path,
) -> anyhow::Result<()> {
    for (name, program) in programs.binaries() {
        let path = match name {
            "openbook" => Archive::OPEN.to_owned(),
            _ => format!("{}/{name}", Archive::PROGRAMS),
        };
        let file = match chapters.contains(name) {
            true => program.to_owned(),
            false => stripped(program, &folder.join(name))?,
        };
        contents.add_file(&path, file);
    }
    Ok(())
}

/// A program without what only a debugger wants; where there is no `strip`, as it is.
fn stripped(program: &Path, to: &Path) -> anyhow::Result<PathBuf> {
    let mut strip = Command::new("strip");
    match strip.arg("-S").arg("-o").arg(to).arg(program).status() {
        Ok(status) if status.success() => Ok(to.to_owned()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).context("starting strip")
        }
        _ => Ok(program.to_owned()),
    }
}
