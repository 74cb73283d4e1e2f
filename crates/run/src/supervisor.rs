//! The supervisor of one run: a process of its own, so that it can be the
//! parent of whatever the program leaves, and so that nothing that happens to
//! the owner can make it forget the program.

mod event;
#[cfg(target_os = "linux")]
mod filter;
mod inherited;
mod orders;
#[cfg(target_os = "linux")]
mod parent;
mod program;
mod resource_watch;
mod stdin_writer;
mod supervision;

use crate::protocol::{Report, Request, write_line};
use anyhow::Context;
use orders::Orders;
use program::Program;
use resource_watch::ResourceWatch;
#[cfg(target_os = "linux")]
use std::env;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::panic;
use std::path::Path;
use std::process::{self, Command, ExitCode};
use std::sync::mpsc;
use supervision::Supervision;

/// Supervises one run, as stdin says: the whole of the program `supervise`. It
/// must be called first thing in a process, while there is one thread.
pub fn supervise() -> ExitCode {
    let done = owner().and_then(|mut owner| {
        let supervised = supervised(&owner);
        if let Err(error) = &supervised {
            // An owner that has gone needs no report.
            let _ = write_line(&mut owner, &Report::Failed(format!("{error:#}")));
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
    inherited::reset()?;
    #[cfg(target_os = "linux")]
    let parent = parent::parent();
    let mut orders = Orders::from(owner.try_clone()?);
    let request: Request = orders
        .next()?
        .context("nobody says what to run: `run::Start` is who starts this program")?;
    let streams = inherited::hand_over_streams()?;
    let folder = Path::new(&request.folder);
    let watch = request.bounds.map(|it| ResourceWatch::begin(it, folder));
    let watch = watch.transpose()?;
    let reports = owner.try_clone()?;
    let (tell, events) = mpsc::channel();
    let prepare = preparation()?;
    let (program, stdin) = Program::start(&request, streams, prepare)?;
    // The owner is told of the program before anything else can fail: then it can
    // end the program's group, should this process not live to do it.
    let supervision = Supervision::new(program.clone(), reports, events)
        .limited_to(request.time_limit)
        .bounded_by(watch)
        .begun(request.command);
    program::wait_for_all(program, tell.clone());
    #[cfg(target_os = "linux")]
    parent::follow(parent, tell.clone());
    orders::follow(orders, stdin, tell);
    supervision.until_the_end()
}

/// What else is done to the command that becomes the program: what a tracer wants,
/// if there is one.
#[cfg(target_os = "linux")]
fn preparation() -> anyhow::Result<impl FnOnce(&mut Command)> {
    let socket = env::args().nth(1).map(|it| it.parse());
    let socket = socket.transpose().context("the argument is a descriptor")?;
    let filter = socket.map(filter::Filter::receive).transpose()?;
    Ok(|command: &mut Command| {
        if let Some(filter) = filter {
            filter.apply(command);
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn preparation() -> anyhow::Result<impl FnOnce(&mut Command)> {
    Ok(|_: &mut Command| {})
}

/// Has a panic in any thread end the supervisor, and tell the owner why: stderr
/// leads nowhere.
fn report_panics(owner: UnixStream) {
    panic::set_hook(Box::new(move |panic| {
        let _ = write_line(&mut &owner, &Report::Failed(panic.to_string()));
        process::exit(101);
    }));
}
