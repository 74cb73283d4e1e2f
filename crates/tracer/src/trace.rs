//! Follows all processes of a run by `ptrace(2)`, in one thread, and tells what
//! becomes of them. A process is stopped when it starts another, runs another
//! program, gets a signal or ends; between these it runs at full speed.

mod around;
mod births;
mod ends;
mod loose;
mod pidfd;
mod places;
mod proc;
mod process;
mod ptrace;
mod quiet;
mod reaps;
mod refusal;
mod sleep;
mod start;
mod stops;
mod told_calls;
mod tracer;
mod wanted;

use crate::handed::Handed;
use crate::tell::Teller;
use anyhow::Context;
use recording::Kind;
use sleep::Sleep;
use start::Started;
use std::convert::Infallible;
use std::ffi::{OsStr, OsString};
use std::os::fd::{AsFd, OwnedFd};
use std::process::ExitCode;
use std::{env, io, panic};
use tracer::Tracer;

/// Traces a run, as stdin says: the whole of the program `tracer`, whose argument
/// is the supervisor. It must be called first thing in a process, while there is
/// one thread.
pub fn trace() -> ExitCode {
    // stderr is the traced program's, and has to stay as without a tracer.
    panic::set_hook(Box::new(|_| std::process::exit(101)));
    match traced() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn traced() -> anyhow::Result<()> {
    let supervisor = env::args_os().nth(1).context("the argument is missing")?;
    let handed = Handed::receive()?;
    let streams = [
        io::stdout().as_fd().try_clone_to_owned()?,
        io::stderr().as_fd().try_clone_to_owned()?,
    ];
    let mut teller = Teller::new(handed.owner, handed.counts, streams)?;
    let Started::Traced(child, socket) = start::start(&supervisor, &handed.supervisor)? else {
        let why = refusal::why();
        let now = teller.now()?;
        teller.tell_at(now, Kind::Untraced { why })?;
        teller.finish();
        match without(&supervisor, handed.supervisor)? {}
    };
    drop(handed.supervisor);
    keep_nothing_open()?;
    let sleep = Sleep::new()?;
    Tracer::new((child, socket), teller, sleep).follow()
}

/// Becomes the supervisor, whose run goes on without being traced.
fn without(supervisor: &OsStr, socket: OwnedFd) -> anyhow::Result<Infallible> {
    start::become_supervisor(supervisor, Ok(socket), None);
    anyhow::bail!(
        "there is no supervisor {}",
        OsString::from(supervisor).display()
    )
}

/// Has this process hold no end of what its owner gave it, but by the teller.
fn keep_nothing_open() -> anyhow::Result<()> {
    let null = std::fs::File::options()
        .read(true)
        .write(true)
        .open("/dev/null")?;
    rustix::stdio::dup2_stdin(&null)?;
    rustix::stdio::dup2_stdout(&null)?;
    rustix::stdio::dup2_stderr(&null)?;
    Ok(())
}
