//! What a thread sleeps in, and what would wake it.

use super::descriptors::{PipeInode, SocketInode};
use super::limits::Limit;
use super::locks::FileLock;
use super::shared::SharedMemory;
use recording::traced::Pid;

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

impl Sleep {
    pub(super) fn on(call: &'static str, on: On) -> Sleep {
        Sleep::any(call, vec![on])
    }

    pub(super) fn any(call: &'static str, on: Vec<On>) -> Sleep {
        Sleep {
            call,
            on,
            limit_ms: None,
        }
    }

    pub(super) fn within(mut self, limit: Limit) -> Sleep {
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
