//! The mark by which all processes of a trial are found, wherever they have
//! gone: a variable in their environment.

use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, process, thread};

/// The variable that a trial's processes have in their environment.
pub(crate) const MARK_VARIABLE: &str = "TRIAL_MARK";

/// The pause between two looks at `/proc`.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// How long killed processes may take to be gone.
const KILL_LIMIT: Duration = Duration::from_secs(5);

/// One trial's mark: no other process on this machine has it.
pub(crate) struct Mark(String);

impl Mark {
    /// The mark of the trial that has this folder to itself.
    pub(crate) fn new(folder: &Path) -> Mark {
        Mark(format!("{} {}", process::id(), folder.display()))
    }

    pub(crate) fn value(&self) -> &str {
        &self.0
    }

    /// The living processes that bear it, and their names. Where there is no
    /// `/proc`, none is found.
    fn living(&self) -> Vec<(Pid, String)> {
        let folders = fs::read_dir("/proc").into_iter().flatten().flatten();
        let pids = folders.filter_map(|folder| {
            let pid = folder.file_name().to_str()?.parse().ok()?;
            Pid::from_raw(pid)
        });
        pids.filter(|pid| self.is_on(*pid))
            .filter_map(|pid| Some((pid, name(pid)?)))
            .collect()
    }

    /// Whether a process bears it. A zombie does not: its environment is empty
    /// (`proc_pid_environ(5)`).
    fn is_on(&self, pid: Pid) -> bool {
        let environment = fs::read(format!("/proc/{}/environ", pid.as_raw_pid()));
        let wanted = format!("{MARK_VARIABLE}={}", self.0);
        environment.is_ok_and(|all| {
            all.split(|byte| *byte == 0)
                .any(|it| it == wanted.as_bytes())
        })
    }

    /// Waits as long as `grace` for the end of all that bear it, then kills
    /// those that are left: their names.
    pub(crate) fn kill_after(&self, grace: Duration) -> Vec<String> {
        let deadline = Instant::now() + grace;
        let mut left = self.living();
        while !left.is_empty() && Instant::now() < deadline {
            thread::sleep(POLL_INTERVAL);
            left = self.living();
        }
        let names = left.into_iter().map(|(_, name)| name).collect();
        self.kill();
        names
    }

    /// Kills all that bear it, and whatever they start meanwhile.
    pub(crate) fn kill(&self) {
        let deadline = Instant::now() + KILL_LIMIT;
        loop {
            let living = self.living();
            if living.is_empty() || Instant::now() > deadline {
                return;
            }
            for (pid, _) in living {
                let _ = kill_process(pid, Signal::KILL);
            }
            thread::sleep(POLL_INTERVAL);
        }
    }
}

fn name(pid: Pid) -> Option<String> {
    let name = fs::read_to_string(format!("/proc/{}/comm", pid.as_raw_pid())).ok()?;
    Some(format!("{} (pid {})", name.trim_end(), pid.as_raw_pid()))
}
