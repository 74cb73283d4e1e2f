//! The chapters, compiled anew while the book is open.

use super::shelf::{Shelf, names};
use crate::runs::Ending;
use anyhow::{Context, bail};
use recording::catalogue::ListingName;
use recording::{Kind, Outcome};
use run::Start;
use std::env;
use std::io::{self, Write};
use std::path::Path;

/// Builds the chapters after a change. Cargo runs as a listing does, so that
/// the end of the server, by `ending`, is the end of every compiler.
///
/// # Errors
/// A chapter does not compile: the compiler's messages.
pub(super) fn rebuild(root: &Path, shelf: &Shelf, ending: &Ending) -> anyhow::Result<Shelf> {
    let chapters = names(&ListingName::all(root)?);
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut start = Start::new(cargo, root);
    for argument in ["build", "--bins", "--quiet", "--color=never"] {
        start = start.argument(argument);
    }
    for chapter in &chapters {
        start = start.argument("-p").argument(chapter);
    }
    let run = start.supervised_by(shelf.chapters.supervisor()?)?;
    ending.may_end(run.control());
    let mut said = Vec::new();
    let mut outcome = None;
    for event in run {
        match event?.kind {
            Kind::Stderr(bytes) => {
                let _ = io::stderr().write_all(&bytes.0);
                said.extend(bytes.0);
            }
            Kind::Exited { outcome: end, .. } => outcome = Some(end),
            _ => {}
        }
    }
    match outcome.context("cargo did not end")? {
        // Everything is built: this only asks where.
        Outcome::Code(0) => Shelf::build(root),
        _ => bail!("{}", String::from_utf8_lossy(&said).trim_end()),
    }
}
