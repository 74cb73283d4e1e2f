//! The listing as a process.

use anyhow::{Context, ensure};
use std::collections::BTreeSet;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use std::{env, fs, mem, ptr};
use tracer::arch::Registers;

/// The listing, which ends with this value.
pub struct Started(Child);

impl Started {
    pub fn new() -> anyhow::Result<Started> {
        Ok(Started(command()?.spawn()?))
    }

    pub fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Its three threads, once each sleeps in the call that it was made for.
    pub fn asleep(&self) -> anyhow::Result<Vec<u32>> {
        let late = Instant::now() + Duration::from_secs(30);
        loop {
            let tids = self.threads()?;
            let calls: BTreeSet<_> = tids.iter().map(|tid| call(*tid)).collect();
            if calls == [Some("futex"), Some("read"), Some("wait")].into() {
                return Ok(tids);
            }
            ensure!(Instant::now() < late, "its threads are in {calls:?}");
            std::thread::yield_now();
        }
    }

    fn threads(&self) -> anyhow::Result<Vec<u32>> {
        let mut tids = Vec::new();
        for thread in fs::read_dir(format!("/proc/{}/task", self.pid()))? {
            tids.push(thread?.file_name().to_string_lossy().parse()?);
        }
        Ok(tids)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let children = format!("/proc/{0}/task/{0}/children", self.pid());
        for child in fs::read_to_string(children).unwrap_or_default().split(' ') {
            if let Ok(child) = child.parse() {
                kill(child);
            }
        }
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// The call that a thread sleeps in.
fn call(tid: u32) -> Option<&'static str> {
    let line = fs::read_to_string(format!("/proc/{tid}/syscall")).ok()?;
    match tracer::arch::name(line.split(' ').next()?.parse().ok()?)? {
        "wait4" | "waitid" => Some("wait"),
        call => Some(call),
    }
}

pub fn program() -> anyhow::Result<PathBuf> {
    Ok(env::current_exe()?)
}

fn command() -> anyhow::Result<Command> {
    let mut command = Command::new(program()?);
    command.arg("listing");
    Ok(command)
}

fn kill(pid: libc::pid_t) {
    // SAFETY: takes numbers, and touches no memory of ours.
    unsafe { libc::kill(pid, libc::SIGKILL) };
}

/// Where the listing is when it has started its child, which has not run yet: both
/// are stopped by this thread, their tracer, while `look` looks.
pub fn at_its_start<T>(look: impl FnOnce(u32, Registers) -> T) -> anyhow::Result<T> {
    let mut command = command()?;
    // SAFETY: between fork and exec it makes one system call, and no more.
    unsafe {
        command.pre_exec(|| match libc::ptrace(libc::PTRACE_TRACEME) {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        });
    }
    let mut listing = command.spawn()?;
    let pid = libc::pid_t::try_from(listing.id())?;
    let looked = to_its_start(pid).map(|registers| look(listing.id(), registers));
    let child = event_message(pid).ok();
    kill(pid);
    if let Some(child) = child.filter(|_| looked.is_ok()) {
        kill(child);
        wait(child).context("waiting for the listing's child")?;
    }
    listing.wait()?;
    looked
}

fn to_its_start(pid: libc::pid_t) -> anyhow::Result<Registers> {
    wait(pid).context("waiting for the exec")?;
    let events = libc::PTRACE_O_TRACEFORK | libc::PTRACE_O_TRACEVFORK | libc::PTRACE_O_EXITKILL;
    ptrace(libc::PTRACE_SETOPTIONS, pid, 0, events as usize)?;
    ptrace(libc::PTRACE_CONT, pid, 0, 0)?;
    let status = wait(pid).context("waiting for the start")?;
    let event = status >> 16;
    ensure!(
        [libc::PTRACE_EVENT_FORK, libc::PTRACE_EVENT_VFORK].contains(&event),
        "no start, but status {status:#x}"
    );
    // SAFETY: numbers, of which any are valid.
    let mut user: libc::user_regs_struct = unsafe { mem::zeroed() };
    let mut into = libc::iovec {
        iov_base: ptr::from_mut(&mut user).cast(),
        iov_len: size_of_val(&user),
    };
    let into = ptr::from_mut(&mut into).addr();
    ptrace(
        libc::PTRACE_GETREGSET,
        pid,
        libc::NT_PRSTATUS as usize,
        into,
    )?;
    Ok(Registers::from(&user))
}

/// The child's pid, in a stop for a start.
fn event_message(pid: libc::pid_t) -> anyhow::Result<libc::pid_t> {
    let mut message: libc::c_ulong = 0;
    let into = ptr::from_mut(&mut message).addr();
    ptrace(libc::PTRACE_GETEVENTMSG, pid, 0, into)?;
    Ok(libc::pid_t::try_from(message)?)
}

fn ptrace(
    request: libc::c_uint,
    pid: libc::pid_t,
    address: usize,
    data: usize,
) -> anyhow::Result<()> {
    // SAFETY: each request here takes a number as its data, or the address of what
    // lives until the call returns.
    let done = unsafe { libc::ptrace(request, pid, address, data) };
    ensure!(
        done == 0,
        "ptrace request {request:#x}: {}",
        io::Error::last_os_error()
    );
    Ok(())
}

fn wait(pid: libc::pid_t) -> io::Result<libc::c_int> {
    let mut status = 0;
    // SAFETY: writes into `status` alone.
    match unsafe { libc::waitpid(pid, &raw mut status, libc::__WALL) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(status),
    }
}
