//! `cargo run -- pack`: the book for a machine of this kind that has no Rust.

mod contents;

use crate::archive::{NAME, XZ_IS};
use crate::root::root;
use anyhow::bail;
use recording::catalogue::ListingName;
use run::chapters::Chapters;
use run::missing_tools;
use std::collections::BTreeSet;
use std::env::consts::{ARCH, OS};
use std::path::Path;
use study::print;

/// Builds and renders all that an archive holds, writes `target/pack/NAME.tar.xz`,
/// and prints where it is.
///
/// # Errors
/// There is no `xz`, something does not compile, the book has problems, or a file
/// cannot be read or written.
pub(crate) fn pack() -> anyhow::Result<()> {
    let root = root()?;
    if !missing_tools(&["xz"]).is_empty() {
        bail!("packing needs xz, which is not on the PATH: {XZ_IS}");
    }
    let listings = ListingName::all(&root)?;
    let chapters = listings.iter().map(|it| &*it.chapter).collect();
    let programs = build(&root, &chapters)?;
    let folder = programs.run_folder()?;
    let contents = contents::contents(&root, &chapters, &programs, folder.path())?;
    let name = format!("{NAME}-{ARCH}-{OS}");
    let archive = contents.pack(&root.join("target/pack"), &name)?;
    print(&format!("{}\n", archive.display()))
}

/// The programs of an archive, as Cargo builds them for `cargo run`: so a listing
/// does what its recording shows, and its X-ray finds its lines.
fn build(root: &Path, chapters: &BTreeSet<&str>) -> anyhow::Result<Chapters> {
    // Elsewhere there is nothing to trace with.
    let tracer = (OS == "linux").then_some("tracer");
    let ours = ["openbook", "phrasebook"].into_iter().chain(tracer);
    Chapters::build(root, chapters.iter().copied().chain(ours))
}
