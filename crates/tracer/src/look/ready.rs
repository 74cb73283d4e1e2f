//! What makes descriptors ready, for calls that wait for one or for many.

use super::descriptors::{Fd, To};
use super::limits::Limit;
use super::memory::memory;
use super::sleep::On;
use super::sleeper::Sleeper;

pub(super) const IN: u32 = libc::EPOLLIN as u32;
pub(super) const OUT: u32 = libc::EPOLLOUT as u32;
const PRI: u32 = libc::EPOLLPRI as u32;

impl Sleeper<'_> {
    pub(super) fn polled(&self, at: u64, count: u64) -> Vec<On> {
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

    pub(super) fn selected(&self, [count, read, write, except, ..]: [u64; 6]) -> Vec<On> {
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

    pub(super) fn epoll(&self, fd: i32, depth: u32) -> Vec<On> {
        match self.fd(fd).map(|it| &it.to) {
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
        self.fd(fd).is_some_and(|it| match it.to {
            To::Pipe { pipe, .. } => pipe.inode == inode,
            To::Socket { socket, .. } => socket.0 == inode,
            _ => true,
        })
    }

    /// What makes a descriptor ready for these events, or ends the waiting for them.
    pub(super) fn ready(&self, fd: i32, events: u32, depth: u32) -> Vec<On> {
        let Some(found) = self.fd(fd) else {
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
    pub(super) fn of_socket(&self, fd: u64, which: i32) -> Limit {
        match self.fd(fd as i32).and_then(Fd::socket) {
            Some(_) => Limit::of_socket(self.pid, fd as i32, which),
            None => Limit::None,
        }
    }

    pub(super) fn connection(&self, fd: i32) -> Vec<On> {
        let socket = self.fd(fd).and_then(Fd::socket);
        vec![socket.map_or(On::Unknown, On::Connection)]
    }

    /// What moves bytes between two descriptors may wait for either.
    pub(super) fn moving(&self, from: u64, to: u64) -> Vec<On> {
        let mut on = self.ready(from as i32, IN, 0);
        let function = self.function();
        let is_file = |fd: u64| {
            let found = self.fd(fd as i32);
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
}
