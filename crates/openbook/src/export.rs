//! `cargo run -- export`: the book in files that are read without a server.

mod epub;
mod pages;
mod pdf;

use crate::archive::XZ_IS;
use crate::root::root;
use anyhow::{Context, bail};
use clap::ValueEnum;
use run::missing_tools;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use study::print;

/// The name of each file, up to what says its kind.
const NAME: &str = "subprocess-ye-hua-load";

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
    /// Why it cannot be made here.
    fn missing(self) -> Option<String> {
        let misses = |program| !missing_tools(&[program]).is_empty();
        match self {
            Form::Pages => misses("xz")
                .then(|| format!("the pages need xz, which is not on the PATH: {XZ_IS}")),
            Form::Epub => misses("pandoc").then(|| {
                "an EPUB needs pandoc, which is not on the PATH: your system has it as pandoc, \
                 or see pandoc.org"
                    .to_owned()
            }),
            Form::Pdf => pdf::chromium().is_none().then(|| {
                "a PDF needs Chromium or Chrome, which is not on the PATH; the variable CHROMIUM \
                 names another"
                    .to_owned()
            }),
        }
    }

    fn make(self, root: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
        match self {
            Form::Pages => pages::make(root, folder, &format!("{NAME}-pages")),
            Form::Epub => epub::make(root, &folder.join(format!("{NAME}.epub"))),
            Form::Pdf => {
                let chromium = pdf::chromium().context("no Chromium")?;
                pdf::make(root, &chromium, &folder.join(format!("{NAME}.pdf")))
            }
        }
    }
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
    let missing: Vec<_> = forms.iter().filter_map(|it| it.missing()).collect();
    if !missing.is_empty() && (!what.is_empty() || missing.len() == forms.len()) {
        bail!("{}", missing.join("\n"));
    }
    let folder = root.join("target/export");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    for form in forms.iter().filter(|it| it.missing().is_none()) {
        let file = form.make(&root, &folder)?;
        print(&format!("{}\n", file.display()))?;
    }
    for missing in missing {
        // Nobody may be reading our stderr.
        let _ = writeln!(io::stderr(), "not made: {missing}");
    }
    Ok(())
}
