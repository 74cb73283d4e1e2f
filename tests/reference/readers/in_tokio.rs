//! The readers of tokio.

use super::cells::{Cells, add};
use super::got::{self, Got};
use super::talker::{self, STREAMS};
use anyhow::Context;
use std::{io, pin::Pin, process::Stdio};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines, Split};
use tokio::net::unix::pipe::Receiver;
use tokio::process::{Child, ChildStdout, Command};

/// What a call reads, and what it is given to read into: kept from call to
/// call, as one would who wants to lose nothing.
struct Source {
    reader: Option<BufReader<ChildStdout>>,
    lines: Option<Lines<BufReader<ChildStdout>>>,
    split: Option<Split<BufReader<ChildStdout>>>,
    bytes: Vec<u8>,
    text: String,
}

type Calling<'a> = Pin<Box<dyn Future<Output = Got> + 'a>>;

/// The next call of a source.
type Next = for<'a> fn(&'a mut Source) -> Calling<'a>;

const CALLS: [(&str, Next); 10] = [
    ("read(&mut [0; 4096])", |source| Box::pin(source.read())),
    ("read_buf(&mut bytes)", |source| Box::pin(source.read_buf())),
    ("read_exact(&mut [0; 8])", |source| {
        Box::pin(source.read_exact())
    }),
    ("read_to_end(&mut bytes)", |source| {
        Box::pin(source.read_to_end())
    }),
    ("read_to_string(&mut text)", |source| {
        Box::pin(source.read_to_string())
    }),
    ("read_line(&mut text)", |source| {
        Box::pin(source.read_line())
    }),
    ("lines() once, next_line()", |source| {
        Box::pin(source.next_line())
    }),
    ("lines() each time, next_line()", |source| {
        Box::pin(source.new_lines())
    }),
    ("read_until(b'\\n', &mut bytes)", |source| {
        Box::pin(source.read_until())
    }),
    ("split(b'\\n') once, next_segment()", |source| {
        Box::pin(source.next_segment())
    }),
];

impl Source {
    fn new(call: &str, stdout: ChildStdout) -> Source {
        let reader = BufReader::new(stdout);
        let mut source = Source {
            reader: None,
            lines: None,
            split: None,
            bytes: vec![],
            text: String::new(),
        };
        match call {
            "lines() once, next_line()" => source.lines = Some(reader.lines()),
            "split(b'\\n') once, next_segment()" => source.split = Some(reader.split(b'\n')),
            _ => source.reader = Some(reader),
        }
        source
    }

    fn reader(&mut self) -> &mut BufReader<ChildStdout> {
        self.reader.as_mut().expect("a reader")
    }

    async fn read(&mut self) -> Got {
        let mut buffer = [0; 4096];
        let read = self.reader().read(&mut buffer).await;
        got::counted(read, |length| got::bytes(&buffer[..length]))
    }

    async fn read_buf(&mut self) -> Got {
        let read = self
            .reader
            .as_mut()
            .expect("a reader")
            .read_buf(&mut self.bytes);
        let read = read.await;
        got::counted(read, |_| got::bytes(&std::mem::take(&mut self.bytes)))
    }

    async fn read_exact(&mut self) -> Got {
        let mut buffer = [0; 8];
        match self.reader().read_exact(&mut buffer).await {
            Ok(_) => got::bytes(&buffer),
            Err(failed) => got::error(&failed),
        }
    }

    async fn read_to_end(&mut self) -> Got {
        let read = self
            .reader
            .as_mut()
            .expect("a reader")
            .read_to_end(&mut self.bytes);
        let read = read.await;
        self.kept_bytes(read)
    }

    async fn read_until(&mut self) -> Got {
        let reader = self.reader.as_mut().expect("a reader");
        let read = reader.read_until(b'\n', &mut self.bytes).await;
        self.kept_bytes(read)
    }

    async fn read_to_string(&mut self) -> Got {
        let read = self
            .reader
            .as_mut()
            .expect("a reader")
            .read_to_string(&mut self.text);
        let read = read.await;
        self.kept_text(read)
    }

    async fn read_line(&mut self) -> Got {
        let reader = self.reader.as_mut().expect("a reader");
        let read = reader.read_line(&mut self.text).await;
        self.kept_text(read)
    }

