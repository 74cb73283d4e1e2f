//! The program itself: its start, its signals, its end.

use super::event::SupervisorEvent;
use crate::protocol::Request;
use anyhow::{Context, ensure};
use recording::Outcome;
use rustix::io::Errno;
use rustix::process::{
    Pid, WaitId, WaitIdOptions, WaitOptions, WaitStatus, kill_process_group, wait, waitid,
};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

/// A signal by which a program is asked, told or made to end.
#[derive(Clone, Copy)]
pub(super) enum Signal {
    /// SIGINT: what Ctrl-C sends.
    Interrupt,
    /// SIGTERM, which a program can catch too.
    Terminate,
    /// SIGKILL, which no program can catch.
    Kill,
}

/// The program and its process group, which has the same number.
#[derive(Clone)]
pub(super) struct Program {
    pub(super) pid: Pid,
    pub(super) began: Instant,
    /// Whether the program was waited for. Its pid may be another process's from
    /// then on, so this is locked by whoever waits, and by whoever signals.
    reaped: Arc<Mutex<bool>>,
}

impl Program {
    pub(super) fn start(
        request: &Request,
        [stdout, stderr]: [OwnedFd; 2],
        prepare: impl FnOnce(&mut Command),
    ) -> anyhow::Result<(Program, Option<ChildStdin>)> {
        let folder = Path::new(&request.folder);
        ensure!(folder.is_dir(), "there is no folder {}", folder.display());
        // ANCHOR: the_program
        let mut command = Command::new(&request.program);
        command
            .args(&request.arguments)
            .envs(request.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(stdout)
            .stderr(stderr);
        die_with_this_thread(&mut command);
        prepare(&mut command);
        let began = Instant::now();
        let mut child = command
            .spawn()
            .with_context(|| format!("starting {:?}", request.program))?;
        // ANCHOR_END: the_program
        let pid = Pid::from_child(&child);
        let program = Program {
            pid,
            began,
            reaped: Arc::default(),
        };
        Ok((program, child.stdin.take()))
    }

    /// Signals the group, as long as the program lives.
    pub(super) fn signal(&self, signal: Signal) {
        let signal = match signal {
            Signal::Interrupt => rustix::process::Signal::INT,
            Signal::Terminate => rustix::process::Signal::TERM,
            Signal::Kill => rustix::process::Signal::KILL,
        };
        self.signal_group(signal);
    }

    /// Wakes what a SIGSTOP holds, so that it can take notice of a signal.
    pub(super) fn wake(&self) {
        self.signal_group(rustix::process::Signal::CONT);
    }

    fn signal_group(&self, signal: rustix::process::Signal) {
        let reaped = self.reaped.lock().unwrap_or_else(PoisonError::into_inner);
        if !*reaped {
            let _ = kill_process_group(self.pid, signal);
        }
    }
}

/// Has the kernel kill the program when this thread ends, which is the
/// supervisor's first and last.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "only the child itself can ask for this signal")]
fn die_with_this_thread(command: &mut Command) {
    use rustix::process::{getpid, getppid, set_parent_process_death_signal};
    let parent = Some(getpid());
    let ask = move || {
        set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
        // The signal never comes if the supervisor has died before.
        if getppid() == parent {
            Ok(())
        } else {
            Err(Errno::SRCH.into())
        }
    };
    // SAFETY: between fork and exec the closure makes two system calls, and
    // takes no lock and no memory.
    unsafe { command.pre_exec(ask) };
}

#[cfg(not(target_os = "linux"))]
fn die_with_this_thread(_: &mut Command) {}

/// Waits for the program, and on Linux for each orphan that it leaves, in a
/// thread of its own. The thread ends when this process has no child any more.
pub(super) fn wait_for_all(program: Program, tell: Sender<SupervisorEvent>) {
    thread::spawn(move || {
        loop {
            // This waits and reaps nothing: the program's end is reaped only
            // while nobody signals it.
            let waited = waitid(WaitId::All, WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
            let event = match waited {
                Err(Errno::INTR) => continue,
                Err(Errno::CHILD) => SupervisorEvent::Childless,
                Err(errno) => SupervisorEvent::Broken(anyhow::Error::new(errno).context("waiting")),
                Ok(_) => match program.wait_for_one() {
                    Some(outcome) => SupervisorEvent::Ended(outcome, Instant::now()),
                    None => continue,
                },
            };
            let last = !matches!(event, SupervisorEvent::Ended(..));
            if tell.send(event).is_err() || last {
                return;
            }
        }
    });
}

impl Program {
    /// Reaps a child that has ended: how it ended, if it was the program.
    fn wait_for_one(&self) -> Option<Outcome> {
        let mut reaped = self.reaped.lock().unwrap_or_else(PoisonError::into_inner);
        let (pid, status) = wait(WaitOptions::NOHANG).ok().flatten()?;
        if pid != self.pid {
            return None;
        }
        *reaped = true;
        Some(outcome(status))
    }
}

fn outcome(status: WaitStatus) -> Outcome {
    match (status.exit_status(), status.terminating_signal()) {
        (Some(code), _) => Outcome::Code(code),
        (None, Some(signal)) => Outcome::Signal(signal),
        (None, None) => unreachable!("`wait` was asked for ends only, not for {status:?}"),
    }
}
