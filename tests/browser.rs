//! The page in a real browser: what `tests/browser` says, a test a file. They
//! run against openbook's own binary.

use anyhow::{Context, ensure};
use duct::cmd;
use libtest_mimic::{Arguments, Trial};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::LazyLock;
use tests::book;
use tests::harness::needing;
use tests::scratch_book::ScratchBook;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // One browser at a time: they wait for each other anyway.
    arguments.test_threads.get_or_insert(1);
    let missing = missing();
    let tests = files().into_iter().map(|file| {
        let name = format!("browser::{file}");
        needing(name, &missing, move || run(&file))
    });
    let tests: Vec<Trial> = tests.collect();
    libtest_mimic::run(&arguments, tests).exit_code()
}

/// The names of the files of tests: none is forgotten.
fn files() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the tests' folder can be read");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut files: Vec<_> = names
        .filter_map(|name| name.strip_suffix(".test.js").map(str::to_owned))
        .collect();
    files.sort();
    assert!(
        !files.is_empty(),
        "there are tests in {}",
        folder().display()
    );
    files
}

/// The programs that the tests need and that are not there.
fn missing() -> Vec<&'static str> {
    let mut missing = Vec::new();
    for program in ["node", "npm"] {
        if cmd!(program, "--version").stdout_null().run().is_err() {
            missing.push(program);
        }
    }
    if !Path::new(&chromium()).exists() {
        missing.push("chromium (CHROMIUM names another)");
    }
    missing
}

fn chromium() -> OsString {
    env::var_os("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into())
}

fn folder() -> PathBuf {
    book::root().join("tests/browser")
}

fn run(file: &str) -> anyhow::Result<()> {
    static PACKAGES: LazyLock<Result<(), String>> =
        LazyLock::new(|| install().map_err(|error| format!("{error:#}")));
    PACKAGES.clone().map_err(anyhow::Error::msg)?;
    let studied = studied()?;
    let tests = cmd!("node", "--test", format!("{file}.test.js"))
        .dir(folder())
        .env("STUDIED", &studied.root)
        .env("STUDIED_TARGET", studied.target())
        .env("OPENBOOK", book::chapters().binary("openbook")?)
        .env("CHROMIUM", chromium())
        .stderr_to_stdout()
        .stdout_capture()
        .unchecked();
    let output = tests.run().context("starting node")?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "{said}");
    Ok(())
}

/// A book whose exercises a test may solve.
fn studied() -> anyhow::Result<ScratchBook> {
    ScratchBook::fresh("studied-in-a-browser")?.dressed()
}

/// The packages, exactly as the lock file names them.
fn install() -> anyhow::Result<()> {
    let npm = cmd!("npm", "ci", "--no-audit", "--no-fund")
        .dir(folder())
        .stderr_to_stdout()
        .stdout_capture()
        .unchecked();
    let output = npm.run().context("starting npm")?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "npm ci: {said}");
    Ok(())
}
