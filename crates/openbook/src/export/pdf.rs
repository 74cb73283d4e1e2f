//! A PDF, which Chromium prints from mdBook's page of all pages.

use anyhow::{Context, ensure};
use run::missing_tools;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names of Chromium, and of its kin that prints alike. The engine without windows
/// begins at once.
const NAMES: [&str; 6] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The program: what the variable `CHROMIUM` names, or the first that is there.
pub(super) fn chromium() -> Option<OsString> {
    let is_there = |name: &&str| missing_tools(&[*name]).is_empty();
    let found = || NAMES.into_iter().find(is_there).map(OsString::from);
    env::var_os("CHROMIUM").or_else(found)
}

/// Prints the book at `root` into `file`, and returns its path. What Chromium reads lies
/// in `work`.
///
/// # Errors
/// The book has problems, or Chromium does not print it.
pub(super) fn make(
    chromium: &OsStr,
    root: &Path,
    work: &Path,
    file: &Path,
) -> anyhow::Result<PathBuf> {
    let pages = work.join("pages");
    server::build_static_book_in(root, &pages)?;
    let printed = work.join("printed.pdf");
    let mut printing = Command::new(chromium);
    printing.args([
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
    ]);
    // Its sandbox refuses root, as whom containers run. The page is our own.
    if fs::metadata(work)?.uid() == 0 {
        printing.arg("--no-sandbox");
    }
    // What is open in the reader's own browser stays as it is.
    printing.arg(option("user-data-dir", &work.join("profile")));
    printing.arg(option("print-to-pdf", &printed));
    // As a path: in an address, `#` and the like in a folder's name would end it.
    printing.arg(pages.join("print.html"));
    let ended = printing.output();
    let ended = ended.with_context(|| format!("starting {}", chromium.display()))?;
    ensure!(
        ended.status.success() && printed.is_file(),
        "{} printed nothing ({}): {}",
        chromium.display(),
        ended.status,
        String::from_utf8_lossy(&ended.stderr)
    );
    fs::rename(&printed, file).with_context(|| file.display().to_string())?;
    Ok(file.to_owned())
}

/// `--NAME=PATH`
fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(format!("--{name}="));
    option.push(path);
    option
}
