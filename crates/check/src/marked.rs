//! All processes of a trial, wherever they have gone.

use rustix::process::{Pid, Signal, kill_process};
use std::time::{Duration, Instant};
use std::{fs, process, thread};

/// The variable that a trial's processes have in their environment.
pub(crate) const MARK: &str = "CHECK_TRIAL";

/// Between two looks.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// How long what was killed may take to be gone.
const AFTER_KILL: Duration = Duration::from_secs(5);

/// One trial's mark: no other process on this machine has it.
pub(crate) struct Mark(String);

impl Mark {
    pub(crate) fn new(folder: &std::path::Path) -> Mark {
        Mark(format!("{} {}", process::id(), folder.display()))
    }

    pub(crate) fn value(&self) -> &str {
        &self.0
    }

    /// The living processes that bear it, and their names. Where there is no
    /// `/proc`, none is found.
    pub(crate) fn living(&self) -> Vec<(Pid, String)> {
        let folders = fs::read_dir("/proc").into_iter().flatten().flatten();
        let pids = folders.filter_map(|folder| {
            let pid = folder.file_name().to_str()?.parse().ok()?;
            Pid::from_raw(pid)
        });
        pids.filter(|pid| self.is_on(*pid))
            .filter_map(|pid| Some((pid, name(pid)?)))
            .collect()
    }

    /// A zombie's environment is empty: it bears no mark any more
    /// (`proc_pid_environ(5)`).
    fn is_on(&self, pid: Pid) -> bool {
        let environment = fs::read(format!("/proc/{}/environ", pid.as_raw_pid()));
        let wanted = format!("{MARK}={}", self.0);
        environment.is_ok_and(|all| {
            all.split(|byte| *byte == 0)
                .any(|it| it == wanted.as_bytes())
        })
    }

    /// Waits a moment for the end of all that bear it, then ends those that
    /// have not ended: their names.
    pub(crate) fn ended_after(&self, grace: Duration) -> Vec<String> {
        let deadline = Instant::now() + grace;
        let mut left = self.living();
        while !left.is_empty() && Instant::now() < deadline {
            thread::sleep(LOOK_AGAIN);
            left = self.living();
        }
        let names = left.into_iter().map(|(_, name)| name).collect();
        self.end();
        names
    }

    /// Kills all that bear it, and whatever they start meanwhile.
    pub(crate) fn end(&self) {
        let deadline = Instant::now() + AFTER_KILL;
        loop {
            let living = self.living();
            if living.is_empty() || Instant::now() > deadline {
                return;
            }
            for (pid, _) in living {
                let _ = kill_process(pid, Signal::KILL);
            }
            thread::sleep(LOOK_AGAIN);
        }
    }
}

fn name(pid: Pid) -> Option<String> {
    let name = fs::read_to_string(format!("/proc/{}/comm", pid.as_raw_pid())).ok()?;
    Some(format!("{} (pid {})", name.trim_end(), pid.as_raw_pid()))
}
