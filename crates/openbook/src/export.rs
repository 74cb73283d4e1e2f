//! `cargo run -- export`: the book in files that are read without a server.

mod epub;
mod pages;
mod pdf;

use crate::archive::{NAME, XZ_IS};
use crate::root::root;
use anyhow::bail;
use clap::ValueEnum;
use run::{LockedFolder, missing_tools};
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use study::print;

/// What can be made of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// An archive of the static book, for a browser that opens its files; needs xz
    Pages,
    /// For readers of e-books; needs pandoc
    Epub,
    /// For paper; needs Chromium, or what the variable CHROMIUM names
    Pdf,
}

impl Form {
    /// The program that it needs.
    ///
    /// # Errors
    /// That is not here: why it cannot be made.
    fn program(self) -> Result<OsString, String> {
        match self {
            Form::Pages => on_path("xz")
                .ok_or_else(|| format!("the pages need xz, which is not on the PATH: {XZ_IS}")),
            Form::Epub => on_path("pandoc").ok_or_else(|| {
                "an EPUB needs pandoc, which is not on the PATH: your system has it as pandoc, \
                 or see pandoc.org"
                    .to_owned()
            }),
            Form::Pdf => pdf::chromium().ok_or_else(|| {
                "a PDF needs Chromium or Chrome, which is not on the PATH; the variable CHROMIUM \
                 names another"
                    .to_owned()
            }),
        }
    }

    /// Makes it with that program, in `folder`, and returns its path. What only that needs
    /// lies in `work`.
    fn make(
        self,
        program: &OsStr,
        root: &Path,
        folder: &Path,
        work: &Path,
    ) -> anyhow::Result<PathBuf> {
        match self {
            Form::Pages => pages::make(root, work, folder, &format!("{NAME}-pages")),
            Form::Epub => epub::make(program, root, work, &folder.join(format!("{NAME}.epub"))),
            Form::Pdf => pdf::make(program, root, work, &folder.join(format!("{NAME}.pdf"))),
        }
    }
}

fn on_path(program: &str) -> Option<OsString> {
    missing_tools(&[program]).is_empty().then(|| program.into())
}

/// Makes what is asked for, or all, and prints where it is.
///
/// # Errors
/// A program for what is asked for is missing; or for all of it. The book has problems,
/// or a file cannot be read or written.
pub(crate) fn export(what: &[Form]) -> anyhow::Result<()> {
    let root = root()?;
    let forms = match what {
        [] => Form::value_variants(),
        what => what,
    };
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for form in forms {
        match form.program() {
            Ok(program) => found.push((form, program)),
            Err(why) => missing.push(why),
        }
    }
    if !missing.is_empty() && (!what.is_empty() || found.is_empty()) {
        bail!("{}", missing.join("\n"));
    }
    let folder = root.join("target/export");
    let home = LockedFolder::claim(&folder.join("partial"))?;
    for (form, program) in found {
        let work = home.temporary()?;
        let file = form.make(&program, &root, &folder, work.path())?;
        print(&format!("{}\n", file.display()))?;
    }
    for missing in missing {
        // Nobody may be reading our stderr.
        let _ = writeln!(io::stderr(), "not made: {missing}");
    }
    Ok(())
}
