//! A run that is made up: each call is an event, a millisecond after the last.

use recording::traced::{
    Asleep, Deadlock, Descriptor, Did, Fill, Limit, Pid, PipeEnd, PipeId, ProcessEvent, Seen,
    SignalAction, Sleep, SpawnCall, Target, Waker,
};
use recording::{Bytes, Event, Kind, Outcome};
use std::collections::BTreeMap;
use xray::XRay;

/// The program itself, in each story.
pub const ROOT: Pid = 100;

pub struct Story {
    pub events: Vec<Event>,
    t: f64,
    line: Option<u32>,
    /// When each began to end.
    ended: BTreeMap<Pid, f64>,
}

/// Begins a story: the program runs, its stdin is `/dev/null`.
pub fn story() -> Story {
    story_of("target/debug/chapter1 demo")
}

/// Begins a story of the program that this command runs.
pub fn story_of(command: &str) -> Story {
    let mut story = Story {
        events: Vec::new(),
        t: 0.0,
        line: None,
        ended: BTreeMap::new(),
    };
    story.push(Kind::Started {
        pid: ROOT,
        command: "cargo run -- demo".to_owned(),
    });
    story.runs(ROOT, command, "0=null 1>1 2>2")
}

impl Story {
    fn push(&mut self, kind: Kind) {
        self.t += 0.001;
        let t = (self.t * 1e6).round() / 1e6;
        self.events.push(Event { t, kind });
    }

    fn did(mut self, pid: Pid, did: Did) -> Self {
        let line = self.line.take();
        self.push(Kind::Process(ProcessEvent { pid, did, line }));
        self
    }

    /// The line of the listing that brings the next event about.
    pub fn line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    pub fn later(mut self, seconds: f64) -> Self {
        self.t += seconds;
        self
    }

    /// The child has the program's streams until it says otherwise.
    pub fn starts(self, pid: Pid, child: Pid) -> Self {
        let descriptors = descriptors("0=null 1>1 2>2");
        self.did(
            pid,
            Did::Spawned {
                child,
                how: SpawnCall::Fork,
                descriptors,
            },
        )
    }

    pub fn runs(self, pid: Pid, command: &str, holds: &str) -> Self {
        let argv = command.split(' ').map(str::to_owned).collect();
        let descriptors = descriptors(holds);
        self.did(pid, Did::Executed { argv, descriptors })
    }

    /// Starts a child that runs a program at once.
    pub fn child(self, pid: Pid, child: Pid, command: &str, holds: &str) -> Self {
        self.starts(pid, child).runs(child, command, holds)
    }

    pub fn holds(self, pid: Pid, holds: &str) -> Self {
        let descriptors = descriptors(holds);
        self.did(pid, Did::Descriptors { descriptors })
    }

    pub fn closes(self, pid: Pid, closed: &str) -> Self {
        let descriptors = descriptors(closed);
        self.did(pid, Did::Closed { descriptors })
    }

    pub fn threads(self, pid: Pid, count: u32) -> Self {
        self.did(pid, Did::Threads { count })
    }

    pub fn sends(self, pid: Pid, signal: i32, to: &[Pid]) -> Self {
        let (to, group) = (to.to_vec(), false);
        self.did(pid, Did::Sent { signal, to, group })
    }

    pub fn sends_to_group(self, pid: Pid, signal: i32, to: &[Pid]) -> Self {
        let (to, group) = (to.to_vec(), true);
        self.did(pid, Did::Sent { signal, to, group })
    }

    pub fn gets(self, pid: Pid, signal: i32, from: Option<Pid>, action: SignalAction) -> Self {
        self.did(
            pid,
            Did::Signalled {
                signal,
                from,
                action,
            },
        )
    }

    pub fn stops(self, pid: Pid) -> Self {
        self.did(pid, Did::Stopped { signal: 19 })
    }

    pub fn goes_on(self, pid: Pid) -> Self {
        self.did(pid, Did::Continued)
    }

    pub fn ends(self, pid: Pid, code: i32) -> Self {
        self.outcome(pid, Outcome::Code(code))
    }

    pub fn dies_of(self, pid: Pid, signal: i32) -> Self {
        self.outcome(pid, Outcome::Signal(signal))
    }

    fn outcome(mut self, pid: Pid, outcome: Outcome) -> Self {
        self.ended.insert(pid, self.t + 0.001);
        self.did(pid, Did::Exiting { outcome })
            .did(pid, Did::Exited { outcome })
    }

    /// Not before it was a zombie for so long.
    pub fn collected(mut self, pid: Pid, by: Option<Pid>, zombie_ms: f64) -> Self {
        let ended = self.ended.get(&pid).copied().unwrap_or_default();
        self.t = self.t.max(ended + zombie_ms / 1e3 - 0.001);
        self.did(pid, Did::Reaped { by, zombie_ms })
    }

    pub fn left_alone(self, pid: Pid) -> Self {
        self.did(pid, Did::Orphaned { to: None })
    }

