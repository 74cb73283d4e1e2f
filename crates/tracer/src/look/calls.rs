//! What a sleeping thread waits for: its system call, and what the arguments say.

use super::descriptors::{Fd, PipeInode, SocketInode, To};
use super::file;
use super::limits::Limit;
use super::locks::{FileLock, blocking};
use super::memory::{memory, text, words};
use super::shared::{SharedMemory, shared_at};
use super::status::Status;
use crate::arch;
use recording::traced::Pid;
use std::fs;
use std::os::unix::fs::FileTypeExt;

/// A sleeping thread's call, and what would wake it: any one of these.
#[derive(Clone, Debug, PartialEq)]
pub struct Sleep {
    /// The system call; `?` for one that we do not know.
    pub call: &'static str,
    pub on: Vec<On>,
    /// After so many milliseconds it waits no longer. Of a call that was told until
    /// when to wait it is what is left; of another, what it was told.
    pub limit_ms: Option<f64>,
}

/// One thing that would let a sleeping thread go on.
#[derive(Clone, Debug, PartialEq)]
pub enum On {
    /// Bytes in a pipe, or the end of its writers.
    Bytes(PipeInode),
    /// Room in a pipe, or the end of its readers.
    Room(PipeInode),
    /// The end of a pipe's readers, and nothing else.
    Readers(PipeInode),
    /// Data in a socket, or that its other end closes.
    Data(SocketInode),
    /// Room in a socket.
    Space(SocketInode),
    /// Whoever connects to a socket, or accepts from it.
    Connection(SocketInode),
    Child(Children),
    /// The end of a process that it need not be the parent of.
    Ended(Pid),
    /// The exec, or the end, of the child that has its memory.
    Exec,
    /// A lock on a file, and what stands in its way.
    Lock(Vec<FileLock>),
    /// Another thread of the same process.
    Thread,
    /// The end of this thread of the same process.
    Join(Pid),
    /// Memory that other processes may share; which, if it can be told who has it.
    Shared(Option<SharedMemory>),
    /// An eventfd.
    Counter(u64),
    /// The time that it meant to sleep.
    Clock,
    /// A signal; of those in this mask, or any for which it has a function.
    Signal(Option<u64>),
    /// Whoever opens the other end of a FIFO, to write if `writer`.
    Opener {
        path: String,
        writer: bool,
    },
    Terminal,
    /// Something that this does not see.
    Unknown,
}

/// Which children a process waits for, by the numbers of its own PID namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Children {
    Any,
    One(Pid),
    /// Those of a process group.
    Group(Pid),
}

/// Where a thread sleeps: its stack pointer, and the instruction that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    pub sp: u64,
    pub pc: u64,
}

