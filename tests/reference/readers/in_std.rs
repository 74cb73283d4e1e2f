//! The readers of std.

use super::cells::{Cells, add};
use super::got::{self, Got};
use super::talker::{self, STREAMS};
use anyhow::Context;
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The next call.
type Calls = Box<dyn FnMut() -> Got>;

/// A reader, by its name in the table.
type Reader = (&'static str, fn(ChildStdout) -> Calls);

/// What gives all at once: of the command, not of its pipe.
type Whole = (&'static str, fn(Command) -> io::Result<Got>);

const CALLS: [Reader; 8] = [
    ("read(&mut [0; 4096])", |mut stdout| {
        Box::new(move || {
            let mut buffer = [0; 4096];
            let read = stdout.read(&mut buffer);
            got::counted(read, |length| got::bytes(&buffer[..length]))
        })
    }),
    ("read_exact(&mut [0; 8])", |mut stdout| {
        Box::new(move || {
            let mut buffer = [0; 8];
            match stdout.read_exact(&mut buffer) {
                Ok(()) => got::bytes(&buffer),
                Err(failed) => got::error(&failed),
            }
        })
    }),
    ("read_to_end", |mut stdout| {
        Box::new(move || {
            let mut all = vec![];
            got::counted(stdout.read_to_end(&mut all), |_| got::bytes(&all))
        })
    }),
    ("read_to_string", |mut stdout| {
        Box::new(move || {
            let mut all = String::new();
            got::counted(stdout.read_to_string(&mut all), |_| got::text(&all))
        })
    }),
    ("BufReader::read_line", |stdout| {
        let mut reader = BufReader::new(stdout);
        Box::new(move || {
            let mut line = String::new();
            got::counted(reader.read_line(&mut line), |_| got::text(&line))
        })
    }),
    ("BufReader::lines", |stdout| {
        let mut lines = BufReader::new(stdout).lines();
        Box::new(move || got::item(lines.next(), |line| got::text(&line)))
    }),
    ("BufReader::read_until(b'\\n', …)", |stdout| {
        let mut reader = BufReader::new(stdout);
        Box::new(move || {
            let mut line = vec![];
            got::counted(reader.read_until(b'\n', &mut line), |_| got::bytes(&line))
        })
    }),
    ("BufReader::split(b'\\n')", |stdout| {
        let mut pieces = BufReader::new(stdout).split(b'\n');
        Box::new(move || got::item(pieces.next(), |piece| got::bytes(&piece)))
    }),
];

const WHOLE: [Whole; 2] = [
    ("wait_with_output", |mut command| {
        let output = command.spawn()?.wait_with_output()?;
        Ok(got::bytes(&output.stdout))
    }),
    ("Command::output", |mut command| {
        Ok(got::bytes(&command.output()?.stdout))
    }),
];

/// Each reader, with what it does with each manner of talking.
pub fn cells() -> anyhow::Result<Cells> {
    let mut cells = Cells::new();
    for (call, calls) in CALLS {
        let first = |manner| {
            let (mut child, stdout) = start(manner)?;
            let first = calls(stdout)();
            child.wait()?;
            anyhow::Ok(first)
        };
        add(&mut cells, call, got::returns_when(&first("goes on")?));
        add(&mut cells, call, got::limit(&first("long line")?));
        for manner in STREAMS {
            let (mut child, stdout) = start(manner)?;
            add(&mut cells, call, got::cell(&got::until_end(calls(stdout))));
            child.wait()?;
        }
    }
    for (call, whole) in WHOLE {
        add(
            &mut cells,
            call,
            got::returns_when(&whole(command("goes on"))?),
        );
        add(&mut cells, call, got::limit(&whole(command("long line"))?));
        for manner in STREAMS {
            add(&mut cells, call, got::cell(&[whole(command(manner))?]));
        }
    }
    Ok(cells)
}

fn command(manner: &str) -> Command {
    let [program, arguments @ ..] = talker::command(manner);
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::piped());
    command
}

fn start(manner: &str) -> anyhow::Result<(Child, ChildStdout)> {
    let mut child = command(manner).spawn().context("starting the child")?;
    let stdout = child.stdout.take().context("a pipe")?;
    Ok((child, stdout))
}
