//! What a process of a tree is to do: steps, and the line in which one is handed
//! to it.

use super::way::Way;
use anyhow::{Context, bail, ensure};
use std::fmt;
use std::str::SplitWhitespace;

/// A process of the tree. Its name stands in its command line, and says where it
/// belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub name: String,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Spawn {
        how: How,
        then: Then,
        child: Plan,
    },
    /// The rest is done by a new image of the actor.
    Exec,
    /// The same, by a thread that is not the leader.
    ExecByThread,
    /// Asks for a program that is not there, and goes on.
    Missing,
    /// These are done by a thread, and the others wait for it.
    Thread(Vec<Step>),
    /// Collects children until there are none.
    Collect,
    /// Its children leave no zombies (`SIGCHLD` ignored).
    IgnoreChildren,
    /// The same, by `SA_NOCLDWAIT`.
    NoZombies,
    /// Children are waited for in this way from now on.
    WaitBy(Way),
    /// Has the orphans among its descendants as its children.
    Subreaper,
    /// Another thread closes descriptors all the while.
    Restless,
    /// Becomes a shell that runs this file.
    Shell(String),
    /// Becomes this program.
    Program(String),
    Ignore(i32),
    /// At this signal it ends with status 40.
    Handle(i32),
    /// Leads a group of its own.
    Group,
    /// Leads a session of its own.
    Session,
    /// Tells its parent that it has come so far.
    Ready,
    /// Waits for its parent's word.
    Hold,
    /// Makes the pipe whose writing end all descendants inherit.
    Witness,
    /// Waits until nobody else has it: all others have ended.
    LastOneOut,
    Exit(i32),
    /// Ends itself by this signal.
    Die(i32),
    /// Its first thread ends; when that is a zombie, another ends the process.
    LeaderLeaves(i32),
}

/// By which call a child is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Fork,
    /// It does nothing but exec, or end.
    Vfork,
    PosixSpawn,
    /// `clone(2)` as fork does it, without libc's part of it.
    Clone,
    /// `clone(2)` whose child sends no signal when it ends.
    Silent,
    Clone3,
    /// `CLONE_PARENT`: the child is its maker's sibling.
    Sibling,
}

/// What the parent does about a child at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Wait,
    Leave,
    /// Waits until it is ready, and leaves it.
    Hear,
    /// Waits until it is ready, sends it this signal, and waits for its end.
    Send(i32),
    /// Sends this one, which it ignores, and then KILL.
    SendInVain(i32),
    /// Sends it KILL at once, and waits for its end.
    Kill,
    /// Sends it KILL as soon as it has another command line, and waits for its end.
    KillAtExec,
    /// Sends it to the child's group.
    SendGroup(i32),
    /// Stops it, sees it stopped, continues it, sees that, and lets it go on.
    StopAndContinue,
}

impl How {
    const NAMES: [(How, &'static str); 7] = [
        (How::Fork, "fork"),
        (How::Vfork, "vfork"),
        (How::PosixSpawn, "posix_spawn"),
        (How::Clone, "clone"),
        (How::Silent, "silent"),
        (How::Clone3, "clone3"),
        (How::Sibling, "sibling"),
    ];

    pub fn name(self) -> &'static str {
        let mut names = How::NAMES.iter();
        names.find(|it| it.0 == self).map_or("?", |it| it.1)
    }

    pub fn named(name: &str) -> Option<How> {
        Some(How::NAMES.iter().find(|it| it.1 == name)?.0)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        write_steps(f, &self.steps)
    }
}

fn write_steps(f: &mut fmt::Formatter<'_>, steps: &[Step]) -> fmt::Result {
    steps.iter().try_for_each(|step| write!(f, " {step}"))
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Spawn { how, then, child } => {
                write!(f, "spawn {} {then} ( {child} )", how.name())
            }
            Step::Thread(steps) => {
                f.write_str("thread (")?;
                write_steps(f, steps)?;
                f.write_str(" )")
            }
            Step::Exec => f.write_str("exec"),
            Step::ExecByThread => f.write_str("exec_by_thread"),
            Step::Missing => f.write_str("missing"),
            Step::Collect => f.write_str("collect"),
            Step::IgnoreChildren => f.write_str("ignore_children"),
            Step::NoZombies => f.write_str("no_zombies"),
            Step::WaitBy(way) => write!(f, "wait_by {}", way.name()),
            Step::Subreaper => f.write_str("subreaper"),
            Step::Restless => f.write_str("restless"),
            Step::Shell(file) => write!(f, "shell {file}"),
            Step::Program(program) => write!(f, "program {program}"),
            Step::Ignore(signal) => write!(f, "ignore {signal}"),
            Step::Handle(signal) => write!(f, "handle {signal}"),
            Step::Group => f.write_str("group"),
            Step::Session => f.write_str("session"),
            Step::Ready => f.write_str("ready"),
            Step::Hold => f.write_str("hold"),
            Step::Witness => f.write_str("witness"),
            Step::LastOneOut => f.write_str("last_one_out"),
            Step::Exit(code) => write!(f, "exit {code}"),
            Step::Die(signal) => write!(f, "die {signal}"),
            Step::LeaderLeaves(code) => write!(f, "leader_leaves {code}"),
        }
    }
}

