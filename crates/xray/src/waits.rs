//! What a sleeper waits for, in words.

use crate::channels::Tie;
use crate::process::Process;
use crate::row::{Column, End};
use crate::run::Run;
use crate::words::{limit, list, number};
use recording::traced::{Asleep, Pid, PipeId, Sleep, Waker};

/// What a process waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// In its box: `reads until sh writes or closes it`.
    pub says: String,
    /// In a sentence after its name: `reads sh's stdout until sh writes to it or
    /// closes it`.
    pub told: String,
    /// Who could end it.
    pub wakers: Vec<Pid>,
    /// It is not a clock that ends it, nor a thread of its own.
    pub for_others: bool,
    /// It is a child's exec that is awaited.
    pub for_exec: bool,
    /// It wants to write.
    pub writes: bool,
    /// It sleeps by the clock, and meant to for so many milliseconds.
    pub nap_ms: Option<f64>,
    /// Where in the listing it sleeps: the telling thread, and the others.
    pub line: Option<u32>,
    pub also: Vec<u32>,
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
            wait.told = format!("{}, and {}", wait.told, other.told);
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
        wakers: Vec::new(),
        for_others: false,
        for_exec: false,
        writes: false,
        nap_ms: None,
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
    let most = sleep.limit_ms.filter(|_| !is_sleep);
    let most = most.map_or(String::new(), |ms| format!(", {} at most", limit(ms)));
    Wait {
        says: says + &most,
        told: told + &most,
        for_others: weight < EXEC,
        for_exec: weight == EXEC,
        writes: weight == 0,
        nap_ms: sleep.limit_ms.filter(|_| is_sleep),
        ..plain(String::new())
    }
}

/// In a futex a timer waits as one does who waits for somebody, though nobody is left:
/// only the time limit is sure.
fn may_be_a_wait(sleep: &Sleep) -> bool {
    sleep.call == "futex"
}

/// In a box, and in a sentence.
fn words(run: &Run, process: &Process, on: &[&Waker], sleep: &Sleep) -> (String, String) {
    let who = (process.pid, process.column);
    let same = |text: String| (text.clone(), text);
    match on {
        [Waker::Room { pipe }, ..] => cannot_write(run, who, *pipe),
        [Waker::Bytes { pipe }] => reads(run, who, *pipe),
        [Waker::Bytes { .. }, ..] => {
            let pipe = |it: &&Waker| match it {
                Waker::Bytes { pipe } => Some(run.channels.name(Tie::Pipe(*pipe), Some(who))),
                _ => None,
            };
            let mut pipes: Vec<_> = on.iter().filter_map(pipe).collect();
            pipes.dedup();
            same(format!("waits for bytes from {}", list(&pipes, "or")))
        }
        [Waker::Child { child: Some(pid) }, ..] => {
            same(format!("waits for {} to end", run.name(*pid)))
        }
        [Waker::Child { child: None }, ..] => {
            let children = run.processes.values();
            let children = children.filter(|it| it.parent == Some(process.pid));
            let names = run.names(children.map(|it| it.pid));
            match names.len() {
                0 => same("waits for a child to end".to_owned()),
                _ => same(format!("waits for {} to end", list(&names, "or"))),
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
        [Waker::Terminal, ..] => same("waits for typing at the terminal".to_owned()),
        [Waker::Signal, ..] => same("waits for a signal".to_owned()),
        [Waker::SharedMemory, ..] => same("waits for memory that it shares".to_owned()),
        [Waker::Clock, ..] if may_be_a_wait(sleep) => same("waits".to_owned()),
        [Waker::Clock, ..] => match sleep.limit_ms {
            Some(ms) => same(format!("sleeps for {}", limit(ms))),
            None => same("sleeps".to_owned()),
        },
        [Waker::Thread, ..] => same("waits for its own threads".to_owned()),
        [Waker::Unknown, ..] | [] => same("waits".to_owned()),
    }
}

fn others(run: &Run, pipe: PipeId, end: End, who: Pid) -> (Vec<String>, bool) {
    let Some(channel) = run.channels.pipe(pipe) else {
        return (Vec::new(), false);
    };
    let holds = channel.holders(end).any(|it| it == who);
    let others = channel.holders(end).filter(|it| *it != who);
    (run.names(others), holds)
}

fn reads(run: &Run, who: (Pid, Column), pipe: PipeId) -> (String, String) {
    let name = run.channels.name(Tie::Pipe(pipe), Some(who));
    if pipe.is_stream() {
        return (format!("reads {name}"), format!("reads {name}"));
    }
    let (writers, mine) = others(run, pipe, End::Write, who.0);
    let close = match writers.len() {
        0 if mine => {
            let says = format!("reads {name}, which only itself can write to or close");
            return (says.clone(), says);
        }
        0 => return (format!("reads {name}"), format!("reads {name}")),
        1 => "closes it",
        2 => "both close it",
        _ => "all close it",
    };
    let list = list(&writers, "or");
    (
        format!("reads until {list} writes or {close}"),
        format!("reads {name} until {list} writes to it or {close}"),
    )
}

fn cannot_write(run: &Run, who: (Pid, Column), pipe: PipeId) -> (String, String) {
    let name = run.channels.name(Tie::Pipe(pipe), Some(who));
    let says = format!("cannot write: {name} is full");
    let bytes = run.channels.pipe(pipe).and_then(|it| it.bytes);
    let bytes = bytes.map_or(String::new(), |(bytes, capacity)| {
        let (bytes, capacity) = (number(bytes.into()), number(capacity.into()));
        format!(" ({bytes} of {capacity} bytes)")
    });
    if pipe.is_stream() {
        return (
            says.clone(),
            format!("{says}{bytes}, until somebody outside reads it"),
        );
    }
    let (readers, mine) = others(run, pipe, End::Read, who.0);
    let can = match readers.len() {
        0 if mine => " and only itself can empty it".to_owned(),
        0 => String::new(),
        _ => format!(" and only {} can empty it", list(&readers, "or")),
    };
    (says.clone(), format!("{says}{bytes}{can}"))
}

/// The sentences of a deadlock: each names who waits, and goes on with the one
/// whom it waits for, if that is one.
pub fn chain(run: &Run, waits: &[(Pid, Wait)]) -> Vec<String> {
    let mut left: Vec<_> = waits.iter().collect();
    left.sort_by_key(|(_, wait)| !wait.writes);
    let mut sentences = Vec::new();
    while !left.is_empty() {
        let (pid, mut wait) = left.remove(0).clone();
        let mut text = format!("{} {}", run.name(pid), wait.told);
        while let [waker] = wait.wakers.as_slice() {
            let Some(at) = left.iter().position(|(pid, _)| pid == waker) else {
                break;
            };
            let next = &left.remove(at).1;
            // "which" must follow the name that it stands for.
            let name = run.name(*waker);
            let is_last = text.ends_with(&name) || text.ends_with(&format!("{name} can empty it"));
            text += &match is_last {
                true => format!(", which {}", next.told),
                false => format!("; {name} {}", next.told),
            };
            wait = next.clone();
        }
        sentences.push(text);
    }
    sentences
}
