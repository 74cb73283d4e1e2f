//! The supervisor, as its owner sees it: a child that may have to be woken, or
//! killed.

use crate::descendants::Descendants;
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use std::io;
use std::process::{Child, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// How long the descendants of a supervisor are killed before it is killed itself.
const AFTER_KILL: Duration = Duration::from_secs(5);

/// The time between two looks at what is left of them.
const LOOK_INTERVAL: Duration = Duration::from_millis(10);

/// The running program `supervise`.
#[derive(Debug)]
pub(crate) struct SupervisorProcess(Child);

impl From<Child> for SupervisorProcess {
    fn from(child: Child) -> SupervisorProcess {
        SupervisorProcess(child)
    }
}

impl SupervisorProcess {
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// Another thread of ours that waits for any child has waited for this one.
    pub(crate) fn wait(&mut self) -> io::Result<ExitStatus> {
        self.0.wait()
    }

    /// Has it go on if it was stopped: any program of the same user may do that,
    /// the one that it supervises too. Nothing happens to one that runs.
    pub(crate) fn wake(&mut self) {
        if let Ok(None) = self.0.try_wait() {
            let _ = kill_process(Pid::from_child(&self.0), Signal::CONT);
        }
    }

    /// Kills all that it supervises and then the supervisor itself, which may be
    /// dead already. They are found as its descendants as long as it lives, even if
    /// it is stopped; after its death only the program's group is known.
    pub(crate) fn kill(&mut self, group: Option<Pid>) {
        let run = Descendants::of(Pid::from_child(&self.0), group);
        let give_up = Instant::now() + AFTER_KILL;
        while let Ok(None) = self.0.try_wait()
            && let Ok(living) = run.living()
            && !living.is_empty()
            && Instant::now() < give_up
        {
            run.kill(&living);
            thread::sleep(LOOK_INTERVAL);
        }
        if let Some(group) = group {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
