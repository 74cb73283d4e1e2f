//! The supervisor of one run: a process of its own, so that it can be the
//! parent of whatever the program leaves, and so that nothing that happens to
//! the owner can make it forget the program.

mod birth;
mod input;
mod kin;
mod lookout;
mod orders;
mod program;
mod watch;

use crate::protocol::{Report, Request, say};
use anyhow::Context;
use lookout::Lookout;
use orders::Orders;
use program::Program;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::panic;
use std::path::Path;
use std::process::{self, ExitCode};
use std::sync::mpsc;
use watch::Watch;

/// Supervises one run, as its stdin says: the whole of the program `supervise`.
/// It must be called first thing in a process, while there is one thread.
pub fn supervise() -> ExitCode {
    let done = owner().and_then(|mut owner| {
        let supervised = supervised(&owner);
        if let Err(error) = &supervised {
            // An owner that is gone hears nothing, and misses nothing.
            let _ = say(&mut owner, &Report::Failed(format!("{error:#}")));
        }
        supervised
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("supervise: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn owner() -> anyhow::Result<UnixStream> {
    let stdin = io::stdin().as_fd().try_clone_to_owned();
    Ok(stdin.context("stdin is closed")?.into())
}

fn supervised(owner: &UnixStream) -> anyhow::Result<()> {
    report_panics(owner.try_clone()?);
    birth::start_afresh()?;
    let mut orders = Orders::from(owner.try_clone()?);
    let request: Request = orders
        .next()?
        .context("nobody says what to run: `run::Start` is who starts this program")?;
    let streams = birth::hand_over_streams()?;
    let folder = Path::new(&request.folder);
    let lookout = request.bounds.map(|it| Lookout::begin(it, folder));
    let lookout = lookout.transpose()?;
    let (program, stdin) = Program::start(&request, streams)?;
    let (tell, news) = mpsc::channel();
    program::wait_for_all(program.clone(), tell.clone());
    orders::follow(orders, stdin, tell);
    Watch::new(program, owner.try_clone()?, news)
        .limited_to(request.time_limit)
        .bounded_by(lookout)
        .until_the_end(request.command)
}

/// A panic in any thread is the end of the supervisor, and the owner hears why:
/// it has no other way to know, for nobody reads our stderr.
fn report_panics(owner: UnixStream) {
    panic::set_hook(Box::new(move |panic| {
        let _ = say(&mut &owner, &Report::Failed(panic.to_string()));
        process::exit(101);
    }));
}
