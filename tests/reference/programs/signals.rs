//! "Signals": one signal to a child in the middle of its work.

use super::page::{PAGE, each_row};
use super::stdin::in_repository;
use super::web;
use crate::loopback::{self, Ssh};
use crate::table;
use anyhow::{Context, bail, ensure};
use libtest_mimic::Trial;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tests::{executable, harness};

const HEADING: &str = "Signals";

const SENT: [Signal; 4] = [Signal::INT, Signal::TERM, Signal::HUP, Signal::KILL];

/// How long nothing may happen before a test gives up: no verdict.
const HUNG: Duration = Duration::from_secs(60);

/// What a program at work says of a signal: its status, and what became of its work.
type AtWork = fn(&Path, Signal) -> anyhow::Result<String>;

const AT_WORK: [(&str, &str, AtWork); 8] = [
    ("ffmpeg writes a WAV", "ffmpeg", |folder, signal| {
        let mut ffmpeg = Command::new("ffmpeg");
        ffmpeg.args("-nostdin -v error -re -f lavfi -i sine -y it.wav".split(' '));
        writes_a_wav(ffmpeg, folder, signal)
    }),
    ("sox writes a WAV", "sox", |folder, signal| {
        let mut sox = Command::new("sox");
        sox.args("-n -r 8000 it.wav synth 90000 sine 440".split(' '));
        writes_a_wav(sox, folder, signal)
    }),
    ("git clones", "git", clones),
    ("curl writes a file", "curl", |folder, signal| {
        let mut curl = Command::new("curl");
        curl.args([
            "-sS",
            "--noproxy",
            "*",
            "-o",
            "it",
            &(web::address() + "part"),
        ]);
        let mut curl = start(curl, folder)?;
        let file = folder.join("it");
        until("a part", || {
            Ok(fs::metadata(&file).is_ok_and(|it| it.len() > 0))
        })?;
        let status = end(&mut curl, signal)?;
        let left = fs::metadata(&file).is_ok_and(|it| it.len() > 0);
        Ok(format!(
            "{status}, {}",
            if left { "part left" } else { "nothing left" }
        ))
    }),
    ("python3 has printed", "python3", |folder, signal| {
        let mut python = Command::new("python3");
        let program = "import time; print('words'); open('there', 'x'); time.sleep(99)";
        python.args(["-c", program]).env_remove("PYTHONUNBUFFERED");
        let mut python = start(python, folder)?;
        until("it is there", || Ok(folder.join("there").exists()))?;
        let status = end(&mut python, signal)?;
        let mut said = String::new();
        let mut stdout = python.stdout.take().context("stdout is piped")?;
        stdout.read_to_string(&mut said)?;
        Ok(format!(
            "{status}, words {}",
            if said.is_empty() { "lost" } else { "come" }
        ))
    }),
    ("node waits", "node", |folder, signal| {
        let mut node = Command::new("node");
        let program = "require('fs').writeFileSync('there', ''); setTimeout(() => {}, 99000)";
        let mut node = start(
            {
                node.args(["-e", program]);
                node
            },
            folder,
        )?;
        until("it is there", || Ok(folder.join("there").exists()))?;
        end(&mut node, signal)
    }),
    ("ssh runs a command", "ssh", |folder, signal| {
        runs_a_command(folder, signal, &[])
    }),
    ("ssh -tt runs a command", "ssh", |folder, signal| {
        runs_a_command(folder, signal, &["-tt"])
    }),
];

pub fn tests() -> Vec<Trial> {
    let mut tests = vec![harness::test("signals: each row is tried", || {
        each_row(HEADING, &AT_WORK.map(|it| it.0))
    })];
    for (first, program, at_work) in AT_WORK {
        let mut missing = loopback::missing(&[program]);
        // An ordinary user's server may give no terminal away where devpts asks for its
        // owner to be changed.
        if first.contains("-tt") && !rustix::process::geteuid().is_root() {
            missing.push("sshd of root");
        }
        let name = format!("signals: {first}");
        tests.push(harness::needing(name, &missing, move || {
            let rows = table::rows(PAGE, HEADING)?;
            let row = rows.iter().find(|row| row[0] == first).context("no row")?;
            for (signal, cell) in SENT.into_iter().zip(&row[1..]) {
                let folder = tempfile::tempdir()?;
                let says = at_work(folder.path(), signal)?;
                ensure!(says == *cell, "{signal:?}: {says}, and the page: {cell}");
            }
            Ok(())
        }));
    }
    tests
}

