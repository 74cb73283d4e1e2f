//! What a sleeper waits for, in words.

use crate::channels::Tie;
use crate::process::Process;
use crate::row::End;
use crate::run::Run;
use crate::words::{limit, list, number};
use recording::traced::{Asleep, Pid, PipeId, Sleep, Waker};

/// What a process waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// In its box, what it waits for: `waits for bytes from sh's stdout`.
    pub says: String,
    /// In a sentence after its name, who could end it: `waits until sh writes to
    /// sh's stdout or closes it`.
    pub told: String,
    /// How long it waits at most, in milliseconds, by the call that was seen.
    pub limit_ms: Option<f64>,
    /// Who could end it.
    pub wakers: Vec<Pid>,
    /// A clock alone ends it.
    pub is_sleep: bool,
    /// It is not a clock that ends it, nor a thread of its own.
    pub for_others: bool,
    /// It is a child's exec that is awaited.
    pub for_exec: bool,
    /// It wants to write.
    pub writes: bool,
    /// Where in the listing it sleeps: the telling thread, and the others.
    pub line: Option<u32>,
    pub also: Vec<u32>,
}

impl Wait {
    /// Whether it is told in the same words.
    pub fn is_like(&self, other: &Wait) -> bool {
        let words = |it: &Wait| (it.told.clone(), it.limit_ms.map(limit));
        words(self) == words(other)
    }
}

/// What a process, seen asleep, waits for.
pub fn wait(run: &Run, process: &Process, asleep: &Asleep) -> Wait {
    let mut threads: Vec<_> = asleep.threads.iter().collect();
    threads.sort_by_key(|it| weight(it));
    let Some(first) = threads.first() else {
        return plain("sleeps".to_owned());
    };
    let mut wait = match waits_for_exec(run, process, asleep, first) {
        true => Wait {
            for_exec: true,
            ..plain(FOR_EXEC.to_owned())
        },
        false => of_thread(run, process, first),
    };
    wait.wakers = asleep.wakers.clone();
    wait.line = first.line;
    let others = threads.iter().skip(1);
    if let Some(second) = others.clone().find(|it| weight(it) < EXEC) {
        let other = of_thread(run, process, second);
        if other.told != wait.told {
            let limit = with_limit(other.limit_ms, other.is_sleep);
            let (told, other_told) = (&wait.told, &other.told);
            wait.told = format!("{told}, while another of its threads {other_told}{limit}");
            wait.for_others |= other.for_others;
        }
    }
    let lines = others.filter_map(|it| it.line);
    wait.also = lines.filter(|it| Some(*it) != wait.line).collect();
    wait.also.sort_unstable();
    wait.also.dedup();
    wait
}

const EXEC: usize = 5;
const FOR_EXEC: &str = "waits until its child runs a program";

/// `std` hears of its child's exec, or why there is none, over a pair of sockets.
fn waits_for_exec(run: &Run, process: &Process, asleep: &Asleep, sleep: &Sleep) -> bool {
    let is_socket = |it: &Waker| matches!(it, Waker::Socket { .. });
    let is_new = |it: &Pid| {
        let child = run.get(*it);
        child.is_some_and(|it| it.started_by == Some(process.pid) && !it.ran)
    };
    sleep.on.iter().all(is_socket) && !asleep.wakers.is_empty() && asleep.wakers.iter().all(is_new)
}

/// The least is what tells most of a process.
fn weight(sleep: &Sleep) -> usize {
    sleep.on.iter().map(weight_of).min().unwrap_or(10)
}

fn weight_of(waker: &Waker) -> usize {
    match waker {
        Waker::Room { .. } => 0,
        Waker::Bytes { .. } => 1,
        Waker::Child { .. } => 2,
        Waker::Lock { .. } | Waker::Opener { .. } => 3,
        Waker::Socket { .. } => 4,
        Waker::Exec => EXEC,
        Waker::Terminal | Waker::Signal => 6,
        Waker::SharedMemory => 7,
        Waker::Clock => 8,
        Waker::Thread => 9,
        Waker::Unknown => 10,
    }
}

fn plain(says: String) -> Wait {
    Wait {
        told: says.clone(),
        says,
        limit_ms: None,
        is_sleep: false,
        wakers: Vec::new(),
        for_others: false,
        for_exec: false,
        writes: false,
        line: None,
        also: Vec::new(),
    }
}

fn of_thread(run: &Run, process: &Process, sleep: &Sleep) -> Wait {
    let weight = weight(sleep);
    let on: Vec<_> = sleep
        .on
        .iter()
        .filter(|it| weight_of(it) == weight)
        .collect();
    let (says, told) = words(run, process, &on, sleep);
    let is_sleep = matches!(on.first(), Some(Waker::Clock) | None) && !may_be_a_wait(sleep);
    Wait {
        says: says + with_limit(sleep.limit_ms, is_sleep),
        told,
        limit_ms: sleep.limit_ms,
        is_sleep,
        for_others: weight < EXEC,
        for_exec: weight == EXEC,
        writes: weight == 0,
        ..plain(String::new())
    }
}

/// That somebody does not wait for ever. To sleep is to wait for a time, anyhow.
fn with_limit(limit_ms: Option<f64>, is_sleep: bool) -> &'static str {
    match limit_ms {
        Some(_) if !is_sleep => ", with a time limit",
        _ => "",
    }
}

/// In a futex a timer waits as one does who waits for somebody, though nobody is left:
/// only the time limit is sure.
fn may_be_a_wait(sleep: &Sleep) -> bool {
    sleep.call == "futex"
}

