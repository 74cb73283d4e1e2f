//! Timers of each kind, far from running out.
#![expect(unsafe_code, reason = "timers have no safe form")]

use crate::attribute::Attribute;
use crate::calls::{checked, checked_long, place};
use crate::files::PLACE;
use std::io;
use std::mem;
use std::os::fd::{FromRawFd, OwnedFd};
use std::ptr::null_mut;

/// Seconds, after which no test still runs.
const FAR: i64 = 10_000;

pub const ATTRIBUTES: [Attribute; 4] = [
    Attribute {
        name: "alarm",
        arrange: || set_interval_timer(libc::ITIMER_REAL),
        show: || interval_timer(libc::ITIMER_REAL),
        change: None,
    },
    Attribute {
        name: "setitimer timers",
        arrange: || set_interval_timer(libc::ITIMER_PROF),
        show: || interval_timer(libc::ITIMER_PROF),
        change: None,
    },
    Attribute {
        name: "POSIX timers",
        arrange: create_timer,
        show: first_timer,
        change: None,
    },
    Attribute {
        name: "timerfd timers",
        arrange: open_timer,
        show: opened_timer,
        change: Some(|| set_opened_timer(0)),
    },
];

fn after(seconds: i64) -> libc::itimerspec {
    // SAFETY: zeros are a time.
    let mut value: libc::itimerspec = unsafe { mem::zeroed() };
    value.it_value.tv_sec = seconds;
    value
}

fn told(is_set: bool) -> String {
    format!("set: {is_set}")
}

fn set_interval_timer(which: i32) -> io::Result<()> {
    // SAFETY: zeros are a time, which lives while the call reads it.
    unsafe {
        let mut value: libc::itimerval = mem::zeroed();
        value.it_value.tv_sec = FAR;
        checked(libc::setitimer(which, &value, null_mut()))?;
    }
    Ok(())
}

fn interval_timer(which: i32) -> io::Result<String> {
    // SAFETY: zeros are a time, which the call fills.
    unsafe {
        let mut value: libc::itimerval = mem::zeroed();
        checked(libc::getitimer(which, &mut value))?;
        Ok(told(value.it_value.tv_sec > 0))
    }
}

/// The kernel's own number of a process's first timer is 0.
fn create_timer() -> io::Result<()> {
    let mut number: i32 = -1;
    // SAFETY: zeros are an event, and all that is read or written lives.
    unsafe {
        let mut event: libc::sigevent = mem::zeroed();
        event.sigev_notify = libc::SIGEV_NONE;
        let clock = libc::CLOCK_MONOTONIC;
        checked_long(libc::syscall(
            libc::SYS_timer_create,
            clock,
            &event,
            &mut number,
        ))?;
        let value = after(FAR);
        let none = null_mut::<libc::itimerspec>();
        checked_long(libc::syscall(
            libc::SYS_timer_settime,
            number,
            0,
            &value,
            none,
        ))?;
    }
    if number != 0 {
        return Err(io::Error::other(format!("the first timer is {number}")));
    }
    Ok(())
}

fn first_timer() -> io::Result<String> {
    let mut value = after(0);
    // SAFETY: it fills the value, which lives.
    let there = unsafe { libc::syscall(libc::SYS_timer_gettime, 0, &mut value) };
    Ok(told(there == 0 && value.it_value.tv_sec > 0))
}

fn open_timer() -> io::Result<()> {
    // SAFETY: nobody else has the descriptor.
    let timer =
        unsafe { OwnedFd::from_raw_fd(checked(libc::timerfd_create(libc::CLOCK_MONOTONIC, 0))?) };
    place(&timer, PLACE)?;
    set_opened_timer(FAR)
}

fn set_opened_timer(seconds: i64) -> io::Result<()> {
    // SAFETY: it reads the value, which lives.
    checked(unsafe { libc::timerfd_settime(PLACE, 0, &after(seconds), null_mut()) })?;
    Ok(())
}

fn opened_timer() -> io::Result<String> {
    let mut value = after(0);
    // SAFETY: it fills the value, which lives.
    let there = unsafe { libc::timerfd_gettime(PLACE, &mut value) };
    Ok(told(there == 0 && value.it_value.tv_sec > 0))
}
