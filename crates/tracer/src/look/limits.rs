//! How long a call waits at most.

use super::fill::copy;
use super::memory::words;
use recording::traced::Pid;
use rustix::fd::{AsRawFd, OwnedFd};
use std::mem::size_of;

/// A call's time limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Limit {
    /// It waits for ever.
    None,
    /// So many milliseconds.
    Ms(f64),
    /// It has one, which we may not read.
    Unread,
}

impl Limit {
    /// Of a number of milliseconds, as `poll(2)` has it: for ever if negative.
    pub(super) fn of_ms(argument: u64) -> Limit {
        // The kernel takes an int.
        match argument as i32 {
            ms if ms < 0 => Limit::None,
            ms => Limit::Ms(ms.into()),
        }
    }

    /// Of a `struct timespec` there; for ever if there is none.
    pub(super) fn at_timespec(pid: Pid, at: u64) -> Limit {
        Limit::read(pid, at, 1e6)
    }

    /// Of a `struct timeval` there.
    pub(super) fn at_timeval(pid: Pid, at: u64) -> Limit {
        Limit::read(pid, at, 1e3)
    }

    /// Of a `struct timespec` that says when: what is left until then.
    pub(super) fn until(pid: Pid, at: u64, clock: libc::clockid_t) -> Limit {
        let Some(now) = now_ms(clock) else {
            return Limit::Unread;
        };
        match Limit::at_timespec(pid, at) {
            Limit::Ms(then) => Limit::Ms((then - now).max(0.0)),
            other => other,
        }
    }

    /// That a socket has for each of its reads, or writes: `SO_RCVTIMEO`,
    /// `SO_SNDTIMEO`. This looks through a copy of the descriptor of one who sleeps.
    pub(super) fn of_socket(pid: Pid, fd: i32, which: i32) -> Limit {
        match copy(pid, fd).and_then(|socket| timeval(&socket, which)) {
            Some((0, 0)) => Limit::None,
            Some((seconds, micros)) => Limit::Ms(seconds as f64 * 1e3 + micros as f64 / 1e3),
            None => Limit::Unread,
        }
    }

    fn read(pid: Pid, at: u64, parts_of_a_ms: f64) -> Limit {
        if at == 0 {
            return Limit::None;
        }
        match words::<2>(pid, at) {
            Some([seconds, parts]) => {
                Limit::Ms(seconds as f64 * 1e3 + parts as f64 / parts_of_a_ms)
            }
            None => Limit::Unread,
        }
    }

    pub(super) fn ms(self) -> Option<f64> {
        match self {
            Limit::Ms(ms) => Some(ms),
            Limit::None | Limit::Unread => None,
        }
    }
}

#[expect(unsafe_code, reason = "std's clocks do not tell the kernel's numbers")]
fn now_ms(clock: libc::clockid_t) -> Option<f64> {
    let mut now = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: it writes one timespec, which is ours.
    let done = unsafe { libc::clock_gettime(clock, &raw mut now) };
    (done == 0).then(|| now.tv_sec as f64 * 1e3 + now.tv_nsec as f64 / 1e6)
}

#[expect(unsafe_code, reason = "rustix is built without its sockets")]
fn timeval(socket: &OwnedFd, which: i32) -> Option<(i64, i64)> {
    let mut limit = libc::timeval {
        tv_sec: 0,
        tv_usec: 0,
    };
    let mut length = size_of::<libc::timeval>() as libc::socklen_t;
    // SAFETY: it writes at most `length` bytes into `limit`, which is so long.
    let done = unsafe {
        libc::getsockopt(
            socket.as_raw_fd(),
            libc::SOL_SOCKET,
            which,
            (&raw mut limit).cast(),
            &raw mut length,
        )
    };
    (done == 0).then_some((limit.tv_sec, limit.tv_usec))
}