    pub fn prints(mut self, text: &str) -> Self {
        self.push(Kind::Stdout(Bytes(text.as_bytes().to_vec())));
        self
    }

    pub fn looks(mut self, seen: Seen) -> Self {
        self.t += 0.019;
        self.push(Kind::Seen(seen));
        self
    }

    /// The program has ended with everything that it started.
    pub fn over(mut self) -> Self {
        self = self.ends(ROOT, 0).collected(ROOT, None, 0.1);
        let seconds = self.t;
        let outcome = Outcome::Code(0);
        self.push(Kind::Exited { outcome, seconds });
        self
    }

    pub fn xray(&self) -> XRay {
        XRay::of("demo", &self.events)
    }

    /// The sentences of the rows after the first, which is always the same.
    pub fn texts(&self) -> Vec<String> {
        let xray = self.xray();
        let rows = xray.rows().iter().skip(1);
        rows.map(|it| it.text.clone()).collect()
    }
}

/// `0<3 1>4 5>4c 2=null`: reads pipe 3 at 0, writes pipe 4 at 1 and at 5, where
/// an exec closes it, and has `/dev/null` at 2.
pub fn descriptors(text: &str) -> Vec<Descriptor> {
    text.split_whitespace().map(descriptor).collect()
}

fn descriptor(word: &str) -> Descriptor {
    let (plain, cloexec) = match word.strip_suffix('c') {
        Some(plain) => (plain, true),
        None => (word, false),
    };
    let at = plain.find(['<', '>', '=']).expect("the story is well made");
    let (fd, to) = plain.split_at(at);
    let pipe = || PipeId(to[1..].parse().expect("the story is well made"));
    let to = match &to[..1] {
        "<" => Target::Pipe {
            pipe: pipe(),
            end: PipeEnd::Read,
        },
        ">" => Target::Pipe {
            pipe: pipe(),
            end: PipeEnd::Write,
        },
        _ if &to[1..] == "null" => Target::Null,
        _ => Target::File {
            path: format!("/tmp/{}", &to[1..]),
        },
    };
    Descriptor {
        fd: fd.parse().expect("the story is well made"),
        to,
        cloexec,
    }
}

/// How a run was seen.
pub fn seen() -> Seen {
    Seen::default()
}

pub trait Sleeping {
    fn asleep(self, pid: Pid, on: Waker, wakers: &[Pid]) -> Self;
    fn also(self, on: Waker, limit_ms: f64) -> Self;
    fn at_line(self, line: u32) -> Self;
    fn filled(self, pipe: u32, bytes: u32) -> Self;
    fn full(self, pipe: u32) -> Self;
    fn deadlock(self, stuck: &[Pid], limits: &[(Pid, f64)]) -> Self;
}

impl Sleeping for Seen {
    fn asleep(mut self, pid: Pid, on: Waker, wakers: &[Pid]) -> Self {
        let threads = vec![sleep(on, None)];
        let wakers = wakers.to_vec();
        self.asleep.push(Asleep {
            pid,
            threads,
            wakers,
        });
        self
    }

    /// Another thread of the last one.
    fn also(mut self, on: Waker, limit_ms: f64) -> Self {
        let last = self.asleep.last_mut().expect("the story is well made");
        last.threads.insert(0, sleep(on, Some(limit_ms)));
        self
    }

    fn at_line(mut self, line: u32) -> Self {
        let thread = &mut self
            .asleep
            .last_mut()
            .expect("the story is well made")
            .threads;
        thread
            .iter_mut()
            .rfind(|it| it.line.is_none())
            .expect("the story is well made")
            .line = Some(line);
        self
    }

    fn filled(mut self, pipe: u32, bytes: u32) -> Self {
        self.pipes.push(Fill {
            pipe: PipeId(pipe),
            bytes,
            capacity: 65536,
            full: false,
        });
        self
    }

    fn full(self, pipe: u32) -> Self {
        let mut seen = self.filled(pipe, 65536);
        seen.pipes.last_mut().expect("the story is well made").full = true;
        seen
    }

    fn deadlock(mut self, stuck: &[Pid], limits: &[(Pid, f64)]) -> Self {
        let limits = limits.iter().map(|&(pid, ms)| Limit { pid, ms }).collect();
        self.deadlock = Some(Deadlock {
            stuck: stuck.to_vec(),
            limits,
        });
        self
    }
}

fn sleep(on: Waker, limit_ms: Option<f64>) -> Sleep {
    Sleep {
        call: "read".to_owned(),
        threads: 1,
        on: vec![on],
        limit_ms,
        line: None,
    }
}

pub fn bytes(pipe: u32) -> Waker {
    Waker::Bytes { pipe: PipeId(pipe) }
}

pub fn room(pipe: u32) -> Waker {
    Waker::Room { pipe: PipeId(pipe) }
}

pub fn child(pid: Pid) -> Waker {
    Waker::Child { child: Some(pid) }
}
