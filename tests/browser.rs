//! The page in a real browser: what `tests/browser` says, a test a file. They
//! run against openbook's own binary.

use anyhow::{Context, ensure};
use duct::cmd;
use libtest_mimic::{Arguments, Trial};
use run::missing_tools;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;
use tests::archive::Unpacked;
use tests::book;
use tests::chromium::chromium;
use tests::harness::needing;
use tests::scratch_book::ScratchBook;

/// How long one file of tests may take, of which none takes two minutes when nothing else
/// runs.
const LIMIT: Duration = Duration::from_secs(1200);

/// The tests of the book in an archive.
const ARCHIVE: &str = "archive";

/// The tests of the pages that are taken along, which an archive holds too.
const FILES: &str = "files";

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Each file has a browser of its own, which waits for a part of its time. With
    // more at once, each waits for the others.
    let processors = thread::available_parallelism().map_or(1, usize::from);
    arguments.test_threads.get_or_insert(processors);
    let missing = missing();
    let tests = files().into_iter().map(|file| {
        let name = format!("browser::{file}");
        let mut missing = missing.clone();
        if file == ARCHIVE {
            missing.extend(missing_tools(&["xz", "python3"]));
        }
        if file == FILES {
            missing.extend(missing_tools(&["xz"]));
        }
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
    if chromium().is_none() {
        missing.push("chromium (CHROMIUM names another)");
    }
    missing
}

fn folder() -> PathBuf {
    book::root().join("tests/browser")
}

fn run(file: &str) -> anyhow::Result<()> {
    // The first makes it, for all.
    static BOOK: LazyLock<Result<PathBuf, String>> =
        LazyLock::new(|| prepare().map_err(|error| format!("{error:#}")));
    let rendered = BOOK.clone().map_err(anyhow::Error::msg)?;
    // It is there as long as the tests run.
    let unpacked = (file == ARCHIVE).then(Unpacked::new).transpose()?;
    let openbook = match &unpacked {
        Some(archive) => archive.root.join("open"),
        None => book::chapters().binary("openbook")?.to_owned(),
    };
    // A test that waits for what never comes fails, and the others are told.
    let limit = format!("--test-timeout={}", LIMIT.as_millis());
    let mut tests = cmd!("node", "--test", limit, format!("{file}.test.js"))
        .dir(folder())
        .env("BOOK", rendered)
        .env("OPENBOOK", openbook)
        .env("CHROMIUM", chromium().context("there is no Chromium")?);
    if file == "study" {
        let studied = ScratchBook::fresh("studied-in-a-browser")?.dressed()?;
        for (name, value) in studied.cargo_variables() {
            tests = tests.env(name, value);
        }
        tests = tests.env("STUDIED", studied.root);
    }
    if let Some(archive) = &unpacked {
        tests = tests.env("ARCHIVE", &archive.root);
    }
    let tests = tests.stderr_to_stdout().stdout_capture().unchecked();
    let output = tests.run().context("starting node")?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "{said}");
    Ok(())
}

/// Has the packages and the static book ready; returns the book's folder.
fn prepare() -> anyhow::Result<PathBuf> {
    install()?;
    let openbook = book::chapters().binary("openbook")?;
    let said = cmd!(openbook, "build").dir(book::root()).read()?;
    let index = Path::new(said.lines().last().unwrap_or_default());
    let folder = index.parent().context("openbook names no page")?;
    Ok(folder.to_owned())
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
