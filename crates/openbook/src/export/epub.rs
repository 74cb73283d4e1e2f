//! An EPUB, which pandoc makes of the plain book.

use anyhow::{Context, ensure};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a reader's own style sheet does not say.
const STYLE: &str = include_str!("epub.css");

/// Makes the file, and returns its path.
///
/// # Errors
/// The book has problems, or pandoc refuses it.
pub(super) fn make(root: &Path, file: &Path) -> anyhow::Result<PathBuf> {
    let folder = root.join("target/export/plain");
    let document = server::build_document(root, &folder)?;
    let style = folder.join("epub.css");
    fs::write(&style, STYLE).with_context(|| style.display().to_string())?;
    let status = Command::new("pandoc")
        .arg(&document)
        .args(["--from=html", "--to=epub3", "--toc-depth=2"])
        // A file for each page: readers are slow with large ones.
        .args(["--epub-chapter-level=2", "--highlight-style=monochrome"])
        // A reader takes a later edition for the same book.
        .arg("--metadata=identifier:subprocess-ye-hua-load")
        .args([option("css", &style), option("resource-path", &folder)])
        .arg(option("output", file))
        .status()
        .context("starting pandoc")?;
    ensure!(status.success(), "pandoc ended with {status}");
    Ok(file.to_owned())
}

/// `--NAME=PATH`
fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(format!("--{name}="));
    option.push(path);
    option
}
