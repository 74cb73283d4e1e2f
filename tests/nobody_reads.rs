//! Every program of the book, with a stdout that nobody reads, of which somebody
//! reads a line, or that is full: each ends quietly, or says so in a line.

use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use run::missing_tools;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use tests::book::{chapters, listings};
use tests::harness::{arguments, needing};
use tests::scratch_book::ScratchBook;

/// As a shell names the end of a program that SIGPIPE has ended.
const READER_GONE: i32 = 141;

/// What is asked of each chapter, beside its listings.
const OF_A_CHAPTER: [&str; 3] = ["", "--help", "--list"];

/// Other programs, what is asked of each, and the status in which it ends where nobody
/// reads.
const OTHERS: [(&str, &str, i32); 7] = [
    ("chapter6", "record --help", READER_GONE),
    // A recording is whole, whoever reads of it.
    (
        "chapter6",
        "record --source tone --seconds 0.1 --force --output t.wav",
        0,
    ),
    ("chapter8", "measure --help", READER_GONE),
    ("phrasebook", "", READER_GONE),
    ("phrasebook", "--help", READER_GONE),
    ("phrasebook", "run_checked", READER_GONE),
    ("phrasebook", "run_checked std", READER_GONE),
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
    let chapters: BTreeSet<_> = listings().into_iter().map(|it| it.chapter).collect();
    let of_chapters = chapters.into_iter().map(|chapter| {
        let name = chapter.clone();
        needing(name, missing, move || of_a_chapter(&chapter))
    });
    let mut trials: Vec<Trial> = of_chapters.collect();
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

/// Runs it with each stdout. Where nobody reads, it ends with the status `unread`.
fn tried(
    what: &str,
    unread: i32,
    command: impl Fn() -> anyhow::Result<Command>,
) -> anyhow::Result<()> {
    for stdout in [Stdout::Unread, Stdout::Head, Stdout::Full] {
        let Ended { status, said } = ended(command()?, stdout)?;
        let own = own_words(&said);
        let told = format!("{what} {stdout:?}: {status}: {said}");
        ensure!(!said.contains("panicked"), "{told}");
        match stdout {
            Stdout::Unread => {
                ensure!(status.code() == Some(unread), "{told}");
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
        let what = format!("{chapter} {words}");
        tried(&what, READER_GONE, || program(chapter, words))?;
    }
    Ok(())
}

fn others() -> anyhow::Result<()> {
    for (name, words, unread) in OTHERS {
        let folder = tempfile::tempdir()?;
        tried(&format!("{name} {words}"), unread, || {
            let mut command = program(name, words)?;
            command.current_dir(folder.path());
            Ok(command)
        })?;
    }
    Ok(())
}

fn openbook() -> anyhow::Result<()> {
    let (book, _turn) = ScratchBook::studied()?;
    let archives = missing_tools(&["xz"]).is_empty().then_some("export pages");
    for words in OPENBOOK.into_iter().chain(archives) {
        let words: Vec<_> = words.split(' ').collect();
        let what = format!("openbook {words:?}");
        tried(&what, READER_GONE, || book.openbook(&words))?;
    }
    for home in ["runs", "checks"] {
        let left = book.left_in(&format!("target/{home}"))?;
        ensure!(left.is_empty(), "{left:?}");
    }
    Ok(())
}
