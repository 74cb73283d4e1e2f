//! The writers to a child's stdin.

use super::cells::{Cells, add};
use super::talker;
use anyhow::{Context, bail, ensure};
use duct::cmd;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{ioctl_fionread, retry_on_intr};
use std::io::{BufWriter, ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::process::{Child, ChildStdin, Command, Stdio};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt};

/// Each call: when what was written is sent, what it says of a child that has
/// left, and how the child hears of the end.
pub fn cells() -> anyhow::Result<Cells> {
    let mut cells = Cells::new();
    let mut row = |call: &str, three: [String; 3]| {
        for cell in three {
            add(&mut cells, call, cell);
        }
    };
    row("std: ChildStdin", of_std()?);
    row("std: BufWriter", of_bufwriter()?);
    row("duct: stdin_bytes", of_duct()?);
    row("tokio: ChildStdin", of_tokio()?);
    let script = talker::beside("python_writers.py");
    for line in cmd!("python3", script).read()?.lines() {
        let (call, three): (String, [String; 3]) = serde_json::from_str(line)?;
        row(&call, three);
    }
    Ok(cells)
}

fn of_std() -> anyhow::Result<[String; 3]> {
    let (mut child, mut stdin) = start("sleep", &["60"])?;
    stdin.write_all(b"x")?;
    let sent = ioctl_fionread(&stdin)?;
    ensure!(sent == 1, "{sent} bytes are in the pipe");
    child.kill()?;
    child.wait()?;
    nobody_can_read(&stdin)?;
    let left = stdin.write_all(b"x").expect_err("nobody reads");

    let (mut cat, mut stdin) = start("cat", &[])?;
    stdin.write_all(b"words")?;
    drop(stdin);
    said(&mut cat, "words")?;
    cat.wait()?;
    let mut cat = command("cat", &[]).spawn()?;
    // It closes stdin first: otherwise this would not return.
    cat.wait()?;
    let end = "`drop`, or `wait()`".to_owned();
    Ok(["at once".to_owned(), format!("`{:?}`", left.kind()), end])
}

fn of_bufwriter() -> anyhow::Result<[String; 3]> {
    let (mut child, stdin) = start("sleep", &["60"])?;
    let mut writer = BufWriter::new(stdin);
    let mut written = 0;
    while ioctl_fionread(writer.get_ref())? == 0 {
        ensure!(written < 1 << 20, "nothing is sent");
        writer.write_all(b"x")?;
        written += 1;
    }
    ensure!(written == 8193, "{written} bytes");
    let sent = ioctl_fionread(writer.get_ref())?;
    writer.flush()?;
    ensure!(ioctl_fionread(writer.get_ref())? == sent + 1);
    child.kill()?;
    child.wait()?;
    nobody_can_read(writer.get_ref())?;
    writer.write_all(b"x")?;
    let left = writer.flush().expect_err("nobody reads");
    // Whatever it still has is lost, and nobody hears of it.
    drop(writer);

    let (mut cat, stdin) = start("cat", &[])?;
    let mut writer = BufWriter::new(stdin);
    writer.write_all(b"words")?;
    drop(writer);
    said(&mut cat, "words")?;
    cat.wait()?;
    let sent = "with byte 8,193, or by `flush`".to_owned();
    let left = format!("`{:?}` by `flush`, nothing by `drop`", left.kind());
    Ok([sent, left, "`drop`".to_owned()])
}

fn of_duct() -> anyhow::Result<[String; 3]> {
    cmd!("true").stdin_bytes(vec![b'x'; 1 << 20]).run()?;
    let much = "x".repeat(1 << 20);
    let all = cmd!("cat").stdin_bytes(much.as_str()).read()?;
    ensure!(all == much);
    let cells = ["while it reads, by a thread", "nothing", "by itself"];
    Ok(cells.map(str::to_owned))
}

fn of_tokio() -> anyhow::Result<[String; 3]> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut child = tokio::process::Command::from(command("sleep", &["60"])).spawn()?;
        let mut stdin = child.stdin.take().context("a pipe")?;
        stdin.write_all(b"x").await?;
        ensure!(ioctl_fionread(&stdin)? == 1);
        child.kill().await?;
        nobody_can_read(&stdin)?;
        let Err(left) = stdin.write_all(b"x").await else {
            bail!("nobody reads")
        };
        ensure!(left.kind() == ErrorKind::BrokenPipe);

        let mut cat = tokio::process::Command::from(command("cat", &[])).spawn()?;
        let mut stdin = cat.stdin.take().context("a pipe")?;
        let stdout = cat.stdout.take().context("a pipe")?;
        let mut lines = tokio::io::BufReader::new(stdout).lines();
        stdin.shutdown().await?;
        stdin.write_all(b"after shutdown\n").await?;
        let line = lines.next_line().await?;
        ensure!(line.as_deref() == Some("after shutdown"), "{line:?}");
        drop(stdin);
        ensure!(lines.next_line().await?.is_none());
        cat.wait().await?;
        let mut cat = tokio::process::Command::from(command("cat", &[])).spawn()?;
        cat.wait().await?;
        let end = "`drop`, or `wait()`; `shutdown()` is none".to_owned();
        Ok(["at once".to_owned(), format!("`{:?}`", left.kind()), end])
    })
}

/// It returns when nobody has the reading end. The child had it; and a process that
/// another test has started, if it was forked while we had that end too, has a copy
/// until its exec.
fn nobody_can_read(stdin: &impl AsFd) -> anyhow::Result<()> {
    // An error of the pipe is told of whether it was asked for or not (poll(2)).
    let mut ends = [PollFd::new(stdin, PollFlags::empty())];
    let limit = Timespec {
        tv_sec: 60,
        tv_nsec: 0,
    };
    retry_on_intr(|| poll(&mut ends, Some(&limit)))?;
    let nobody = ends[0].revents().contains(PollFlags::ERR);
    ensure!(nobody, "somebody has the reading end");
    Ok(())
}

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    command
}

fn start(program: &str, arguments: &[&str]) -> anyhow::Result<(Child, ChildStdin)> {
    let mut child = command(program, arguments).spawn()?;
    let stdin = child.stdin.take().context("a pipe")?;
    Ok((child, stdin))
}

/// It returns when the child has met the end of its stdin.
fn said(child: &mut Child, words: &str) -> anyhow::Result<()> {
    let mut all = String::new();
    child
        .stdout
        .take()
        .context("a pipe")?
        .read_to_string(&mut all)?;
    ensure!(all == words, all);
    Ok(())
}
