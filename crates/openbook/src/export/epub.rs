//! An EPUB, which pandoc makes of the plain book.

use crate::archive::NAME;
use anyhow::{Context, ensure};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a reader's own style sheet does not say.
const STYLE: &str = include_str!("epub.css");

/// Makes the file, and returns its path. What pandoc reads lies in `work`.
///
/// # Errors
/// The book has problems, or pandoc refuses it.
pub(super) fn make(
    pandoc: &OsStr,
    root: &Path,
    work: &Path,
    file: &Path,
) -> anyhow::Result<PathBuf> {
    let document = server::build_document(root, work)?;
    let (style, made) = (work.join("epub.css"), work.join("book.epub"));
    fs::write(&style, STYLE).with_context(|| style.display().to_string())?;
    let status = Command::new(pandoc)
        .arg(&document)
        .args(["--from=html", "--to=epub3", "--toc-depth=2"])
        // A file for each page: readers are slow with large ones.
        .args(["--epub-chapter-level=2", "--highlight-style=monochrome"])
        // A reader takes a later edition for the same book.
        .arg(format!("--metadata=identifier:{NAME}"))
        .arg("--css")
        .arg(&style)
        .arg("--resource-path")
        .arg(work)
        .arg("--output")
        .arg(&made)
        .status()
        .context("starting pandoc")?;
    ensure!(status.success(), "pandoc ended with {status}");
    // Half a book has another name.
    fs::rename(&made, file).with_context(|| file.display().to_string())?;
    Ok(file.to_owned())
}
