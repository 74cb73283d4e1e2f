//! What a tracer tells of a run beside what the program printed: what became of
//! each process, and what each was seen to wait for.

use crate::outcome::Outcome;
use serde::{Deserialize, Serialize};

/// A process's number, as the kernel gave it.
pub type Pid = u32;

/// Something that one process did, or that was done to it. The kernel told it,
/// so it is exact; and causes come before their effects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProcessEvent {
    pub pid: Pid,
    #[serde(flatten)]
    pub did: Did,
    /// The line of the listing's own source that brought this about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// What a process did, or what was done to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum Did {
    /// It started `child`, which has these descriptors.
    Spawned {
        child: Pid,
        how: SpawnCall,
        descriptors: Vec<Descriptor>,
    },
    /// It runs another program now (`execve(2)`), with these descriptors left.
    Executed {
        argv: Vec<String>,
        descriptors: Vec<Descriptor>,
    },
    /// Its descriptors are others than was told last: pipes that it made, ends
    /// that it received.
    Descriptors { descriptors: Vec<Descriptor> },
    /// So many threads it has now.
    Threads { count: u32 },
    /// It let go of these descriptors itself: `close(2)`, or `dup2(2)` over them.
    /// Those that an exec or its end closes are told by these.
    Closed { descriptors: Vec<Descriptor> },
    /// It sent a signal (`kill(2)`, `pidfd_send_signal(2)`) to these processes of
    /// the run, or to the group of which they are members.
    Sent {
        signal: i32,
        to: Vec<Pid>,
        group: bool,
    },
    /// A signal came to it.
    Signalled {
        signal: i32,
        /// Who sent it, if that was a process of the run; none for the kernel and
        /// for whoever is outside.
        from: Option<Pid>,
        action: SignalAction,
    },
    /// A signal stopped it.
    Stopped { signal: i32 },
    /// It goes on after a stop.
    Continued,
    /// It has begun to end: its descriptors are about to be closed. What their
    /// closing brings about comes after this, and may come before [`Did::Exited`].
    Exiting {
        #[serde(flatten)]
        outcome: Outcome,
    },
    /// It has ended, and is a zombie until it is reaped.
    Exited {
        #[serde(flatten)]
        outcome: Outcome,
    },
    /// It was waited for (`wait(2)`), by a process of the run or by none: then
    /// whoever ran the program did.
    Reaped { by: Option<Pid>, zombie_ms: f64 },
    /// Its parent ended before it: its parent is now this process of the run, or
    /// nobody of it.
    Orphaned { to: Option<Pid> },
}

/// By which call a process was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpawnCall {
    Fork,
    /// The parent waits for the child's exec (`vfork(2)`, `posix_spawn(3)`).
    Vfork,
    /// Another `clone(2)`.
    Clone,
}

/// What a process makes of a signal (`signal(7)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalAction {
    /// What the kernel does if nobody says otherwise.
    Default,
    Ignored,
    /// A function of the program is called.
    Handled,
}

/// An open descriptor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Descriptor {
    pub fd: i32,
    #[serde(flatten)]
    pub to: Target,
    /// Whether an exec closes it (`FD_CLOEXEC`).
    #[serde(default, skip_serializing_if = "is_false")]
    pub cloexec: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if passes a reference"
)]
fn is_false(cloexec: &bool) -> bool {
    !cloexec
}

/// A pipe of the run, by number: [`PipeId::STDIN`], [`PipeId::STDOUT`] and
/// [`PipeId::STDERR`] are the run's own streams, whose other ends are outside of
/// it; others are counted from 3 as they are first seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PipeId(pub u32);

impl PipeId {
    pub const STDIN: PipeId = PipeId(0);
    pub const STDOUT: PipeId = PipeId(1);
    pub const STDERR: PipeId = PipeId(2);

    /// Whether somebody outside of the run holds an end of it.
    pub fn is_stream(self) -> bool {
        self.0 < 3
    }
}

/// What a descriptor leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Target {
    Pipe {
        pipe: PipeId,
        end: PipeEnd,
    },
    /// `/dev/null`
    Null,
    Terminal,
    File {
        path: String,
    },
    /// A socket of the run, by number, and the socket at its other end, if that is
    /// in the run too.
    Socket {
        socket: u32,
        peer: Option<u32>,
    },
    /// An epoll, a pidfd, an eventfd and the like.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PipeEnd {
    Read,
    Write,
    /// A FIFO that was opened for both (`fifo(7)`).
    Both,
}

/// How the run looked when nothing had happened in it for a while. This was seen,
/// not told: a process may have moved since. It holds until one is told, or seen,
/// to have moved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Processes of which every thread sleeps.
    pub asleep: Vec<Asleep>,
    /// Pipes that somebody of the run holds, and what is in them.
    pub pipes: Vec<Fill>,
    /// Nobody of these can ever move, unless somebody outside interferes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadlock: Option<Deadlock>,
}