/// In a box, and in a sentence.
fn words(run: &Run, process: &Process, on: &[&Waker], sleep: &Sleep) -> (String, String) {
    let who = process.pid;
    let same = |text: String| (text.clone(), text);
    match on {
        [Waker::Room { pipe }, ..] => cannot_write(run, who, *pipe),
        [Waker::Bytes { pipe }] => reads(run, who, *pipe),
        [Waker::Bytes { .. }, ..] => {
            let pipe = |it: &&Waker| match it {
                Waker::Bytes { pipe } => Some(run.channels.name(Tie::Pipe(*pipe))),
                _ => None,
            };
            let mut pipes: Vec<_> = on.iter().filter_map(pipe).collect();
            pipes.dedup();
            same(format!("waits for bytes from {}", list(&pipes, "or")))
        }
        [Waker::Child { child: Some(pid) }, ..] => ends(&run.name(*pid)),
        [Waker::Child { child: None }, ..] => {
            let children = run.processes.values();
            let children = children.filter(|it| it.parent == Some(process.pid));
            let names = run.names(children.map(|it| it.pid));
            match names.len() {
                0 => ends("a child"),
                _ => ends(&list(&names, "or")),
            }
        }
        [Waker::Exec, ..] => same(FOR_EXEC.to_owned()),
        [Waker::Lock { holders }, ..] => match run.names(holders.iter().copied()) {
            names if names.is_empty() => same("waits for a lock".to_owned()),
            names => same(format!(
                "waits for the lock that {} holds",
                list(&names, "and")
            )),
        },
        [Waker::Opener { path, writer }, ..] => {
            let what = if *writer { "writing" } else { "reading" };
            same(format!("waits until somebody opens {path} for {what}"))
        }
        [Waker::Socket { .. }, ..] => same("waits for a socket".to_owned()),
        [Waker::Terminal, ..] => same("waits until somebody types at the terminal".to_owned()),
        [Waker::Signal, ..] => same("waits for a signal".to_owned()),
        [Waker::SharedMemory, ..] => same("waits for a change in shared memory".to_owned()),
        [Waker::Clock, ..] if may_be_a_wait(sleep) => same("waits".to_owned()),
        [Waker::Clock, ..] => same("sleeps".to_owned()),
        [Waker::Thread, ..] if is_one_thread(process) => {
            same("waits for another thread, and has none".to_owned())
        }
        [Waker::Thread, ..] => same("waits for another of its threads".to_owned()),
        [Waker::Unknown, ..] | [] => same("waits".to_owned()),
    }
}

/// Of one that is seen asleep, all threads are seen.
fn is_one_thread(process: &Process) -> bool {
    let seen = process.asleep.iter().flat_map(|it| &it.threads);
    seen.map(|it| it.threads).sum::<u32>() == 1
}

fn ends(who: &str) -> (String, String) {
    (
        format!("waits for {who} to end"),
        format!("waits until {who} ends"),
    )
}

fn others(run: &Run, pipe: PipeId, end: End, who: Pid) -> (Vec<String>, bool) {
    let Some(channel) = run.channels.pipe(pipe) else {
        return (Vec::new(), false);
    };
    let holds = channel.holders(end).any(|it| it == who);
    let others = channel.holders(end).filter(|it| *it != who);
    (run.names(others), holds)
}

fn reads(run: &Run, who: Pid, pipe: PipeId) -> (String, String) {
    let name = run.channels.name(Tie::Pipe(pipe));
    let says = format!("waits for bytes from {name}");
    let (writers, mine) = others(run, pipe, End::Write, who);
    let list = list(&writers, "or");
    let told = match writers.len() {
        _ if pipe.is_stream() => says.clone(),
        0 if mine => {
            let who = run.name(who);
            format!("waits until {who} itself writes to {name} or closes it")
        }
        0 => says.clone(),
        1 => format!("waits until {list} writes to {name} or closes it"),
        2 => format!("waits until {list} writes to {name}, or both close it"),
        _ => format!("waits until {list} writes to {name}, or all close it"),
    };
    (says, told)
}

fn cannot_write(run: &Run, who: Pid, pipe: PipeId) -> (String, String) {
    let name = run.channels.name(Tie::Pipe(pipe));
    let says = format!("cannot write: no room in {name}");
    let bytes = run.channels.pipe(pipe).and_then(|it| it.bytes);
    // A write of a few bytes waits until it fits as a whole (`pipe(7)`).
    let full = match bytes {
        Some((bytes, capacity)) if bytes < capacity => {
            let (bytes, capacity) = (number(bytes.into()), number(capacity.into()));
            format!("has too little room ({bytes} of {capacity} bytes are taken)")
        }
        Some((bytes, _)) => format!("is full ({} bytes)", number(bytes.into())),
        None => "is full".to_owned(),
    };
    let (readers, mine) = others(run, pipe, End::Read, who);
    let reader = match readers.len() {
        _ if pipe.is_stream() => "somebody outside the run".to_owned(),
        0 if mine => format!("{} itself", run.name(who)),
        0 => return (says, format!("cannot write: {name} {full}")),
        _ => list(&readers, "or"),
    };
    let told = format!("waits until {reader} reads {name}, which {full}");
    (says, told)
}

/// The sentences of a deadlock: each names who waits, and the next one is of whom
/// it waits for, if that is one.
pub fn chain(run: &Run, waits: &[(Pid, Wait)]) -> Vec<String> {
    let mut left: Vec<_> = waits.iter().collect();
    left.sort_by_key(|(_, wait)| !wait.writes);
    let mut sentences = Vec::new();
    let mut next = 0;
    while !left.is_empty() {
        let (pid, wait) = left.remove(next);
        sentences.push(format!("{} {}", run.name(*pid), wait.told));
        let is_awaited = |(pid, _): &&(Pid, Wait)| wait.wakers == [*pid];
        next = left.iter().position(is_awaited).unwrap_or(0);
    }
    sentences
}