fn start(mut command: Command, folder: &Path) -> anyhow::Result<Child> {
    command.current_dir(folder).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().with_context(|| format!("{command:?}"))
}

/// Sends it, and says how the child ended.
fn end(child: &mut Child, signal: Signal) -> anyhow::Result<String> {
    kill_process(pid(child.id())?, signal)?;
    let mut status = None;
    until("its end", || {
        status = child.try_wait()?;
        Ok(status.is_some())
    })
    .inspect_err(|_| drop(child.kill()))?;
    Ok(status.context("it has ended")?.to_string())
}

fn pid(number: u32) -> anyhow::Result<Pid> {
    Pid::from_raw(number.try_into()?).context("a pid")
}

/// Looks again and again.
pub fn until(what: &str, mut is_so: impl FnMut() -> anyhow::Result<bool>) -> anyhow::Result<()> {
    let began = Instant::now();
    while !is_so()? {
        ensure!(began.elapsed() < HUNG, "waited for {what}");
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

fn writes_a_wav(command: Command, folder: &Path, signal: Signal) -> anyhow::Result<String> {
    let mut child = start(command, folder)?;
    let file = folder.join("it.wav");
    until("samples", || {
        Ok(fs::metadata(&file).is_ok_and(|it| it.len() > 4096))
    })?;
    let status = end(&mut child, signal)?;
    let wav = fs::read(&file)?;
    let at = wav
        .windows(4)
        .position(|it| it == b"data")
        .context("no data chunk")?
        + 4;
    let says = u32::from_le_bytes(wav[at..at + 4].try_into()?);
    let whole = says as usize == wav.len() - at - 4;
    Ok(format!(
        "{status}, {}",
        if whole { "whole" } else { "no length" }
    ))
}

/// A clone whose other end does not answer.
fn clones(folder: &Path, signal: Signal) -> anyhow::Result<String> {
    fs::create_dir(folder.join("from"))?;
    in_repository(&folder.join("from"))?;
    let silent = folder.join("silent");
    executable::write(&silent, "#!/bin/sh\n: >asked\nexec cat >/dev/null\n")?;
    let upload = format!("{}", silent.display());
    let mut git = Command::new("git");
    git.args(["clone", "-q", "-u", &upload, "from", "to"]);
    let mut git = start(git, folder)?;
    until("its question", || {
        Ok(folder.join("asked").exists() && folder.join("to").exists())
    })?;
    let status = end(&mut git, signal)?;
    let left = folder.join("to").exists();
    Ok(format!(
        "{status}, folder {}",
        if left { "left" } else { "removed" }
    ))
}

/// The command at the other end is a process of this machine, so it can be looked at.
fn runs_a_command(folder: &Path, signal: Signal, options: &[&str]) -> anyhow::Result<String> {
    let ssh = Ssh::new()?;
    let command = ssh.command(&[options, &["there", "echo $$; exec sleep 600"]].concat());
    let mut ssh = start(command, folder)?;
    let mut first = String::new();
    let stdout = ssh.stdout.take().context("stdout is piped")?;
    BufReader::new(stdout).read_line(&mut first)?;
    let sleeper = pid(first.trim().parse()?)?;
    let server = parent_of(sleeper)?;
    let status = end(&mut ssh, signal)?;
    if options.contains(&"-tt") {
        until("the command's end", || Ok(is_over(sleeper)))?;
        return Ok(format!("{status}, command ends"));
    }
    // Its server has ended: nobody is left who would tell it.
    until("the server's end", || {
        Ok(is_over(sleeper) || parent_of(sleeper)? != server)
    })?;
    let lives = !is_over(sleeper);
    if lives {
        kill_process(sleeper, Signal::KILL)?;
    }
    Ok(format!(
        "{status}, command {}",
        if lives { "lives on" } else { "ends" }
    ))
}

/// It is gone, or a zombie that process 1 has not collected.
fn is_over(pid: Pid) -> bool {
    if test_kill_process(pid).is_err() {
        return true;
    }
    let status = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    status.is_ok_and(|it| it.contains(") Z "))
}

fn parent_of(pid: Pid) -> anyhow::Result<u32> {
    let file = format!("/proc/{}/stat", pid.as_raw_nonzero());
    let Ok(stat) = fs::read_to_string(file) else {
        bail!("the command has gone");
    };
    let (_, rest) = stat.rsplit_once(") ").context(stat.clone())?;
    Ok(rest.split(' ').nth(1).context("a parent")?.parse()?)
}
