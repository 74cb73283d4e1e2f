//! Who belongs together: group, session, terminal, and who watches.
#![expect(unsafe_code, reason = "sessions and ptrace have no safe form")]

use crate::attribute::Attribute;
use crate::calls::{checked, place, status};
use std::ffi::CStr;
use std::io;
use std::os::fd::{FromRawFd, OwnedFd};
use std::{fs, process, ptr};

/// Where the other side of the terminal is: a terminal without it hangs up.
const MASTER: i32 = 51;

pub const ATTRIBUTES: [Attribute; 5] = [
    Attribute {
        name: "process id",
        arrange: || Ok(()),
        show: || Ok(process::id().to_string()),
        change: None,
    },
    Attribute {
        name: "process group",
        arrange: own_group,
        // SAFETY: it takes no address and cannot fail.
        show: || Ok(unsafe { libc::getpgrp() }.to_string()),
        change: Some(own_group),
    },
    Attribute {
        name: "session",
        arrange: own_session,
        // SAFETY: it takes no address.
        show: || Ok(checked(unsafe { libc::getsid(0) })?.to_string()),
        change: Some(own_session),
    },
    Attribute {
        name: "controlling terminal",
        arrange: own_terminal,
        show: terminal,
        change: Some(own_session),
    },
    Attribute {
        name: "tracing",
        arrange: be_traced,
        show: || Ok(format!("traced: {}", status("TracerPid")? != "0")),
        change: None,
    },
];

fn own_group() -> io::Result<()> {
    // SAFETY: it takes no address.
    checked(unsafe { libc::setpgid(0, 0) })?;
    Ok(())
}

fn own_session() -> io::Result<()> {
    // SAFETY: it takes no address.
    checked(unsafe { libc::setsid() })?;
    Ok(())
}

fn own_terminal() -> io::Result<()> {
    own_session()?;
    // SAFETY: the name is read before another call may change it, and nobody
    // else has the descriptor.
    let (master, name) = unsafe {
        let master = checked(libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY))?;
        checked(libc::grantpt(master))?;
        checked(libc::unlockpt(master))?;
        let name = libc::ptsname(master);
        if name.is_null() {
            return Err(io::Error::last_os_error());
        }
        (OwnedFd::from_raw_fd(master), CStr::from_ptr(name))
    };
    place(&master, MASTER)?;
    // The leader of a session without a terminal gets the one that it opens.
    // SAFETY: the name ends with a zero.
    checked(unsafe { libc::open(name.as_ptr(), libc::O_RDWR) })?;
    Ok(())
}

/// Its device number; 0 is none.
fn terminal() -> io::Result<String> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let behind = stat.rsplit(')').next().unwrap_or_default();
    let number = behind.split_whitespace().nth(4);
    Ok(number.unwrap_or_default().to_owned())
}

/// The process goes on as its own child, which is traced, and the parent lets it go
/// on at each stop.
fn be_traced() -> io::Result<()> {
    // SAFETY: there is no other thread, and the tracer calls nothing but wait,
    // ptrace and _exit; `status` lives.
    unsafe {
        let traced = checked(libc::fork())?;
        if traced == 0 {
            let none = ptr::null_mut::<libc::c_void>();
            if libc::ptrace(libc::PTRACE_TRACEME, 0, none, none) == -1 {
                return Err(io::Error::last_os_error());
            }
            return Ok(());
        }
        let mut status = 0;
        while libc::waitpid(traced, &mut status, 0) == traced && libc::WIFSTOPPED(status) {
            let signal = match libc::WSTOPSIG(status) {
                libc::SIGTRAP => 0,
                signal => signal,
            };
            libc::ptrace(libc::PTRACE_CONT, traced, 0_usize, signal as usize);
        }
        libc::_exit(libc::WEXITSTATUS(status))
    }
}
