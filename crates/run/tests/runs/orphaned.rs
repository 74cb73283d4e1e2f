//! Who dies first: the supervisor, or the owner.

use crate::fixture::{await_that, script, standing_in};
use crate::started::supervisor;
use recording::Kind;
use run::Start;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// An owner that is a process of its own: this test binary again.
struct Owner(Child);

impl Drop for Owner {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An owner of a script, started by a shell after the commands `before`.
fn owner_of(folder: &Path, before: &str, text: &str) -> Owner {
    let child = Command::new("sh")
        .args(["-c", &format!("{before} exec \"$@\"")])
        .arg("sh")
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "--quiet"])
        .arg("orphaned::an_owner")
        .env("RUN_TEST_FOLDER", folder)
        .env("RUN_TEST_SCRIPT", text)
        .stdout(Stdio::piped())
        .spawn();
    Owner(child.unwrap())
}

#[test]
#[ignore = "it is no test, but the owner that the tests below start"]
fn an_owner() {
    let Some(folder) = std::env::var_os("RUN_TEST_FOLDER") else {
        return;
    };
    let text = std::env::var("RUN_TEST_SCRIPT").unwrap();
    let start = Start::new("sh", folder).argument("-c").argument(text);
    let run = start.supervised_by(supervisor()).unwrap();
    println!("\nsupervisor {}", run.supervisor_pid());
    for event in run {
        if let Kind::Stdout(bytes) = event.unwrap().kind {
            print!("{}", String::from_utf8_lossy(&bytes.0));
        }
    }
}

#[test]
fn a_supervisor_that_is_killed_leaves_nothing() {
    let text = "trap '' INT TERM; sleep 1000 & echo ready; exec sleep 1000";
    let mut running = script(text).starts().says("ready\n");
    let supervisor = Pid::from_raw(running.supervisor.cast_signed()).unwrap();
    kill_process(supervisor, Signal::KILL).unwrap();
    let error = running.run.find_map(Result::err).unwrap();
    let expected = "the supervisor died (signal: 9 (SIGKILL)), and the run with it";
    assert_eq!(error.to_string().trim_end(), expected);
    assert!(running.run.next().is_none());
    let folder = running.folder.path();
    await_that("nothing is left", || standing_in(folder).is_empty());
}

/// Waits until an owner's script says that it is ready; returns the supervisor.
fn ready(owner: &mut Owner) -> Pid {
    let mut lines = BufReader::new(owner.0.stdout.take().unwrap()).lines();
    let mut lines = lines.by_ref().map(Result::unwrap);
    let supervisor = lines.find_map(|line| line.strip_prefix("supervisor ")?.parse().ok());
    assert!(lines.any(|line| line == "ready"));
    Pid::from_raw(supervisor.unwrap()).unwrap()
}

#[test]
fn an_owner_that_is_killed_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let text = "trap '' INT TERM; setsid sleep 1000 & echo ready; exec sleep 1000";
    let mut owner = owner_of(folder.path(), "", text);
    let supervisor = ready(&mut owner);
    drop(owner);
    await_that("the supervisor has gone", || {
        test_kill_process(supervisor).is_err()
    });
    assert_eq!(standing_in(folder.path()), [""; 0]);
}

#[test]
fn a_supervisor_that_is_killed_takes_the_program_with_it_without_the_owners_help() {
    let folder = tempfile::tempdir().unwrap();
    let mut owner = owner_of(folder.path(), "", "echo ready; exec sleep 1000");
    let supervisor = ready(&mut owner);
    kill_process(Pid::from_child(&owner.0), Signal::STOP).unwrap();
    kill_process(supervisor, Signal::KILL).unwrap();
    await_that("nothing is left", || standing_in(folder.path()).is_empty());
}

#[test]
fn the_program_is_born_with_default_signals_and_three_descriptors() {
    let folder = tempfile::tempdir().unwrap();
    // grep inherits the signals of its parent, the shell, which has no pipe of its
    // own open.
    let text = "grep -E '^Sig(Ign|Blk)' /proc/self/status; ls /proc/$$/fd; echo end";
    let before = "trap '' HUP INT QUIT TERM USR1 CHLD PIPE; exec 7</dev/null 9>/dev/null;";
    let mut owner = owner_of(folder.path(), before, text);
    let mut output = String::new();
    let mut stdout = owner.0.stdout.take().unwrap();
    stdout.read_to_string(&mut output).unwrap();
    for signals in ["SigBlk:\t", "SigIgn:\t"] {
        let (_, set) = output.split_once(signals).unwrap();
        let set = u64::from_str_radix(&set[..16], 16).unwrap();
        // Without 32 and 33, which the C library keeps to itself.
        assert_eq!(set & !(0b11 << 31), 0, "{output}");
    }
    assert!(output.contains("\n0\n1\n2\nend\n"), "{output}");
}
