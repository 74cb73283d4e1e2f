//! What a sleeping thread waits for: its system call, and what the arguments say.

use super::file;
use super::limits::Limit;
use super::locks::blocking;
use super::memory::{text, words};
use super::ready::{IN, OUT};
use super::shared::shared_at;
use super::sleep::{At, Children, On, Sleep};
use super::sleeper::Sleeper;
use crate::arch;
use recording::traced::Pid;
use std::fs;
use std::os::unix::fs::FileTypeExt;

impl Sleeper<'_> {
    /// What it sleeps in; none if it runs by now.
    pub(super) fn sleep(&self) -> Option<(Sleep, Option<At>)> {
        let path = format!("/proc/{}/task/{}/syscall", self.pid, self.tid);
        let unknown = Sleep::on("?", On::Unknown);
        let Some(line) = file::text(&path) else {
            return Some((unknown, None));
        };
        let mut words = line.split_whitespace();
        let number: i64 = words.next()?.parse().ok()?;
        if self.waits_to_be_told() {
            return None;
        }
        let rest: Vec<u64> = words.filter_map(hexadecimal).collect();
        // Outside of any call (a page of memory comes), it has no arguments.
        match rest[..] {
            [sp, pc] => Some((unknown, Some(At { sp, pc }))),
            [a, b, c, d, e, f, sp, pc] => {
                let sleep = self.sleep_in(number, [a, b, c, d, e, f]);
                Some((sleep, Some(At { sp, pc })))
            }
            _ => Some((unknown, None)),
        }
    }

    fn sleep_in(&self, number: i64, args: [u64; 6]) -> Sleep {
        let Some(call) = arch::name(number) else {
            return Sleep::on("?", On::Unknown);
        };
        if call == "restart_syscall" {
            return self.restarted(args);
        }
        self.sleep_in_call(call, args)
    }

    fn sleep_in_call(&self, call: &'static str, args: [u64; 6]) -> Sleep {
        // Who cannot be interrupted waits for a disk or the like, but for vfork.
        let is_vfork = matches!(call, "vfork" | "clone" | "clone3");
        if self.status.state == 'D' && !is_vfork {
            return Sleep::on(call, On::Unknown);
        }
        let [a, b, c, d, e, _] = args;
        let ready = |fd: u64, events| Sleep::any(call, self.ready(fd as i32, events, 0));
        let limited = |on: Vec<On>, limit| Sleep::any(call, on).within(limit);
        match call {
            "read" | "readv" | "preadv" | "recvfrom" | "recvmsg" => {
                ready(a, IN).within(self.of_socket(a, libc::SO_RCVTIMEO))
            }
            "write" | "writev" | "pwritev" | "sendto" | "sendmsg" | "sendmmsg" => {
                ready(a, OUT).within(self.of_socket(a, libc::SO_SNDTIMEO))
            }
            "recvmmsg" => ready(a, IN).within(Limit::at_timespec(self.tid, e)),
            "accept" | "accept4" | "connect" => Sleep::any(call, self.connection(a as i32)),
            "vmsplice" => ready(a, IN | OUT),
            "sendfile" => Sleep::any(call, self.moving(b, a)),
            "splice" => Sleep::any(call, self.moving(a, c)),
            "tee" => Sleep::any(call, self.moving(a, b)),
            "wait4" => Sleep::on(call, self.child(a as i32)),
            "waitid" => Sleep::any(call, self.waitid(a, b as i32)),
            "vfork" | "clone" | "clone3" => Sleep::on(call, On::Exec),
            "nanosleep" => {
                let limit = Limit::at_timespec(self.tid, a);
                Sleep::any(call, vec![On::Clock]).within(limit)
            }
            "clock_nanosleep" => limited(vec![On::Clock], self.clock(a, b, c)),
            "futex" => self.futex(call, args),
            "poll" => limited(self.polled(a, b), Limit::of_ms(c)),
            "ppoll" => limited(self.polled(a, b), Limit::at_timespec(self.tid, c)),
            "epoll_wait" | "epoll_pwait" => limited(self.epoll(a as i32, 0), Limit::of_ms(d)),
            "epoll_pwait2" => {
                let limit = Limit::at_timespec(self.tid, d);
                limited(self.epoll(a as i32, 0), limit)
            }
            "select" => limited(self.selected(args), Limit::at_timeval(self.tid, e)),
            "pselect6" => limited(self.selected(args), Limit::at_timespec(self.tid, e)),
            "flock" | "fcntl" => Sleep::on(call, On::Lock(blocking(self.pid))),
            "open" => Sleep::on(call, self.opening(libc::AT_FDCWD, a, b)),
            "openat" => Sleep::on(call, self.opening(a as i32, b, c)),
            "openat2" => {
                let flags = words::<1>(self.tid, c).map_or(0, |[flags]| flags as u64);
                Sleep::on(call, self.opening(a as i32, b, flags))
            }
            "pause" | "rt_sigsuspend" => Sleep::on(call, On::Signal(None)),
            "rt_sigtimedwait" => {
                let mask = words::<1>(self.tid, a).map(|[mask]| mask as u64);
                let on = mask.map_or(On::Unknown, |mask| On::Signal(Some(mask)));
                limited(vec![on], Limit::at_timespec(self.tid, c))
            }
            _ => Sleep::on(call, On::Unknown),
        }
    }

    /// Whether the call has not begun yet, since a tracer is to hear of it first
    /// (`seccomp_unotify(2)`): who never sleeps in it looks asleep meanwhile.
    fn waits_to_be_told(&self) -> bool {
        self.function().contains("seccomp")
    }

    /// A call that a signal or a tracer interrupted goes on as another, with the
    /// arguments that it had (`restart_syscall(2)`): `poll`, a futex, or else a sleep.
    /// The kernel's function that it sleeps in tells the first two; of a sleep it may
    /// be the one that all calls begin with.
    fn restarted(&self, args: [u64; 6]) -> Sleep {
        let function = self.function();
        let is_in = |name: &str| function.contains(name);
        match () {
            () if is_in("poll") => self.sleep_in_call("poll", args),
            () if is_in("futex") => self.sleep_in_call("futex", args),
            () if matches!(&*function, "" | "0") => Sleep::on("restart_syscall", On::Unknown),
            () => self.sleep_again(args),
        }
    }

    /// A sleep that was interrupted: the kernel has noted what was left of it, where
    /// the call asked for that. Those until a moment do not go on in this way.
    fn sleep_again(&self, [a, b, c, d, ..]: [u64; 6]) -> Sleep {
        // `MAX_CLOCKS` of `linux/time.h`; else it begins with an address.
        const CLOCKS: u64 = 16;
        let (call, asked, left) = match a < CLOCKS {
            true => ("clock_nanosleep", c, d),
            false => ("nanosleep", a, b),
        };
        let limit = match Limit::at_timespec(self.tid, left) {
            Limit::None => Limit::at_timespec(self.tid, asked),
            left => left,
        };
        Sleep::on(call, On::Clock).within(limit)
    }

    fn clock(&self, clock: u64, flags: u64, at: u64) -> Limit {
        if flags as i32 & libc::TIMER_ABSTIME == 0 {
            return Limit::at_timespec(self.tid, at);
        }
        match clock as libc::clockid_t {
            // A process's own time, which only it knows.
            libc::CLOCK_PROCESS_CPUTIME_ID | libc::CLOCK_THREAD_CPUTIME_ID | ..0 => Limit::Unread,
            clock => Limit::until(self.tid, at, clock),
        }
    }

    /// `futex(2)`: a lock, a condition, or a thread's end, for which glibc waits by
    /// the number that the kernel clears then, in memory that is not private.
    fn futex(&self, call: &'static str, [word, operation, value, at, ..]: [u64; 6]) -> Sleep {
        let operation = operation as i32;
        let joined = self.threads.iter().find(|(tid, status)| {
            *tid != self.tid && status.numbers.last() == Some(&(value as u32))
        });
        let on = match joined {
            _ if operation & libc::FUTEX_PRIVATE_FLAG != 0 => On::Thread,
            Some((tid, _)) => On::Join(*tid),
            None => On::Shared(shared_at(self.tid, word)),
        };
        let clock = match operation & libc::FUTEX_CLOCK_REALTIME {
            0 => libc::CLOCK_MONOTONIC,
            _ => libc::CLOCK_REALTIME,
        };
        let limit = match operation & libc::FUTEX_CMD_MASK {
            _ if at == 0 => Limit::None,
            libc::FUTEX_WAIT => Limit::at_timespec(self.tid, at),
            libc::FUTEX_LOCK_PI => Limit::until(self.tid, at, libc::CLOCK_REALTIME),
            _ => Limit::until(self.tid, at, clock),
        };
        Sleep::on(call, on).within(limit)
    }

    /// `wait4(2)`
    fn child(&self, number: i32) -> On {
        let own_group = self.status.groups.last().copied().unwrap_or(0);
        On::Child(match number {
            -1 => Children::Any,
            0 => Children::Group(own_group),
            number if number > 0 => Children::One(number as Pid),
            group => Children::Group(group.unsigned_abs()),
        })
    }

    fn waitid(&self, kind: u64, id: i32) -> Vec<On> {
        match kind as libc::idtype_t {
            libc::P_ALL => vec![On::Child(Children::Any)],
            libc::P_PID => vec![On::Child(Children::One(id as Pid))],
            libc::P_PGID if id == 0 => vec![self.child(0)],
            libc::P_PGID => vec![On::Child(Children::Group(id as Pid))],
            libc::P_PIDFD => self.ready(id, IN, 0),
            _ => vec![On::Unknown],
        }
    }

    /// An `open` that sleeps: a FIFO's waits for who opens the other end
    /// (`fifo(7)`).
    fn opening(&self, folder: i32, at: u64, flags: u64) -> On {
        let Some(path) = text(self.tid, at) else {
            return On::Unknown;
        };
        let seen_from_here = match (path.strip_prefix('/'), folder) {
            (Some(path), _) => format!("/proc/{}/root/{path}", self.tid),
            (None, libc::AT_FDCWD) => format!("/proc/{}/cwd/{path}", self.tid),
            (None, fd) => format!("/proc/{}/fd/{fd}/{path}", self.tid),
        };
        let is_fifo = fs::metadata(seen_from_here).is_ok_and(|it| it.file_type().is_fifo());
        match is_fifo {
            true => On::Opener {
                path,
                writer: flags as i32 & libc::O_ACCMODE == libc::O_RDONLY,
            },
            false => On::Unknown,
        }
    }
}

fn hexadecimal(word: &str) -> Option<u64> {
    u64::from_str_radix(word.strip_prefix("0x")?, 16).ok()
}