/// A process of which every thread sleeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asleep {
    pub pid: Pid,
    /// What each thread sleeps in; equal ones once.
    pub threads: Vec<Sleep>,
    /// Those of the run who could wake one of its threads; itself, if another of
    /// its own descriptors could.
    pub wakers: Vec<Pid>,
}

/// The call in which a thread sleeps, and what would wake it: any one of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sleep {
    /// `read`, `write`, `wait4`, `poll`, `futex`, `nanosleep`: the system call.
    pub call: String,
    /// How many threads of the process sleep so.
    pub threads: u32,
    pub on: Vec<Waker>,
    /// After so many milliseconds it waits no longer, whoever comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_ms: Option<f64>,
    /// The line of the listing's own source that it sleeps in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// One thing that would let a sleeping thread go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum Waker {
    /// Bytes in a pipe, or the end of its writers.
    Bytes { pipe: PipeId },
    /// Room in a pipe, or the end of its readers.
    Room { pipe: PipeId },
    /// The end of this child, or of any child.
    Child { child: Option<Pid> },
    /// The exec, or the end, of a child that has its memory (`vfork(2)`).
    Exec,
    /// A file lock (`flock(2)`, `fcntl(2)`), and who of the run holds it.
    Lock { holders: Vec<Pid> },
    /// A thread of the same process: a mutex, a condition, a join.
    Thread,
    /// Memory that it shares with another process.
    SharedMemory,
    /// The end of the time that it meant to sleep.
    Clock,
    /// A signal.
    Signal,
    /// Whoever opens the other end of a FIFO, to write if `writer`.
    Opener { path: String, writer: bool },
    /// Data, or room, in a socket.
    Socket { socket: u32 },
    /// Somebody who types at a terminal.
    Terminal,
    /// Something that was not seen.
    Unknown,
}

/// What is in a pipe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    pub pipe: PipeId,
    pub bytes: u32,
    pub capacity: u32,
    /// Somebody sleeps in a write to it for want of room. That can be at fewer
    /// bytes than its capacity (`pipe(7)`).
    #[serde(default, skip_serializing_if = "is_false")]
    pub full: bool,
}

/// Processes that wait for each other, or for themselves, and for nobody else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deadlock {
    pub stuck: Vec<Pid>,
    /// Those among them that wait no longer than so many milliseconds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    pub pid: Pid,
    pub ms: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, Kind};

    fn round_trip(kind: Kind) -> String {
        let event = Event { t: 0.5, kind };
        let line = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&line).unwrap(), event);
        line
    }

    #[test]
    fn what_a_process_did_stands_flat_in_the_line() {
        let did = Did::Spawned {
            child: 8,
            how: SpawnCall::Vfork,
            descriptors: vec![Descriptor {
                fd: 1,
                to: Target::Pipe {
                    pipe: PipeId(3),
                    end: PipeEnd::Write,
                },
                cloexec: false,
            }],
        };
        let line = round_trip(Kind::Process(ProcessEvent {
            pid: 7,
            did,
            line: Some(11),
        }));
        let expected = r#"{"t":0.5,"kind":"process","pid":7,"did":"spawned","child":8,"how":"vfork","descriptors":[{"fd":1,"is":"pipe","pipe":3,"end":"write"}],"line":11}"#;
        assert_eq!(line, expected);
    }

    #[test]
    fn an_end_is_told_as_that_of_a_run_is() {
        let did = Did::Exited {
            outcome: Outcome::Signal(9),
        };
        let line = round_trip(Kind::Process(ProcessEvent {
            pid: 7,
            did,
            line: None,
        }));
        let expected = r#"{"t":0.5,"kind":"process","pid":7,"did":"exited","signal":9}"#;
        assert_eq!(line, expected);
    }

    #[test]
    fn what_was_seen_says_who_waits_for_whom() {
        let sleep = Sleep {
            call: "read".to_owned(),
            threads: 1,
            on: vec![Waker::Bytes { pipe: PipeId(3) }],
            limit_ms: None,
            line: Some(14),
        };
        let line = round_trip(Kind::Seen(Seen {
            asleep: vec![Asleep {
                pid: 7,
                threads: vec![sleep],
                wakers: vec![7],
            }],
            pipes: vec![Fill {
                pipe: PipeId(3),
                bytes: 0,
                capacity: 65536,
                full: false,
            }],
            deadlock: Some(Deadlock {
                stuck: vec![7],
                limits: vec![],
            }),
        }));
        let expected = concat!(
            r#"{"t":0.5,"kind":"seen","asleep":[{"pid":7,"threads":[{"call":"read","threads":1,"#,
            r#""on":[{"on":"bytes","pipe":3}],"line":14}],"wakers":[7]}],"#,
            r#""pipes":[{"pipe":3,"bytes":0,"capacity":65536}],"deadlock":{"stuck":[7]}}"#,
        );
        assert_eq!(line, expected);
    }
}
