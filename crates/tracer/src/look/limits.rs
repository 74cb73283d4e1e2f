//! How long a call waits at most.

use super::memory::words;
use recording::traced::Pid;

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
