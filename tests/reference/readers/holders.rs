//! Who waits for whom: for the child alone, or for everybody who holds its
//! pipe.

use super::cells::{Cells, add};
use super::talker;
use anyhow::{Context, ensure};
use duct::cmd;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, thread};

const CHILD_ALONE: &str = "the child";
const ALL: &str = "all who hold the pipe";

/// What a call read; `None` if it reads nothing.
type Outcome = anyhow::Result<Option<Vec<u8>>>;

/// A call: its name, whom it waits for, and how it runs a command of these words.
type Call = (&'static str, &'static str, fn([String; 5]) -> Outcome);

const CALLS: [Call; 9] = [
    ("std: wait", CHILD_ALONE, |words| {
        command(words).spawn()?.wait()?;
        Ok(None)
    }),
    ("std: wait_with_output, Command::output", ALL, |words| {
        let output = command(words).output()?;
        Ok(Some(output.stdout))
    }),
    ("std: read_to_end", ALL, |words| {
        let mut child = command(words).spawn()?;
        let mut all = vec![];
        child
            .stdout
            .take()
            .context("a pipe")?
            .read_to_end(&mut all)?;
        child.wait()?;
        Ok(Some(all))
    }),
    (
        "duct: read, stdout_capture with run or wait",
        ALL,
        |words| {
            let handle = cmd("sh", words).stdout_capture().start()?;
            Ok(Some(handle.wait()?.stdout.clone()))
        },
    ),
    ("duct: reader, read_to_end", ALL, |words| {
        let mut all = vec![];
        cmd("sh", words).reader()?.read_to_end(&mut all)?;
        Ok(Some(all))
    }),
    ("duct: stdout_file(pipe), wait", CHILD_ALONE, |words| {
        let (_reader, writer) = io::pipe()?;
        cmd("sh", words).stdout_file(writer).start()?.wait()?;
        Ok(None)
    }),
    ("tokio: wait", CHILD_ALONE, |words| {
        block_on(async {
            let mut command = tokio::process::Command::from(command(words));
            command.spawn()?.wait().await?;
            Ok(None)
        })
    }),
    ("tokio: wait_with_output, output", ALL, |words| {
        block_on(async {
            let mut command = tokio::process::Command::from(command(words));
            Ok(Some(command.output().await?.stdout))
        })
    }),
    ("tokio: read_to_end", ALL, |words| {
        block_on(async {
            let mut child = tokio::process::Command::from(command(words)).spawn()?;
            let mut all = vec![];
            let mut stdout = child.stdout.take().context("a pipe")?;
            tokio::io::AsyncReadExt::read_to_end(&mut stdout, &mut all).await?;
            child.wait().await?;
            Ok(Some(all))
        })
    }),
];

/// Each call, with whom it waits for.
pub fn cells() -> anyhow::Result<Cells> {
    let mut cells = Cells::new();
    for (call, whom, run) in CALLS {
        waits_for(whom, run).with_context(|| call.to_owned())?;
        add(&mut cells, call, whom.to_owned());
    }
    let script = talker::beside("python_holders.py");
    for line in cmd!("python3", script).read()?.lines() {
        let (call, whom): (String, String) = serde_json::from_str(line)?;
        add(&mut cells, &call, whom);
    }
    Ok(cells)
}

/// A child leaves, and its own child holds the pipe until we let go of the
/// gate: then it writes one more word. Who waits for the child alone returns
/// before; who waits for all has read that word.
fn waits_for(whom: &str, run: fn([String; 5]) -> Outcome) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let gate = folder.path().join("gate");
    let left = folder.path().join("left");
    cmd!("mkfifo", &gate).run()?;
    let script = "{ read x <$1; echo late; } & echo $$ >pid.$$; mv pid.$$ $2; echo word";
    let script = script.replace("pid.$$", "$2.new");
    let path = |path: &Path| path.display().to_string();
    let words = ["-c", &script, "sh", &path(&gate), &path(&left)].map(str::to_owned);
    let running = thread::spawn(move || run(words));
    if whom == ALL {
        while !has_ended(&left) {
            thread::yield_now();
        }
        ensure!(!running.is_finished(), "it waited for the child alone");
        fs::write(&gate, "\n")?;
    }
    let read = running.join().ok().context("a panic")??;
    if whom == ALL {
        let read = read.context("it read nothing")?;
        ensure!(read.ends_with(b"late\n"), "{}", read.escape_ascii());
    } else {
        fs::write(&gate, "\n")?;
    }
    Ok(())
}

/// Whether the process whose number stands in a file has ended, waited for or
/// not.
fn has_ended(left: &Path) -> bool {
    let Ok(pid) = fs::read_to_string(left) else {
        return false;
    };
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    stat.map_or(true, |stat| stat.contains(") Z "))
}

fn command(words: [String; 5]) -> Command {
    let mut command = Command::new("sh");
    command.args(words).stdout(Stdio::piped());
    command
}

fn block_on(run: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run)
}
