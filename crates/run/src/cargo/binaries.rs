//! The binaries of the book's own packages.

use super::output::{messages, start, until_the_end};
use crate::control::Control;
use crate::start::Start;
use anyhow::{Context, bail, ensure};
use cargo_metadata::Message;
use recording::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The book's server, where the book has one.
const SERVER: &str = "server";

/// The file of each binary, by its name.
pub(crate) type Binaries = BTreeMap<String, PathBuf>;

/// Builds the binaries of the whole workspace. No supervisor looks after this Cargo,
/// since it may be what builds the first one.
///
/// # Errors
/// Cargo does not start, or something does not compile. Cargo was waited for.
pub(crate) fn build_workspace(root: &Path) -> anyhow::Result<Binaries> {
    built(build(root).argument("--workspace"))
}

/// As [`build_workspace`], the binaries of some packages and the supervisor.
///
/// # Errors
/// As for the workspace.
pub(crate) fn build_binaries<'a>(
    root: &Path,
    packages: impl IntoIterator<Item = &'a str>,
) -> anyhow::Result<Binaries> {
    built(build_packages(root, packages))
}

fn built(cargo: Start) -> anyhow::Result<Binaries> {
    // `output` waits for Cargo, whatever it writes.
    let built = Command::new(cargo.program)
        .args(cargo.arguments)
        .envs(cargo.variables)
        .current_dir(cargo.folder)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("starting cargo to build the chapters")?;
    ensure!(
        built.status.success(),
        "Cargo could not build it: see its messages above"
    );
    let messages = messages(&built.stdout).into_iter();
    Ok(messages.filter_map(binary).collect())
}

/// As [`build_binaries`], under a supervisor: `began` gets what can end it.
///
/// # Errors
/// Something does not compile: the compiler's messages, which stderr has had
/// meanwhile. Or the build was ended.
pub(crate) fn rebuild_binaries<'a>(
    root: &Path,
    packages: impl IntoIterator<Item = &'a str>,
    supervisor: &Path,
    began: impl FnOnce(Control),
) -> anyhow::Result<Binaries> {
    let cargo = build_packages(root, packages)
        .argument("--quiet")
        .argument("--color=never");
    let run = cargo.supervised_by(supervisor)?;
    began(run.control());
    let mut binaries = Binaries::new();
    let mut said = Vec::new();
    let outcome = until_the_end(
        run,
        |message| binaries.extend(binary(message)),
        |piece| {
            let _ = io::stderr().write_all(piece);
            said.extend(piece);
        },
    );
    match outcome? {
        Outcome::Code(0) => Ok(binaries),
        _ => bail!("{}", String::from_utf8_lossy(&said).trim_end()),
    }
}

/// Cargo, as it builds binaries and tells of them.
fn build(root: &Path) -> Start {
    start(root)
        .argument("build")
        .argument("--bins")
        .argument("--message-format=json-render-diagnostics")
}

/// The packages that Cargo is asked to build for some chapters. The server is one
/// of them: it is not built, but with its features Cargo takes the chapters'
/// dependencies as it has compiled them for the book's own program, and compiles
/// none once more.
pub fn packages<'a>(root: &Path, chapters: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let server = root.join("crates").join(SERVER).exists().then_some(SERVER);
    chapters.into_iter().chain(server).collect()
}

/// The supervisor is in this package.
fn build_packages<'a>(root: &Path, chapters: impl IntoIterator<Item = &'a str>) -> Start {
    let mut cargo = build(root);
    for package in packages(root, chapters)
        .into_iter()
        .chain([env!("CARGO_PKG_NAME")])
    {
        cargo = cargo.argument("-p").argument(package);
    }
    cargo
}

fn binary(message: Message) -> Option<(String, PathBuf)> {
    match message {
        Message::CompilerArtifact(artifact) => {
            Some((artifact.target.name, artifact.executable?.into()))
        }
        _ => None,
    }
}
