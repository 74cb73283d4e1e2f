//! What a reader with Rust waits for who has just cloned the book: until its address is
//! printed, `cargo install mdbook` being 1; and for a chapter's binary, the same
//! listings in a package of their own being 1. In turns, everything downloaded: only
//! ratios count. It takes a quarter of an hour.

use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tests::book::root;
use tests::figures::median;
use tests::{cargo, scratch_book};

/// How long it may take until the address is printed, `cargo install mdbook` being 1.
const MOST_TO_THE_ADDRESS: f64 = 0.5;

/// How long a chapter's binary may take, its listings alone being 1.
const MOST_FOR_A_CHAPTER: f64 = 1.25;

const CHAPTER: &str = "chapter5";

fn main() -> anyhow::Result<()> {
    let folder = TempDir::new()?;
    let folder = folder.path();
    let mut chapters = Vec::new();
    let mut addresses = Vec::new();
    // The first of each downloads, and finds the disk's cache cold.
    for round in 0..=3 {
        let clone = cloned(folder)?;
        let ratio = chapter(&clone)? / alone(&clone, folder)?;
        fs::remove_dir_all(&clone)?;
        chapters.extend((round > 0).then_some(ratio));
    }
    for round in 0..=2 {
        let ratio = address(folder)? / mdbook(folder)?;
        addresses.extend((round > 0).then_some(ratio));
    }
    let [chapter, address] = [chapters, addresses].map(median);
    println!("`cargo build -p {CHAPTER}`: {chapter:.2} of the time of its listings alone");
    println!("the address: {address:.2} of the time of `cargo install mdbook`");
    let kept = chapter <= MOST_FOR_A_CHAPTER && address <= MOST_TO_THE_ADDRESS;
    ensure!(kept, "a figure is beyond its bound");
    Ok(())
}

/// Until a chapter of a fresh clone is built, in seconds.
fn chapter(clone: &Path) -> anyhow::Result<f64> {
    let build = cargo::in_a_terminal()
        .args(["build", "--quiet", "-p", CHAPTER])
        .current_dir(clone)
        .taken()?;
    Ok(build.as_secs_f64())
}

/// Until the chapter's listings are built as a package of their own, with duct, anyhow
/// and what they name, in Cargo's own profile, in seconds.
fn alone(clone: &Path, folder: &Path) -> anyhow::Result<f64> {
    let package = folder.join("alone");
    let chapter = clone.join("chapters-code").join(CHAPTER);
    scratch_book::copy(&chapter.join("src"), &package.join("src"))?;
    let main = fs::read_to_string(chapter.join("src/main.rs"))?;
    let (listings, _) = main
        .split_once("use std::process::ExitCode;")
        .context("the listings stand above what main uses")?;
    let names = listings.lines().filter_map(|line| {
        let name = line.trim().strip_prefix("pub mod ")?;
        name.strip_suffix(';')
    });
    let arms: String = names
        .map(|it| format!("        Some(\"{it}\") => listings::{it}::main(),\n"))
        .collect();
    let main = format!(
        "{listings}\nfn main() -> anyhow::Result<()> {{\n    \
         match std::env::args().nth(1).as_deref() {{\n{arms}        _ => Ok(()),\n    }}\n}}\n"
    );
    fs::write(package.join("src/main.rs"), main)?;
    let manifest = "[package]\nname = \"alone\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
                    [workspace]\n[dependencies]\nanyhow = \"1\"\nduct = \"1.1\"\n\
                    rustix = { version = \"1.1\", features = [\"pipe\"] }\n";
    fs::write(package.join("Cargo.toml"), manifest)?;
    fs::copy(clone.join("Cargo.lock"), package.join("Cargo.lock"))?;
    let build = cargo::in_a_terminal()
        .args(["build", "--quiet"])
        .current_dir(&package)
        .taken()?;
    fs::remove_dir_all(&package)?;
    Ok(build.as_secs_f64())
}

/// Until a fresh clone prints its address, in seconds.
fn address(folder: &Path) -> anyhow::Result<f64> {
    let clone = cloned(folder)?;
    let began = Instant::now();
    let mut cargo = cargo::in_a_terminal()
        .args(["run", "--quiet", "--", "--no-open", "--port", "0"])
        .current_dir(&clone)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let stdout = cargo.stdout.take().context("stdout is piped")?;
    let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
    let printed = lines.any(|line| line.contains("http://"));
    let until = began.elapsed();
    // Cargo has become the program that it built, which ends all that it has started.
    kill_process(Pid::from_child(&cargo), Signal::TERM)?;
    cargo.wait()?;
    ensure!(printed, "no address was printed");
    fs::remove_dir_all(&clone)?;
    Ok(until.as_secs_f64())
}

/// Until mdBook is installed, in seconds.
fn mdbook(folder: &Path) -> anyhow::Result<f64> {
    let installed = folder.join("installed");
    let install = cargo::in_a_terminal()
        .args(["install", "--quiet", "mdbook", "--locked", "--root"])
        .arg(&installed)
        .arg("--target-dir")
        .arg(folder.join("target"))
        .taken()?;
    fs::remove_dir_all(&installed)?;
    fs::remove_dir_all(folder.join("target"))?;
    Ok(install.as_secs_f64())
}

/// What is committed of the book, and nothing that was built.
fn cloned(folder: &Path) -> anyhow::Result<PathBuf> {
    let clone = folder.join("clone");
    let git = Command::new("git")
        .args(["clone", "--quiet"])
        .args([&root(), &clone])
        .status()?;
    ensure!(git.success(), "git: {git}");
    Ok(clone)
}

trait Taken {
    /// How long it takes, if it succeeds.
    fn taken(&mut self) -> anyhow::Result<Duration>;
}

impl Taken for Command {
    fn taken(&mut self) -> anyhow::Result<Duration> {
        let began = Instant::now();
        let status = self.status()?;
        ensure!(status.success(), "{self:?}: {status}");
        Ok(began.elapsed())
    }
}
