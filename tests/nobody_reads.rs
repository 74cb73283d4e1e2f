//! Every program of the book, with a stdout that nobody reads, of which somebody
//! reads a line, or that is full: each ends quietly, or says so in a line.

use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use tests::book::chapters;
use tests::harness::{arguments, needing};
use tests::scratch_book::ScratchBook;

/// As a shell names the end of a program that SIGPIPE has ended.
const READER_GONE: i32 = 141;

const CHAPTERS: [&str; 11] = [
    "chapter0",
    "chapter1",
    "chapter2",
    "chapter3",
    "chapter4",
    "chapter5",
    "chapter6",
    "chapter7",
    "chapter8",
    "enough-rust",
    "reference",
];

/// What is asked of each chapter, beside its listings.
const OF_A_CHAPTER: [&str; 3] = ["", "--help", "--list"];

/// Other programs, and what is asked of each.
const OTHERS: [(&str, &str); 7] = [
    ("chapter6", "record --help"),
    (
        "chapter6",
        "record --source tone --seconds 0.1 --force --output t.wav",
    ),
    ("chapter8", "measure --help"),
    ("phrasebook", ""),
    ("phrasebook", "--help"),
    ("phrasebook", "run_checked"),
    ("phrasebook", "run_checked std"),
];

/// What is asked of openbook.
const OPENBOOK: [&str; 15] = [
    "--help",
    "help",
    "check --help",
    "study help",
    "build",
    "record chapter1/greets",
    "record chapter1/greets chapter1/doubles",
    "check chapter1/greets",
    "check chapter1/greets chapter1/repeats",
    "check chapter1/doubles",
    "check chapter1/doubles chapter1/waits",
    "study doubles",
    "study list",
    "study hint doubles",
    "study reset doubles",
];

/// What stdout is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stdout {
    /// A pipe without a reader.
    Unread,
    /// A pipe whose reader takes a line, as `head -1` does.
    Head,
    /// `/dev/full`.
    Full,
}

fn main() -> ExitCode {
    let missing: &[&str] = match Path::new("/dev/full").exists() {
        true => &[],
        false => &["/dev/full"],
    };
    let mut trials: Vec<Trial> = CHAPTERS
        .map(|chapter| needing(chapter, missing, move || of_a_chapter(chapter)))
        .into();
    trials.push(needing("other programs", missing, others));
    trials.push(needing("openbook", missing, openbook));
    libtest_mimic::run(&arguments(), trials).exit_code()
}

/// How a program ended, and what it said on stderr.
struct Ended {
    status: ExitStatus,
    said: String,
}

/// Runs a command with such a stdout.
fn ended(mut command: Command, stdout: Stdout) -> anyhow::Result<Ended> {
    let (reader, writer) = io::pipe()?;
    let reader = (stdout == Stdout::Head).then_some(reader);
    match stdout {
        Stdout::Full => command.stdout(File::options().write(true).open("/dev/full")?),
        Stdout::Unread | Stdout::Head => command.stdout(writer),
    };
    let mut child = command
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{command:?}"))?;
    // It holds the pipe's other end.
    drop(command);
    if let Some(reader) = reader {
        BufReader::new(reader).read_line(&mut String::new())?;
    }
    let mut said = Vec::new();
    let mut stderr = child.stderr.take().context("stderr is piped")?;
    stderr.read_to_end(&mut said)?;
    Ok(Ended {
        status: child.wait()?,
        said: String::from_utf8_lossy(&said).into_owned(),
    })
}

/// What it said, but for Cargo's progress, the recorder's, and what an ffmpeg says
/// whose listing has gone.
fn own_words(said: &str) -> Vec<&str> {
    const OTHERS: [&str; 10] = [
        "Finished",
        "Compiling",
        "Blocking",
        "profile package spec",
        "recording the",
        "av_interleaved_write_frame(): Broken pipe",
        "trailer of pipe:: Broken pipe",
        "file pipe:: Broken pipe",
        "INFO",
        "WARN",
    ];
    let lines = said.lines().filter(|line| !line.trim().is_empty());
    let own = lines.filter(|line| !OTHERS.iter().any(|it| line.contains(it)));
    own.collect()
}

/// Runs it with each stdout.
fn tried(what: &str, command: impl Fn() -> anyhow::Result<Command>) -> anyhow::Result<()> {
    for stdout in [Stdout::Unread, Stdout::Head, Stdout::Full] {
        let Ended { status, said } = ended(command()?, stdout)?;
        let own = own_words(&said);
        let told = format!("{what} {stdout:?}: {status}: {said}");
        ensure!(!said.contains("panicked"), "{told}");
        match stdout {
            Stdout::Unread => {
                // A recording is whole, whoever reads of it.
                let code = if what.contains("--output") {
                    0
                } else {
                    READER_GONE
                };
                ensure!(status.code() == Some(code), "{told}");
                ensure!(own.is_empty(), "{told}");
            }
            // It may have written all before the reader has gone. If a child of its own
            // was about to write, it tells of the child, as std, duct or Python do.
            Stdout::Head => {
                let names = ["(SIGPIPE)", "<signal 13>", "<Signals.SIGPIPE: 13>"];
                let tells_of_a_child = names.iter().any(|it| said.contains(it));
                ensure!(own.is_empty() || tells_of_a_child, "{told}");
            }
            Stdout::Full => {
                ensure!(status.code() == Some(1), "{told}");
                ensure!(own.len() == 1, "{told}");
                ensure!(own[0].starts_with("error: writing to stdout: "), "{told}");
            }
        }
    }
    Ok(())
}

fn program(name: &str, words: &str) -> anyhow::Result<Command> {
    let mut command = Command::new(chapters().binary(name)?);
    command.args(words.split_whitespace());
    Ok(command)
}

fn of_a_chapter(chapter: &str) -> anyhow::Result<()> {
    let list = program(chapter, "--list")?.output()?.stdout;
    let list = String::from_utf8(list)?;
    let first = list.split_whitespace().next().context("it has a listing")?;
    for words in OF_A_CHAPTER.into_iter().chain([first]) {
        tried(&format!("{chapter} {words}"), || program(chapter, words))?;
    }
    Ok(())
}

fn others() -> anyhow::Result<()> {
    for (name, words) in OTHERS {
        let folder = tempfile::tempdir()?;
        tried(&format!("{name} {words}"), || {
            let mut command = program(name, words)?;
            command.current_dir(folder.path());
            Ok(command)
        })?;
    }
    Ok(())
}

fn openbook() -> anyhow::Result<()> {
    let (book, _turn) = ScratchBook::studied()?;
    for words in OPENBOOK {
        let words: Vec<_> = words.split(' ').collect();
        tried(&format!("openbook {words:?}"), || book.openbook(&words))?;
    }
    for home in ["runs", "checks"] {
        let left = book.left_in(&format!("target/{home}"))?;
        ensure!(left.is_empty(), "{left:?}");
    }
    Ok(())
}