impl fmt::Display for Then {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Then::Wait => f.write_str("wait"),
            Then::Leave => f.write_str("leave"),
            Then::Hear => f.write_str("hear"),
            Then::Send(signal) => write!(f, "send {signal}"),
            Then::Kill => f.write_str("kill"),
            Then::KillAtExec => f.write_str("kill_at_exec"),
            Then::SendInVain(signal) => write!(f, "send_in_vain {signal}"),
            Then::SendGroup(signal) => write!(f, "send_group {signal}"),
            Then::StopAndContinue => f.write_str("stop_and_continue"),
        }
    }
}

impl Plan {
    /// Reads the line that [`Plan`] writes.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(line: &str) -> anyhow::Result<Plan> {
        let mut words = line.split_whitespace();
        let (plan, closed) = plan(&mut words)?;
        ensure!(!closed, "one bracket too many: {line}");
        Ok(plan)
    }

    /// A line for what is left to do.
    pub fn rest(name: &str, steps: &[Step]) -> String {
        let plan = Plan {
            name: name.to_owned(),
            steps: steps.to_vec(),
        };
        plan.to_string()
    }
}

fn plan(words: &mut SplitWhitespace) -> anyhow::Result<(Plan, bool)> {
    let name = word(words)?.to_owned();
    let (steps, closed) = steps(words)?;
    Ok((Plan { name, steps }, closed))
}

/// Steps up to a closing bracket, or to the end; and whether there was one.
fn steps(words: &mut SplitWhitespace) -> anyhow::Result<(Vec<Step>, bool)> {
    let mut steps = Vec::new();
    while let Some(word) = words.next() {
        if word == ")" {
            return Ok((steps, true));
        }
        steps.push(step(word, words)?);
    }
    Ok((steps, false))
}

fn step(name: &str, words: &mut SplitWhitespace) -> anyhow::Result<Step> {
    Ok(match name {
        "spawn" => {
            let name = word(words)?;
            let how = How::named(name).with_context(|| format!("no call {name}"))?;
            let then = then(words)?;
            open(words)?;
            let (child, closed) = plan(words)?;
            ensure!(closed, "a bracket is open");
            Step::Spawn { how, then, child }
        }
        "thread" => {
            open(words)?;
            let (steps, closed) = steps(words)?;
            ensure!(closed, "a bracket is open");
            Step::Thread(steps)
        }
        "exec" => Step::Exec,
        "exec_by_thread" => Step::ExecByThread,
        "missing" => Step::Missing,
        "collect" => Step::Collect,
        "ignore_children" => Step::IgnoreChildren,
        "no_zombies" => Step::NoZombies,
        "wait_by" => {
            let name = word(words)?;
            Step::WaitBy(Way::named(name).with_context(|| format!("no way {name}"))?)
        }
        "subreaper" => Step::Subreaper,
        "restless" => Step::Restless,
        "shell" => Step::Shell(word(words)?.to_owned()),
        "program" => Step::Program(word(words)?.to_owned()),
        "ignore" => Step::Ignore(number(words)?),
        "handle" => Step::Handle(number(words)?),
        "group" => Step::Group,
        "session" => Step::Session,
        "ready" => Step::Ready,
        "hold" => Step::Hold,
        "witness" => Step::Witness,
        "last_one_out" => Step::LastOneOut,
        "exit" => Step::Exit(number(words)?),
        "die" => Step::Die(number(words)?),
        "leader_leaves" => Step::LeaderLeaves(number(words)?),
        _ => bail!("no step {name}"),
    })
}

fn then(words: &mut SplitWhitespace) -> anyhow::Result<Then> {
    Ok(match word(words)? {
        "wait" => Then::Wait,
        "leave" => Then::Leave,
        "hear" => Then::Hear,
        "kill" => Then::Kill,
        "kill_at_exec" => Then::KillAtExec,
        "send" => Then::Send(number(words)?),
        "send_in_vain" => Then::SendInVain(number(words)?),
        "send_group" => Then::SendGroup(number(words)?),
        "stop_and_continue" => Then::StopAndContinue,
        other => bail!("nothing is done like {other}"),
    })
}

fn word<'a>(words: &mut SplitWhitespace<'a>) -> anyhow::Result<&'a str> {
    words.next().context("the plan breaks off")
}

fn number(words: &mut SplitWhitespace) -> anyhow::Result<i32> {
    let word = word(words)?;
    word.parse().with_context(|| format!("{word} is no number"))
}

fn open(words: &mut SplitWhitespace) -> anyhow::Result<()> {
    let word = word(words)?;
    ensure!(word == "(", "{word} stands where a bracket opens");
    Ok(())
}
