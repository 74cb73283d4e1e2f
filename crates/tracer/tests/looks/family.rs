//! A program and its descendants, to be looked at until they are as a test wants
//! them.

use recording::traced::{Asleep, Deadlock, PipeId, Seen, Sleep, Waker};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tracer::look::{State, descriptors};
use tracer::waits::Lookout;

/// The interpreter itself: `python3` may be a shell script that starts it, and that
/// too is seen to wait.
pub fn python() -> Command {
    static INTERPRETER: LazyLock<OsString> = LazyLock::new(|| {
        let which = ["-c", "import sys; print(sys.executable, end='')"];
        let told = Command::new("python3").args(which).output().unwrap();
        OsString::from_vec(told.stdout)
    });
    Command::new(&*INTERPRETER)
}

pub struct Family {
    pub first: Child,
    pub lookout: Lookout,
    folder: tempfile::TempDir,
}

impl Family {
    pub fn python(program: &str) -> Family {
        Family::start(python().args(["-c", program]))
    }

    pub fn sh(program: &str) -> Family {
        Family::start(Command::new("sh").args(["-c", program]))
    }

    /// With `/dev/null` for what the test has not set, in an empty folder.
    pub fn start(command: &mut Command) -> Family {
        Family::start_with(command, Stdio::null())
    }

    pub fn start_with(command: &mut Command, stdin: Stdio) -> Family {
        let folder = tempfile::tempdir().unwrap();
        let first = command
            .stdin(stdin)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .current_dir(&folder)
            .process_group(0)
            .spawn()
            .unwrap();
        let mut fds = descriptors(first.id()).unwrap();
        fds.retain(|fd| fd.fd <= 2);
        Family {
            lookout: Lookout::of_run(&fds),
            first,
            folder,
        }
    }

    pub fn id(&self) -> u32 {
        self.first.id()
    }

    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// All in the first one's process group.
    pub fn pids(&self) -> BTreeSet<u32> {
        let all = fs::read_dir("/proc").unwrap().flatten();
        let pids = all.filter_map(|it| it.file_name().to_str()?.parse::<u32>().ok());
        pids.filter(|pid| stat(*pid).is_some_and(|it| it.group == self.id()))
            .collect()
    }

    pub fn look(&mut self) -> Seen {
        let pids = self.pids();
        self.lookout.look(pids, &BTreeSet::new(), &mut |_, _| None)
    }

    /// What was seen once it was as expected.
    pub fn until(&mut self, expected: impl Fn(&Names, &Seen) -> bool) -> (Names, Seen) {
        let start = Instant::now();
        loop {
            let seen = self.look();
            let names = self.names();
            if expected(&names, &seen) {
                return (names, seen);
            }
            assert!(
                start.elapsed() < Duration::from_secs(30),
                "it never came: {names:?}\n{seen:#?}\n{:#?}",
                self.lookout.last()
            );
            sleep(Duration::from_millis(5));
        }
    }

    /// Has the first one's call interrupted: it goes on as `restart_syscall(2)`.
    pub fn is_stopped_and_continued(&mut self) {
        use rustix::process::{Pid, Signal, kill_process};
        let first = Pid::from_child(&self.first);
        kill_process(first, Signal::STOP).unwrap();
        self.until(|names, seen| !seen.asleep.iter().any(|it| names.of(it.pid) == "first"));
        kill_process(first, Signal::CONT).unwrap();
    }

    pub fn was_restarted(&self) -> bool {
        let syscall = fs::read_to_string(format!("/proc/{}/syscall", self.id())).unwrap();
        syscall.starts_with(&format!("{} ", libc::SYS_restart_syscall))
    }

    /// The names of those that are deadlocked, once some are.
    pub fn deadlock(&mut self) -> (Names, Deadlock) {
        let (names, seen) = self.until(|_, seen| seen.deadlock.is_some());
        (names, seen.deadlock.unwrap())
    }

    /// Who is stuck, by name, once so many are.
    pub fn stuck(&mut self, count: usize) -> Vec<String> {
        let is_so = |seen: &Seen| {
            let deadlock = seen.deadlock.as_ref();
            deadlock.is_some_and(|it| it.stuck.len() == count)
        };
        let (names, seen) = self.until(|_, seen| is_so(seen));
        let stuck = seen.deadlock.unwrap().stuck;
        let mut stuck: Vec<String> = stuck.iter().map(|pid| names.of(*pid)).collect();
        stuck.sort();
        stuck
    }