    async fn next_line(&mut self) -> Got {
        let line = self.lines.as_mut().expect("lines").next_line().await;
        got::item(line.transpose(), |line| got::text(&line))
    }

    async fn new_lines(&mut self) -> Got {
        let line = self.reader().lines().next_line().await;
        got::item(line.transpose(), |line| got::text(&line))
    }

    async fn next_segment(&mut self) -> Got {
        let segment = self.split.as_mut().expect("a split").next_segment().await;
        got::item(segment.transpose(), |segment| got::bytes(&segment))
    }

    fn kept_bytes(&mut self, read: io::Result<usize>) -> Got {
        got::counted(read, |_| got::bytes(&std::mem::take(&mut self.bytes)))
    }

    fn kept_text(&mut self, read: io::Result<usize>) -> Got {
        got::counted(read, |_| got::text(&std::mem::take(&mut self.text)))
    }
}

/// Each reader, with what it does with each manner of talking, and when it is
/// cancelled.
pub fn cells() -> anyhow::Result<Cells> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut cells = Cells::new();
        for (call, next) in CALLS {
            let first = async |manner| {
                let (mut child, stdout) = start(manner)?;
                let first = next(&mut Source::new(call, stdout)).await;
                child.wait().await?;
                anyhow::Ok(first)
            };
            add(
                &mut cells,
                call,
                got::returns_when(&first("goes on").await?),
            );
            add(&mut cells, call, got::limit(&first("long line").await?));
            add(&mut cells, call, cancelled(call, next).await?);
            for manner in STREAMS {
                let (mut child, stdout) = start(manner)?;
                let mut source = Source::new(call, stdout);
                add(
                    &mut cells,
                    call,
                    got::cell(&until_end(&mut source, next).await),
                );
                child.wait().await?;
            }
        }
        let whole = async |manner| {
            let output = command(manner).spawn()?.wait_with_output().await?;
            anyhow::Ok(got::bytes(&output.stdout))
        };
        let call = "wait_with_output()";
        add(
            &mut cells,
            call,
            got::returns_when(&whole("goes on").await?),
        );
        add(&mut cells, call, got::limit(&whole("long line").await?));
        add(&mut cells, call, output_cancelled().await?);
        for manner in STREAMS {
            add(&mut cells, call, got::cell(&[whole(manner).await?]));
        }
        Ok(cells)
    })
}

async fn until_end(source: &mut Source, next: Next) -> Vec<Got> {
    let mut all: Vec<Got> = vec![];
    while all.last().is_none_or(|last| !last.ended) {
        all.push(next(source).await);
    }
    all
}

/// Drops the first call that waits when `half ` has been taken from the pipe,
/// and goes on with what is left.
async fn cancelled(call: &str, next: Next) -> anyhow::Result<String> {
    let (mut child, taken) = half_and_half()?;
    let mut source = Source::new(call, child.stdout.take().context("a pipe")?);
    let mut all = vec![];
    loop {
        tokio::select! {
            biased;
            got = next(&mut source) => all.push(got),
            read = taken.readable() => break read?,
        }
    }
    drop(child.stdin.take());
    all.extend(until_end(&mut source, next).await);
    child.wait().await?;
    Ok(got::cancelled(&all))
}

async fn output_cancelled() -> anyhow::Result<String> {
    let (mut child, taken) = half_and_half()?;
    let stdin = child.stdin.take();
    let mut all = vec![];
    tokio::select! {
        biased;
        output = child.wait_with_output() => all.push(got::bytes(&output?.stdout)),
        read = taken.readable() => read?,
    }
    drop(stdin);
    Ok(got::cancelled(&all))
}

/// A child that says on a pipe of its own when its first word was taken.
pub fn half_and_half() -> anyhow::Result<(Child, Receiver)> {
    let (taken, says) = io::pipe()?;
    let mut child = command("cancelled");
    child.stdin(Stdio::piped()).stderr(says);
    let taken = Receiver::from_owned_fd(taken.into())?;
    Ok((child.spawn()?, taken))
}

fn command(manner: &str) -> Command {
    let [program, arguments @ ..] = talker::command(manner);
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::piped());
    command
}

fn start(manner: &str) -> anyhow::Result<(Child, ChildStdout)> {
    let mut child = command(manner).spawn()?;
    let stdout = child.stdout.take().context("a pipe")?;
    Ok((child, stdout))
}