/// A thread, to be asked what it sleeps in.
pub(super) struct Sleeper<'a> {
    pub(super) pid: Pid,
    pub(super) tid: Pid,
    pub(super) status: &'a Status,
    /// All threads of its process.
    pub(super) threads: &'a [(Pid, Status)],
    pub(super) fds: &'a [Fd],
}

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
        let Some(call) = arch::name(number).and_then(|name| self.restarted(name)) else {
            return Sleep::on("?", On::Unknown);
        };
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

    /// A call that a signal or a tracer interrupted goes on as another, with the
    /// arguments that it had (`restart_syscall(2)`). The kernel's function that it
    /// sleeps in tells which it was.
    fn restarted(&self, name: &'static str) -> Option<&'static str> {
        if name != "restart_syscall" {
            return Some(name);
        }
        let path = format!("/proc/{}/task/{}/wchan", self.pid, self.tid);
        let function = file::text(&path).unwrap_or_default();
        let known = [
            ("nanosleep", "nanosleep"),
            ("poll", "poll"),
            ("futex", "futex"),
        ];
        let known = known.iter().find(|(part, _)| function.contains(part));
        Some(known.map_or("restart_syscall", |(_, call)| *call))
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

    fn polled(&self, at: u64, count: u64) -> Vec<On> {
        let Some(bytes) = memory(self.tid, at, count as usize * 8) else {
            return vec![On::Unknown];
        };
        let entries = bytes.chunks_exact(8).map(|it| {
            let fd = i32::from_ne_bytes([it[0], it[1], it[2], it[3]]);
            let events = u16::from_ne_bytes([it[4], it[5]]);
            (fd, u32::from(events))
        });
        let watched = entries.filter(|(fd, _)| *fd >= 0);
        watched
            .flat_map(|(fd, events)| self.ready(fd, events, 0))
            .collect()
    }

    fn selected(&self, [count, read, write, except, ..]: [u64; 6]) -> Vec<On> {
        let length = (count as usize).div_ceil(64) * 8;
        let set = |at: u64| match at {
            0 => Some(Vec::new()),
            at => memory(self.tid, at, length),
        };
        let (Some(read), Some(write), Some(except)) = (set(read), set(write), set(except)) else {
            return vec![On::Unknown];
        };
        let has = |set: &[u8], fd: usize| set.get(fd / 8).is_some_and(|it| it >> (fd % 8) & 1 == 1);
        let mut on = Vec::new();
        for fd in 0..count as usize {
            let one = |set, events| if has(set, fd) { events } else { 0 };
            let events = one(&read, IN) | one(&write, OUT) | one(&except, PRI);
            if events != 0 {
                on.extend(self.ready(fd as i32, events, 0));
            }
        }
        on
    }

    fn epoll(&self, fd: i32, depth: u32) -> Vec<On> {
        let found = self.fds.iter().find(|it| it.fd == fd);
        match found.map(|it| &it.to) {
            // An epoll may be watched by another, five deep (`epoll_ctl(2)`).
            Some(To::Epoll(watched)) if depth < 5 => {
                let mut on = Vec::new();
                for it in watched {
                    match self.is_still(it.fd, it.inode) {
                        true => on.extend(self.ready(it.fd, it.events, depth + 1)),
                        false => on.push(On::Unknown),
                    }
                }
                on
            }
            _ => vec![On::Unknown],
        }
    }

    /// An epoll watches what a descriptor led to once, though the descriptor may
    /// have been closed since.
    fn is_still(&self, fd: i32, inode: u64) -> bool {
        let found = self.fds.iter().find(|it| it.fd == fd);
        found.is_some_and(|it| match it.to {
            To::Pipe { pipe, .. } => pipe.inode == inode,
            To::Socket { socket, .. } => socket.0 == inode,
            _ => true,
        })
    }

    /// What makes a descriptor ready for these events, or ends the waiting for them.
    fn ready(&self, fd: i32, events: u32, depth: u32) -> Vec<On> {
        let Some(found) = self.fds.iter().find(|it| it.fd == fd) else {
            return vec![On::Unknown];
        };
        match found.to {
            To::Pipe {
                pipe,
                reads,
                writes,
            } => {
                let room = if events & OUT != 0 {
                    On::Room(pipe)
                } else {
                    On::Readers(pipe)
                };
                let bytes = reads.then_some(On::Bytes(pipe));
                // Who has both ends waits for that which was asked for.
                let bytes = bytes.filter(|_| !writes || events & IN != 0);
                let room = writes
                    .then_some(room)
                    .filter(|_| !reads || events & OUT != 0);
                bytes.into_iter().chain(room).collect()
            }
            To::Socket { socket, .. } => {
                let data = (events & OUT == 0 || events & IN != 0).then_some(On::Data(socket));
                let space = (events & OUT != 0).then_some(On::Space(socket));
                data.into_iter().chain(space).collect()
            }
            To::Epoll(_) => self.epoll(fd, depth),
            To::Process(Some(pid)) => vec![On::Ended(pid)],
            To::Signals(mask) => vec![On::Signal(Some(mask))],
            To::Timer { is_set: true } => vec![On::Clock],
            To::Timer { is_set: false } => vec![On::Thread],
            To::Counter(number) => vec![On::Counter(number)],
            To::Terminal => vec![On::Terminal],
            _ => vec![On::Unknown],
        }
    }

    /// The time limit that a socket has itself (`socket(7)`).
    fn of_socket(&self, fd: u64, which: i32) -> Limit {
        let mut fds = self.fds.iter();
        match fds.find(|it| it.fd == fd as i32).and_then(Fd::socket) {
            Some(_) => Limit::of_socket(self.pid, fd as i32, which),
            None => Limit::None,
        }
    }

    fn connection(&self, fd: i32) -> Vec<On> {
        let found = self.fds.iter().find(|it| it.fd == fd);
        let socket = found.and_then(Fd::socket);
        vec![socket.map_or(On::Unknown, On::Connection)]
    }

    /// What moves bytes between two descriptors may wait for either.
    fn moving(&self, from: u64, to: u64) -> Vec<On> {
        let mut on = self.ready(from as i32, IN, 0);
        let path = format!("/proc/{}/task/{}/wchan", self.pid, self.tid);
        let function = file::text(&path).unwrap_or_default();
        let is_file = |fd: u64| {
            let found = self.fds.iter().find(|it| it.fd == fd as i32);
            found.is_some_and(|it| matches!(it.to, To::File(_) | To::Null))
        };
        let out = self.ready(to as i32, OUT, 0);
        match &function[..] {
            "pipe_wait_readable" => on,
            "pipe_wait_writable" => out,
            _ if is_file(from) => out,
            _ if is_file(to) => on,
            _ => {
                on.extend(out);
                on
            }
        }
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

const IN: u32 = libc::EPOLLIN as u32;
const OUT: u32 = libc::EPOLLOUT as u32;
const PRI: u32 = libc::EPOLLPRI as u32;

fn hexadecimal(word: &str) -> Option<u64> {
    u64::from_str_radix(word.strip_prefix("0x")?, 16).ok()
}

impl Sleep {
    fn on(call: &'static str, on: On) -> Sleep {
        Sleep::any(call, vec![on])
    }

    fn any(call: &'static str, on: Vec<On>) -> Sleep {
        Sleep {
            call,
            on,
            limit_ms: None,
        }
    }

    fn within(mut self, limit: Limit) -> Sleep {
        self.limit_ms = limit.ms();
        match limit {
            Limit::Unread => self.on.push(On::Unknown),
            // With nothing else to wait for, a time limit is a sleep; and with no
            // time limit, it is a wait for a signal.
            Limit::Ms(_) if self.on.is_empty() => self.on.push(On::Clock),
            Limit::None if self.on.is_empty() => self.on.push(On::Signal(None)),
            _ => {}
        }
        self
    }
}
