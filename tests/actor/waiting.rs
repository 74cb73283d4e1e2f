//! The ways in which a child is waited for.
#![expect(unsafe_code, reason = "wait4 and waitid have no safe form")]

use recording::Outcome;
use recording::traced::Pid;
use rustix::process::{PidfdFlags, pidfd_open};
use std::io;
use std::os::fd::AsRawFd;
use std::ptr::null_mut;
use std::sync::Mutex;
use std::thread;
use tests::trees::way::Way;

static WAY: Mutex<Way> = Mutex::new(Way::Wait4);

/// From now on.
pub fn by(way: Way) {
    *WAY.lock().expect("nobody panics with it") = way;
}

/// How a child changed, for its parent.
pub enum Change {
    Ended(Outcome),
    Stopped(i32),
    Continued,
}

/// Waits for a child's end, or with -1 for any; none if there is none.
pub fn for_end(child: i32) -> Option<(Pid, Change)> {
    let way = *WAY.lock().expect("nobody panics with it");
    match way {
        Way::Wait4 => for_change(child, 0),
        Way::Waitid => waitid(child, 0),
        Way::SeenFirst => {
            let (pid, _) = waitid(child, libc::WNOWAIT)?;
            waitid(pid.cast_signed(), 0)
        }
        Way::Pidfd if child > 0 => by_pidfd(child),
        Way::Pidfd => waitid(child, 0),
        Way::Asked => asked(child),
    }
}

/// The same for what these options of `wait4(2)` name too.
pub fn for_change(child: i32, options: i32) -> Option<(Pid, Change)> {
    loop {
        match wait4(child, options) {
            Ok(Some(change)) => return Some(change),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            _ => return None,
        }
    }
}

fn asked(child: i32) -> Option<(Pid, Change)> {
    loop {
        match wait4(child, libc::WNOHANG) {
            Ok(Some(change)) => return Some(change),
            Ok(None) => thread::yield_now(),
            Err(_) => return None,
        }
    }
}

fn wait4(child: i32, options: i32) -> io::Result<Option<(Pid, Change)>> {
    let mut status = 0;
    // SAFETY: it writes a status that lives. `__WALL`: also children that send no
    // SIGCHLD.
    let pid = unsafe { libc::wait4(child, &mut status, options | libc::__WALL, null_mut()) };
    match pid {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(None),
        pid => Ok(Some((pid.unsigned_abs(), change(status)))),
    }
}

fn waitid(child: i32, options: i32) -> Option<(Pid, Change)> {
    match child {
        -1 => waitid_of(libc::P_ALL, 0, options),
        child => waitid_of(libc::P_PID, child.unsigned_abs(), options),
    }
}

fn by_pidfd(child: i32) -> Option<(Pid, Change)> {
    let pid = rustix::process::Pid::from_raw(child)?;
    // Where no zombies stay it may have gone.
    let pidfd = pidfd_open(pid, PidfdFlags::empty()).ok()?;
    let number = pidfd.as_raw_fd().unsigned_abs();
    waitid_of(libc::P_PIDFD, number, 0)
}

fn waitid_of(kind: libc::idtype_t, number: u32, options: i32) -> Option<(Pid, Change)> {
    let options = options | libc::WEXITED | libc::__WALL;
    loop {
        // SAFETY: zeros are a value of it.
        let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
        // SAFETY: it writes one `siginfo_t`, which lives.
        if unsafe { libc::waitid(kind, number, &mut info, options) } == 0 {
            // SAFETY: waitid has filled in a child's number and status.
            let (pid, status) = unsafe { (info.si_pid(), info.si_status()) };
            let outcome = match info.si_code {
                libc::CLD_EXITED => Outcome::Code(status),
                _ => Outcome::Signal(status),
            };
            return Some((pid.unsigned_abs(), Change::Ended(outcome)));
        }
        if io::Error::last_os_error().kind() != io::ErrorKind::Interrupted {
            return None;
        }
    }
}

fn change(status: i32) -> Change {
    if libc::WIFSTOPPED(status) {
        Change::Stopped(libc::WSTOPSIG(status))
    } else if libc::WIFCONTINUED(status) {
        Change::Continued
    } else if libc::WIFSIGNALED(status) {
        Change::Ended(Outcome::Signal(libc::WTERMSIG(status)))
    } else {
        Change::Ended(Outcome::Code(libc::WEXITSTATUS(status)))
    }
}
