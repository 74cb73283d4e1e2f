//! `cargo run -- pack`: the book for a machine of this kind that has no Rust.

mod contents;
mod tar;

use crate::root::root;
use anyhow::{Context, bail, ensure};
use contents::Contents;
use recording::catalogue::ListingName;
use run::chapters::{Chapters, packages};
use run::missing_tools;
use std::collections::BTreeSet;
use std::env::consts::{ARCH, OS};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use study::print;

/// How `xz` is called. Chapters have much in common that a dictionary reaches only
/// if it is larger than a chapter's program; more threads would cut it in pieces. A
/// higher preset takes five times as long for a tenth less.
const XZ: [&str; 3] = ["--stdout", "--threads=1", "--lzma2=preset=1,dict=64MiB"];

/// Builds and renders all that an archive holds, writes `target/pack/NAME.tar.xz`,
/// and prints where it is.
///
/// # Errors
/// There is no `xz`, something does not compile, the book has problems, or a file
/// cannot be read or written.
pub(crate) fn pack() -> anyhow::Result<()> {
    if !missing_tools(&["xz"]).is_empty() {
        bail!("packing needs xz, which is not on the PATH: your system has it as xz or xz-utils");
    }
    let root = root()?;
    let listings = ListingName::all(&root)?;
    let chapters = listings.iter().map(|it| &*it.chapter).collect();
    let programs = build(&root, &chapters)?;
    let folder = programs.run_folder()?;
    let contents = Contents::of(&root, &chapters, &programs, folder.path())?;
    let archive = write(&root, &contents)?;
    print(&format!("{}\n", archive.display()))
}

/// The programs of an archive, as Cargo builds them for `cargo run`: so a listing
/// does what its recording shows, and its X-ray finds its lines.
fn build(root: &Path, chapters: &BTreeSet<&str>) -> anyhow::Result<Chapters> {
    // Elsewhere there is nothing to trace with.
    let tracer = (OS == "linux").then_some("tracer");
    let ours = ["openbook", "phrasebook"].into_iter().chain(tracer);
    Chapters::build(root, packages(root, chapters.iter().copied().chain(ours)))
}

fn write(root: &Path, contents: &Contents) -> anyhow::Result<PathBuf> {
    let folder = root.join("target/pack");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let name = format!("subprocess-ye-hua-load-{ARCH}-{OS}");
    let archive = folder.join(format!("{name}.tar.xz"));
    // Half an archive has another name.
    let partial = folder.join(format!("{name}.partial"));
    let file = File::create(&partial).with_context(|| format!("writing {}", partial.display()))?;
    let mut xz = Command::new("xz")
        .args(XZ)
        .stdin(Stdio::piped())
        .stdout(file)
        .spawn()
        .context("starting xz")?;
    let mut out = BufWriter::new(xz.stdin.take().context("its stdin is a pipe")?);
    let written = contents.write(&name, &mut out);
    // Its end is what xz waits for.
    drop(out);
    let status = xz.wait().context("waiting for xz")?;
    ensure!(status.success(), "xz ended with {status}");
    written?;
    fs::rename(&partial, &archive).with_context(|| format!("writing {}", archive.display()))?;
    Ok(archive)
}
