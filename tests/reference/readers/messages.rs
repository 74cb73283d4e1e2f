//! The messages of the page's first table: each is made to be said.

use super::cells::PAGE;
use super::{interrupted, talker};
use crate::table;
use anyhow::{Context, bail, ensure};
use duct::cmd;
use regex::Regex;
use std::any::Any;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::panic;
use std::process::Stdio;
use std::thread;
use tokio::io::AsyncReadExt;
use tokio::runtime::{Builder, Handle};

/// A row of the table that cites, instead of being measured.
const CITED: &str = "(cited)";

/// The name of a thread that is to panic.
const QUIET: &str = "to panic";

/// Every message has its row, and every row its message. In a row `…` stands
/// for what differs.
///
/// # Errors
/// What differs.
pub fn compare() -> anyhow::Result<()> {
    let mut said = of_std()?;
    said.push(interrupted::a_read_is_and_others_go_on()?);
    said.extend(of_tokio()?);
    said.extend(of_shells()?);
    let script = talker::beside("python_messages.py");
    for line in cmd!("python3", script).stderr_null().read()?.lines() {
        said.push(serde_json::from_str(line)?);
    }
    let code = Regex::new("``(.+?)``|`([^`]+)`")?;
    let mut told = vec![];
    for row in table::rows(PAGE, "Messages")? {
        if !row[0].contains(CITED) {
            let spans = code.captures_iter(&row[0]);
            let spans = spans.filter_map(|span| span.get(1).or(span.get(2)));
            told.extend(spans.map(|span| span.as_str().trim().to_owned()));
        }
    }
    let mut heard = vec![false; told.len()];
    for message in &said {
        let Some(row) = told.iter().position(|row| means(row, message)) else {
            bail!("no row has {message:?}\nthe page has {told:#?}");
        };
        heard[row] = true;
    }
    for (row, heard) in told.iter().zip(heard) {
        ensure!(heard, "nobody said {row:?}");
    }
    Ok(())
}

fn means(row: &str, message: &str) -> bool {
    let pattern = regex::escape(row).replace('…', ".+");
    Regex::new(&format!("^{pattern}$")).is_ok_and(|row| row.is_match(message))
}

fn of_std() -> anyhow::Result<Vec<String>> {
    let mut said = vec![];
    let not_text = || cmd!("printf", r"one\n\377\n").reader();
    said.push(failure(not_text()?.read_to_string(&mut String::new()))?);
    said.push(failure(cmd!("printf", r"one\n\377\n").read())?);
    let mut lines = BufReader::new(not_text()?).lines();
    ensure!(lines.next().context("a line")?? == "one");
    said.push(failure(lines.next().context("an error")?)?);
    let mut short = cmd!("printf", "half").reader()?;
    let mut buffer = [0; 8];
    said.push(failure(short.read_exact(&mut buffer))?);
    // What was read is there, though std does not promise it.
    ensure!(buffer.starts_with(b"half"));

    // A buffer that is left takes what it has read ahead with it.
    let mut buffered = BufReader::new(cmd!("printf", r"1\n2\n").reader()?);
    buffered.read_line(&mut String::new())?;
    let mut rest = String::new();
    buffered.into_inner().read_to_string(&mut rest)?;
    ensure!(rest.is_empty(), rest);

    let (reader, mut writer) = io::pipe()?;
    drop(reader);
    said.push(failure(writer.write_all(b"words"))?);
    // `stdin_bytes` does not mind.
    cmd!("true").stdin_bytes(vec![b'x'; 1 << 20]).run()?;

    let mut failing = cmd!("sh", "-c", "echo one; exit 3").reader()?;
    let mut all = vec![];
    said.push(failure(failing.read_to_end(&mut all))?);
    ensure!(
        all == b"one\n",
        "what came before the error is in the vector"
    );
    Ok(said)
}

fn failure<T>(result: io::Result<T>) -> anyhow::Result<String> {
    match result {
        Ok(_) => bail!("no error"),
        Err(error) => Ok(error.to_string()),
    }
}

fn of_tokio() -> anyhow::Result<Vec<String>> {
    let mut said = vec![];
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let read = runtime.block_on(async {
        let mut printf = tokio::process::Command::new("printf");
        let mut child = printf.arg("half").stdout(Stdio::piped()).spawn()?;
        let mut stdout = child.stdout.take().expect("a pipe");
        let read = stdout.read_exact(&mut [0; 8]).await;
        child.wait().await?;
        read
    });
    said.push(failure(read)?);

    keep_quiet_about_what_is_expected();
    let start = || tokio::process::Command::new("true").spawn();
    said.push(panicked(start)?);
    let bare = Builder::new_current_thread().build()?;
    said.push(panicked(|| bare.block_on(async { start() }))?);
    let second = std::time::Duration::from_secs(1);
    let io_only = Builder::new_current_thread().enable_io().build()?;
    said.push(panicked(|| {
        io_only.block_on(async { tokio::time::sleep(second).await })
    })?);
    let nested = async { Handle::current().block_on(async {}) };
    said.push(panicked(|| runtime.block_on(nested))?);
    Ok(said)
}

fn of_shells() -> anyhow::Result<Vec<String>> {
    let scripts = [
        ("bash", r"x=$(printf 'a\0b')"),
        ("dash", "echo | read"),
        ("dash", "echo | read -t 1 x"),
    ];
    let said = scripts.map(|(shell, script)| {
        let shell = cmd!(shell, "-c", script).unchecked();
        shell.stderr_to_stdout().stdout_capture().read()
    });
    Ok(said.into_iter().collect::<io::Result<_>>()?)
}

/// What a panic says, in a thread whose panics the hook keeps to itself.
fn panicked<T>(function: impl FnOnce() -> T + Send) -> anyhow::Result<String> {
    let caught = thread::scope(|scope| {
        let panics = thread::Builder::new().name(QUIET.to_owned());
        let run = || drop(function());
        anyhow::Ok(panics.spawn_scoped(scope, run)?.join())
    })?;
    let Err(panicked) = caught else {
        bail!("no panic")
    };
    words(&*panicked).context("a panic with a message")
}

fn keep_quiet_about_what_is_expected() {
    let loud = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        if thread::current().name() != Some(QUIET) {
            loud(panicked);
        }
    }));
}

fn words(panicked: &(dyn Any + Send)) -> Option<String> {
    let text = panicked
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned());
    text.or_else(|| panicked.downcast_ref::<String>().cloned())
}
