//! A PDF, which Chromium prints from mdBook's page of all pages.

use anyhow::{Context, ensure};
use run::missing_tools;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
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
    let is_there = |name: &&str| Path::new(name).is_file() || missing_tools(&[*name]).is_empty();
    let found = || NAMES.iter().copied().find(is_there).map(OsString::from);
    env::var_os("CHROMIUM").or_else(found)
}

/// Prints the book at `root` into `file`, and returns its path.
///
/// # Errors
/// The book has problems, or Chromium does not print it.
pub(super) fn make(root: &Path, chromium: &OsString, file: &Path) -> anyhow::Result<PathBuf> {
    let pages = file.with_extension("pages");
    server::build_static_book_in(root, &pages)?;
    let page = pages.join("print.html");
    // What is open in the reader's own browser stays as it is.
    let profile = file.with_extension("profile");
    fs::create_dir_all(&profile).with_context(|| profile.display().to_string())?;
    let mut printing = Command::new(chromium);
    printing.args([
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--no-pdf-header-footer",
    ]);
    printing.arg("--generate-pdf-document-outline");
    // Its sandbox refuses root, as whom containers run. The page is our own.
    if fs::metadata(&profile)?.uid() == 0 {
        printing.arg("--no-sandbox");
    }
    let partial = file.with_extension("partial");
    // What an export that was interrupted has left is no PDF.
    match fs::remove_file(&partial) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(error).with_context(|| partial.display().to_string());
        }
        _ => {}
    }
    let printed = printing
        .arg(argument("--user-data-dir=", &profile))
        .arg(argument("--print-to-pdf=", &partial))
        .arg(argument("file://", &page))
        .output();
    let removed = fs::remove_dir_all(&profile);
    let printed = printed.with_context(|| format!("starting {}", chromium.display()))?;
    let said = String::from_utf8_lossy(&printed.stderr);
    ensure!(
        printed.status.success() && partial.is_file(),
        "{} printed nothing ({}): {said}",
        chromium.display(),
        printed.status
    );
    removed.with_context(|| profile.display().to_string())?;
    fs::rename(&partial, file).with_context(|| file.display().to_string())?;
    fs::remove_dir_all(&pages).with_context(|| pages.display().to_string())?;
    Ok(file.to_owned())
}

fn argument(before: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(before);
    argument.push(path);
    argument
}
