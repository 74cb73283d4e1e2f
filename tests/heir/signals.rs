//! Signals: blocked, ignored, caught, pending, and the stack for handlers.
#![expect(unsafe_code, reason = "signals have no safe form")]

use crate::attribute::Attribute;
use crate::calls::{checked, status};
use std::io;
use std::mem::MaybeUninit;
use std::ptr::null_mut;

pub const ATTRIBUTES: [Attribute; 5] = [
    Attribute {
        name: "signal mask",
        arrange: || block(libc::SIGUSR1),
        show: || status("SigBlk"),
        change: Some(|| block(libc::SIGUSR2)),
    },
    Attribute {
        name: "ignored signals",
        arrange: || set(libc::SIGUSR1, libc::SIG_IGN),
        show: || status("SigIgn"),
        change: Some(|| set(libc::SIGUSR2, libc::SIG_IGN)),
    },
    Attribute {
        name: "signal handlers",
        arrange: || set(libc::SIGUSR1, handler()),
        show: || status("SigCgt"),
        change: Some(|| set(libc::SIGUSR2, handler())),
    },
    Attribute {
        name: "pending signals",
        arrange: pend,
        show: || Ok(format!("{} {}", status("SigPnd")?, status("ShdPnd")?)),
        change: None,
    },
    Attribute {
        name: "alternate signal stack",
        arrange: || alternate_stack(65_536),
        show: alternate_stack_size,
        change: Some(|| alternate_stack(131_072)),
    },
];

pub fn block(signal: i32) -> io::Result<()> {
    let mut set = MaybeUninit::uninit();
    // SAFETY: `sigemptyset` fills the set, which lives.
    checked(unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        libc::sigaddset(set.as_mut_ptr(), signal);
        libc::sigprocmask(libc::SIG_BLOCK, set.as_ptr(), null_mut())
    })?;
    Ok(())
}

pub fn set(signal: i32, to: libc::sighandler_t) -> io::Result<()> {
    // SAFETY: nothing is called when the signal comes, or what does nothing.
    if unsafe { libc::signal(signal, to) } == libc::SIG_ERR {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

fn handler() -> libc::sighandler_t {
    extern "C" fn nothing(_: i32) {}
    nothing as extern "C" fn(i32) as libc::sighandler_t
}

/// One for the thread, and one for the process.
fn pend() -> io::Result<()> {
    block(libc::SIGUSR1)?;
    block(libc::SIGUSR2)?;
    // SAFETY: both are blocked.
    unsafe {
        checked(libc::raise(libc::SIGUSR1))?;
        checked(libc::kill(libc::getpid(), libc::SIGUSR2))?;
    }
    Ok(())
}

fn alternate_stack(size: usize) -> io::Result<()> {
    let stack = libc::stack_t {
        ss_sp: Box::leak(vec![0_u8; size].into_boxed_slice())
            .as_mut_ptr()
            .cast(),
        ss_flags: 0,
        ss_size: size,
    };
    // SAFETY: the memory of the stack is never freed.
    checked(unsafe { libc::sigaltstack(&stack, null_mut()) })?;
    Ok(())
}

/// Rust's own runtime has set up one, too.
fn alternate_stack_size() -> io::Result<String> {
    let mut stack = MaybeUninit::<libc::stack_t>::uninit();
    // SAFETY: it fills the value, which lives.
    let stack = unsafe {
        checked(libc::sigaltstack(std::ptr::null(), stack.as_mut_ptr()))?;
        stack.assume_init()
    };
    Ok(stack.ss_size.to_string())
}
