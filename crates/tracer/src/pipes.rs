//! The numbers by which a run's pipes and sockets are told.

use crate::look::{Fd, PipeInode, SocketInode, To};
use recording::traced::{Descriptor, PipeEnd, PipeId, Target};
use std::collections::{BTreeMap, BTreeSet};

/// Which pipe, and which socket, has which number.
///
/// A pipe gets its number when a program could inherit it, or when somebody sleeps
/// on it: so the pipe by which std hears of a failed exec stays unseen.
#[derive(Clone, Debug, Default)]
pub struct Pipes {
    numbers: BTreeMap<PipeInode, PipeId>,
    sockets: BTreeMap<SocketInode, u32>,
    /// Pipes that somebody outside of the run holds too.
    outside: BTreeSet<PipeInode>,
    /// Sockets that a process of the run has held.
    held: BTreeSet<SocketInode>,
}

impl Pipes {
    /// Of a run whose first program starts with these descriptors.
    pub fn of_run(first: &[Fd]) -> Pipes {
        let streams = [PipeId::STDIN, PipeId::STDOUT, PipeId::STDERR];
        let mut pipes = Pipes::default();
        for (pipe, fd) in first.iter().filter_map(|it| Some((it.pipe()?, it.fd))) {
            pipes.outside.insert(pipe);
            let stream = usize::try_from(fd).ok().and_then(|fd| streams.get(fd));
            if let Some(stream) = stream {
                pipes.numbers.entry(pipe).or_insert(*stream);
            }
        }
        pipes
    }

    /// A process's descriptors, as they are told: the standard streams, whatever a
    /// program that it started would get, and the pipes and sockets that have a
    /// number. `peers` are the other ends of its sockets.
    pub fn descriptors(
        &mut self,
        fds: &[Fd],
        peers: &BTreeMap<SocketInode, SocketInode>,
    ) -> Vec<Descriptor> {
        for fd in fds {
            self.held.extend(fd.socket());
            if !fd.closes_on_exec() {
                fd.pipe().map(|pipe| self.pipe(pipe));
                fd.socket().map(|socket| self.socket(socket));
            }
        }
        // Whoever has one end of a pair is shown with it, as of a pipe.
        for socket in fds.iter().filter_map(Fd::socket) {
            let peer = peers.get(&socket).filter(|it| self.held.contains(it));
            if peer.is_some_and(|it| self.sockets.contains_key(it)) {
                self.socket(socket);
            }
        }
        let mut told = Vec::new();
        for fd in fds {
            if fd.fd <= 2 || !fd.closes_on_exec() || self.is_numbered(fd) {
                told.push(Descriptor {
                    fd: fd.fd,
                    to: self.target(fd, peers),
                    cloexec: fd.closes_on_exec(),
                });
            }
        }
        told
    }

    /// A pipe's number; the next one if it has none.
    pub fn pipe(&mut self, pipe: PipeInode) -> PipeId {
        let next = self.numbers.values().max().map_or(3, |last| last.0 + 1);
        *self.numbers.entry(pipe).or_insert(PipeId(next.max(3)))
    }

    /// A socket's number; the next one if it has none.
    pub fn socket(&mut self, socket: SocketInode) -> u32 {
        let next = self.sockets.len() as u32;
        *self.sockets.entry(socket).or_insert(next)
    }

    /// The pipes that have a number.
    pub fn numbered(&self) -> impl Iterator<Item = (PipeInode, PipeId)> {
        self.numbers.iter().map(|(pipe, number)| (*pipe, *number))
    }

    /// Pipes that somebody outside of the run holds too.
    pub fn outside(&self) -> &BTreeSet<PipeInode> {
        &self.outside
    }

    fn is_numbered(&self, fd: &Fd) -> bool {
        let pipe = fd.pipe().is_some_and(|it| self.numbers.contains_key(&it));
        pipe || fd.socket().is_some_and(|it| self.sockets.contains_key(&it))
    }

    fn target(&mut self, fd: &Fd, peers: &BTreeMap<SocketInode, SocketInode>) -> Target {
        match &fd.to {
            To::Pipe {
                pipe,
                reads,
                writes,
            } => Target::Pipe {
                pipe: self.pipe(*pipe),
                end: match (reads, writes) {
                    (true, true) => PipeEnd::Both,
                    (_, true) => PipeEnd::Write,
                    _ => PipeEnd::Read,
                },
            },
            To::Socket { socket, .. } => {
                let peer = peers.get(socket).filter(|it| self.held.contains(it));
                Target::Socket {
                    socket: self.socket(*socket),
                    peer: peer.map(|it| self.socket(*it)),
                }
            }
            To::Null => Target::Null,
            To::Terminal => Target::Terminal,
            To::File(path) => Target::File { path: path.clone() },
            _ => Target::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pipe(fd: i32, inode: u64, writes: bool, flags: i32) -> Fd {
        Fd {
            fd,
            to: To::Pipe {
                pipe: PipeInode { device: 0, inode },
                reads: !writes,
                writes,
            },
            flags,
            locks: vec![],
        }
    }

    fn told(pipes: &mut Pipes, fds: &[Fd]) -> Vec<(i32, u32)> {
        let descriptors = pipes.descriptors(fds, &BTreeMap::new());
        let told = descriptors.iter().filter_map(|it| match it.to {
            Target::Pipe { pipe, .. } => Some((it.fd, pipe.0)),
            _ => None,
        });
        told.collect()
    }

    #[test]
    fn the_runs_streams_have_their_own_numbers() {
        let first = [
            pipe(0, 50, false, 0),
            pipe(1, 51, true, 0),
            pipe(2, 51, true, 0),
        ];
        let mut pipes = Pipes::of_run(&first);
        let expected = vec![(0, 0), (1, 1), (2, 1)];
        assert_eq!(told(&mut pipes, &first), expected);
        assert_eq!(pipes.outside().len(), 2);
    }

    #[test]
    fn a_pipe_gets_its_number_when_it_could_be_inherited() {
        let mut pipes = Pipes::of_run(&[]);
        let hidden = pipe(5, 60, false, libc::O_CLOEXEC);
        assert_eq!(told(&mut pipes, std::slice::from_ref(&hidden)), vec![]);
        let inherited = pipe(1, 60, true, 0);
        assert_eq!(told(&mut pipes, &[inherited]), vec![(1, 3)]);
        assert_eq!(told(&mut pipes, &[hidden]), vec![(5, 3)]);
    }
}
