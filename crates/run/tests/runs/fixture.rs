//! A shell script that runs, and what a test sees of it. It has a folder of its
//! own, so that each process that it starts can be told by its working directory.

use crate::started::start;
use recording::{Bytes, Event, Kind, Outcome};
use run::{Control, Run, Start, Stdin};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// A script that has not started yet.
pub struct Script {
    folder: TempDir,
    start: Start,
}

pub fn script(text: &str) -> Script {
    let folder = tempfile::tempdir().unwrap();
    let start = Start::new("sh", folder.path())
        .argument("-c")
        .argument(text);
    Script { folder, start }
}

impl Script {
    pub fn with_stdin(mut self, stdin: impl Into<Stdin>) -> Script {
        self.start = self.start.stdin(stdin);
        self
    }

    pub fn limited_to(mut self, time_limit: Duration) -> Script {
        self.start = self.start.time_limit(time_limit);
        self
    }

    pub fn bounded_by(mut self, bounds: run::Bounds) -> Script {
        self.start = self.start.bounds(bounds);
        self
    }

    pub fn starts(self) -> Running {
        let run = start(self.start).unwrap();
        Running {
            supervisor: run.supervisor_pid(),
            seen: Vec::new(),
            folder: self.folder,
            run,
        }
    }

    pub fn ends(self) -> Ended {
        self.starts().ends()
    }
}

/// A script that runs.
pub struct Running {
    pub run: Run,
    pub folder: TempDir,
    pub supervisor: u32,
    seen: Vec<Event>,
}

impl Running {
    /// Reads on until the script has written this to stdout.
    pub fn says(self, text: &str) -> Running {
        self.reads_until(|kind| matches!(kind, Kind::Stdout(bytes) if bytes.0 == text.as_bytes()))
    }

    /// Reads on until the script has written this to stderr.
    pub fn complains(self, text: &str) -> Running {
        self.reads_until(|kind| matches!(kind, Kind::Stderr(bytes) if bytes.0 == text.as_bytes()))
    }

    fn reads_until(mut self, awaited: impl Fn(&Kind) -> bool) -> Running {
        for event in self.run.by_ref() {
            let event = event.unwrap();
            if told_by_a_tracer(&event.kind) {
                continue;
            }
            let found = awaited(&event.kind);
            self.seen.push(event);
            if found {
                return self;
            }
        }
        panic!("the run is over, and never did so: {:?}", self.seen);
    }

    pub fn then(self, act: impl FnOnce(Control)) -> Running {
        act(self.run.control());
        self
    }

    pub fn ends(mut self) -> Ended {
        let events = self.run.by_ref().map(Result::unwrap);
        let of_a_run = events.filter(|event| !told_by_a_tracer(&event.kind));
        self.seen.extend(of_a_run);
        drop(self.run);
        Ended {
            events: self.seen,
            folder: self.folder,
            supervisor: self.supervisor,
        }
    }
}

/// A script that has ended.
pub struct Ended {
    pub events: Vec<Event>,
    folder: TempDir,
    supervisor: u32,
}

impl Ended {
    #[track_caller]
    pub fn with_status(self, code: i32) -> Ended {
        assert_eq!(self.outcome(), Outcome::Code(code), "{:?}", self.events);
        self
    }

    #[track_caller]
    pub fn by_signal(self, signal: i32) -> Ended {
        assert_eq!(self.outcome(), Outcome::Signal(signal), "{:?}", self.events);
        self
    }

    #[track_caller]
    pub fn having_said(self, stdout: impl AsRef<[u8]>) -> Ended {
        assert_same(&self.stdout(), stdout.as_ref());
        self
    }

    #[track_caller]
    pub fn having_complained(self, stderr: impl AsRef<[u8]>) -> Ended {
        let piece = |kind: &Kind| match kind {
            Kind::Stderr(Bytes(bytes)) => bytes.clone(),
            _ => Vec::new(),
        };
        let found: Vec<u8> = self.kinds().flat_map(piece).collect();
        assert_same(&found, stderr.as_ref());
        self
    }

    /// These were reported as left behind, in any order.
    #[track_caller]
    pub fn having_left(self, names: &[&str]) -> Ended {
        let left = self.kinds().filter_map(|kind| match kind {
            Kind::LeftBehind { name, .. } => Some(name.as_str()),
            _ => None,
        });
        let mut left: Vec<_> = left.collect();
        left.sort_unstable();
        assert_eq!(left, names, "{:?}", self.events);
        self
    }

    #[track_caller]
    pub fn within(self, limit: Duration) -> Ended {
        let last = self.events.last().unwrap();
        assert!(last.t < limit.as_secs_f64(), "{:?}", self.events);
        self
    }

    /// Nothing lives any more, not even the supervisor.
    #[track_caller]
    pub fn leaving_nothing(self) -> Ended {
        assert_eq!(standing_in(self.folder.path()), [""; 0]);
        assert!(!exists(self.supervisor), "the supervisor is still there");
        self
    }

    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.events.iter().map(|event| &event.kind)
    }

    pub fn stdout(&self) -> Vec<u8> {
        let piece = |kind: &Kind| match kind {
            Kind::Stdout(Bytes(bytes)) => bytes.clone(),
            _ => Vec::new(),
        };
        self.kinds().flat_map(piece).collect()
    }

    #[track_caller]
    fn outcome(&self) -> Outcome {
        match self.events.last().map(|event| &event.kind) {
            Some(Kind::Exited { outcome, .. }) => *outcome,
            _ => panic!("the last event is no end: {:?}", self.events),
        }
    }
}

/// What a run without a tracer does not have.
fn told_by_a_tracer(kind: &Kind) -> bool {
    matches!(kind, Kind::Process(_) | Kind::Seen(_))
}

#[track_caller]
fn assert_same(found: &[u8], expected: &[u8]) {
    let as_text = String::from_utf8_lossy;
    if expected.len() < 1000 {
        assert_eq!(as_text(found), as_text(expected));
    }
    assert!(found == expected, "{} bytes differ", found.len());
}

pub fn exists(pid: u32) -> bool {
    let pid = rustix::process::Pid::from_raw(pid.cast_signed()).unwrap();
    rustix::process::test_kill_process(pid).is_ok()
}

/// Each process whose working directory this is. A zombie stands nowhere.
#[cfg(target_os = "linux")]
pub fn standing_in(folder: &Path) -> Vec<String> {
    use std::{fs, path::PathBuf};
    let folder = fs::canonicalize(folder).unwrap();
    let pids = fs::read_dir("/proc").unwrap().flatten();
    let stands =
        |process: &PathBuf| fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd == folder);
    let found = pids.map(|entry| entry.path()).filter(stands);
    found
        .map(|process| {
            let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
            format!("{} {}", process.display(), name.trim_end())
        })
        .collect()
}

/// Nothing: this platform does not tell.
#[cfg(not(target_os = "linux"))]
pub fn standing_in(_: &Path) -> Vec<String> {
    Vec::new()
}

/// Waits until something holds that no event tells of, since it happens to
/// processes that are not ours.
#[cfg(target_os = "linux")]
#[track_caller]
pub fn await_that(what: &str, mut holds: impl FnMut() -> bool) {
    use std::time::Instant;
    let give_up = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < give_up, "not after 20 s: {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}