    /// All sleep, with these in these calls, and have slept from one look to the
    /// next; and no deadlock is claimed.
    pub fn waits_without_deadlock(&mut self, calls: &[(&str, &str)]) -> (Names, Seen) {
        let start = Instant::now();
        loop {
            self.until(|names, seen| {
                let is_so = |(name, call): &(&str, &str)| names.sleeps(seen, name, call);
                calls.iter().all(is_so)
            });
            let before = self.lookout.last().clone();
            let seen = self.look();
            let names = self.names();
            assert_eq!(seen.deadlock, None, "{names:?}\n{seen:#?}");
            let now = self.lookout.last();
            let living = now.processes.values();
            let living = living.filter(|it| it.state != State::Zombie).count();
            if now.stood_still_since(&before).len() == living {
                return (names, seen);
            }
            assert!(start.elapsed() < Duration::from_secs(30), "{seen:#?}");
        }
    }

    pub fn names(&self) -> Names {
        let known = self.pids().into_iter().filter_map(|pid| {
            let name = stat(pid)?.name;
            Some((pid, name))
        });
        Names {
            first: self.id(),
            known: known.collect(),
        }
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        let group = rustix::process::Pid::from_child(&self.first);
        let kill = rustix::process::Signal::KILL;
        let _ = rustix::process::kill_process_group(group, kill);
        drop(self.first.wait());
    }
}

/// Processes by name: the first is `first`, the others go by their programs.
#[derive(Debug)]
pub struct Names {
    first: u32,
    known: BTreeMap<u32, String>,
}

impl Names {
    pub fn of(&self, pid: u32) -> String {
        match pid == self.first {
            true => "first".to_owned(),
            false => self.known.get(&pid).cloned().unwrap_or_default(),
        }
    }

    pub fn pid(&self, name: &str) -> u32 {
        let mut pids = self.known.keys();
        *pids.find(|pid| self.of(**pid) == name).unwrap()
    }

    /// Whether a process of that name sleeps in this call, in one thread at least.
    pub fn sleeps(&self, seen: &Seen, name: &str, call: &str) -> bool {
        let mut named = seen.asleep.iter().filter(|it| self.of(it.pid) == name);
        named.any(|it| it.threads.iter().any(|thread| thread.call.contains(call)))
    }

    pub fn asleep<'a>(&self, seen: &'a Seen, name: &str) -> &'a Asleep {
        let mut named = seen.asleep.iter().filter(|it| self.of(it.pid) == name);
        named.next().unwrap()
    }

    pub fn sleep<'a>(&self, seen: &'a Seen, name: &str, call: &str) -> &'a Sleep {
        let mut threads = self.asleep(seen, name).threads.iter();
        threads.find(|it| it.call.contains(call)).unwrap()
    }

    pub fn wakers(&self, seen: &Seen, name: &str) -> Vec<String> {
        let wakers = &self.asleep(seen, name).wakers;
        let mut wakers: Vec<String> = wakers.iter().map(|pid| self.of(*pid)).collect();
        wakers.sort();
        wakers
    }
}

/// The pipe that a thread waits for bytes from.
pub fn bytes(sleep: &Sleep) -> PipeId {
    let found = sleep.on.iter().find_map(|it| match it {
        Waker::Bytes { pipe } => Some(*pipe),
        _ => None,
    });
    found.unwrap()
}

/// The pipe that a thread waits for room in.
pub fn room(sleep: &Sleep) -> PipeId {
    let found = sleep.on.iter().find_map(|it| match it {
        Waker::Room { pipe } => Some(*pipe),
        _ => None,
    });
    found.unwrap()
}

struct Stat {
    name: String,
    group: u32,
}

fn stat(pid: u32) -> Option<Stat> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (before, after) = stat.rsplit_once(')')?;
    let name = before.split_once('(')?.1.to_owned();
    let group = after.split_whitespace().nth(2)?.parse().ok()?;
    Some(Stat { name, group })
}
