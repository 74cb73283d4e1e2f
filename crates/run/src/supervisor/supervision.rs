//! The course of a run, from the program's start until nothing of it is left.

use super::event::SupervisorEvent;
use super::program::{Program, Signal};
use super::resource_watch::ResourceWatch;
use crate::descendants::{Descendants, Process};
use crate::protocol::{Report, rounded, write_line};
use anyhow::bail;
use recording::{Event, Kind, Outcome, Resource};
use rustix::process::getpid;
use std::collections::HashSet;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long what is left after the program may take to end by itself, as `yes`
/// does when the shell that ran `yes | head` has gone.
const GRACE: Duration = Duration::from_millis(200);

/// The time from the interrupt to the terminate. A program may have a file to
/// finish, and so may what it has started.
const AFTER_INTERRUPT: Duration = Duration::from_secs(1);

/// The time from the terminate to the kill.
const AFTER_TERMINATE: Duration = Duration::from_millis(500);

/// The time between two looks at what is left.
const LOOK_INTERVAL: Duration = Duration::from_millis(10);

/// How long what was killed may take to be gone. A process that waits in the
/// kernel for a device that does not answer cannot be killed.
const AFTER_KILL: Duration = Duration::from_secs(5);

/// How many processes are told of as left behind: more than a reader would read,
/// and so few that the reports fit into the socket of an owner that does not
/// listen.
const MAX_LEFT_BEHIND: usize = 100;

/// A run, as its supervisor sees it.
pub(super) struct Supervision {
    program: Program,
    descendants: Descendants,
    owner: UnixStream,
    events: Receiver<SupervisorEvent>,
    /// The time limit: the moment at which it ends the run, and its length.
    time_limit: Option<(Instant, Duration)>,
    /// Holds the run against its bounds; `None` without bounds, and as soon as one is
    /// exceeded or the program has ended.
    watch: Option<ResourceWatch>,
    /// The next signal of a stop that has begun, and when to send it.
    stopping: Option<(Instant, Signal)>,
    /// How long the processes that got the interrupt may take to end, even if the
    /// program has ended.
    asked_until: Option<Instant>,
    /// When all processes must be gone, since they were killed.
    killed_until: Option<Instant>,
    childless: bool,
    /// Why the run cannot be supervised any more.
    broken: Option<anyhow::Error>,
    told: HashSet<Process>,
}

impl Supervision {
    pub(super) fn new(
        program: Program,
        owner: UnixStream,
        events: Receiver<SupervisorEvent>,
    ) -> Supervision {
        Supervision {
            time_limit: None,
            watch: None,
            descendants: Descendants::of(getpid(), Some(program.pid)),
            program,
            owner,
            events,
            stopping: None,
            asked_until: None,
            killed_until: None,
            childless: false,
            broken: None,
            told: HashSet::new(),
        }
    }

    /// A limit beyond what the clock can hold is no limit.
    pub(super) fn limited_to(mut self, time_limit: Option<Duration>) -> Supervision {
        let too_long = |limit| Some((self.program.began.checked_add(limit)?, limit));
        self.time_limit = time_limit.and_then(too_long);
        self
    }

    pub(super) fn bounded_by(mut self, watch: Option<ResourceWatch>) -> Supervision {
        self.watch = watch;
        self
    }

    /// Tells the owner that the program runs.
    pub(super) fn begun(mut self, command: String) -> Supervision {
        let pid = self.program.pid.as_raw_pid().cast_unsigned();
        self.tell(Kind::Started { pid, command });
        self
    }

    /// Supervises the run until nothing of it is left, and tells the owner of
    /// everything that happens, [`Kind::Exited`] last.
    ///
    /// # Errors
    /// What was killed does not go, the owner's orders cannot be read, or the use
    /// of the machine cannot be looked at. Whatever could be killed has been.
    pub(super) fn until_the_end(mut self) -> anyhow::Result<()> {
        let (outcome, ended) = self.until_the_program_ends()?;
        let watch = self.watch.take();
        if let Some(exceeded) = watch.and_then(|it| it.exceeded_by(outcome)) {
            self.tell_exceeded(exceeded);
        }
        let cleared_up = self.clear_up();
        if let Some(error) = self.broken {
            return Err(error);
        }
        cleared_up?;
        let seconds = rounded((ended - self.program.began).as_secs_f64());
        self.tell(Kind::Exited { outcome, seconds });
        Ok(())
    }

    fn until_the_program_ends(&mut self) -> anyhow::Result<(Outcome, Instant)> {
        loop {
            match self.next(self.next_deadline()) {
                Some(SupervisorEvent::Ended(outcome, when)) => return Ok((outcome, when)),
                Some(SupervisorEvent::Stop) if self.stopping.is_none() => {
                    self.stop(Signal::Interrupt)
                }
                Some(SupervisorEvent::Stop) => {}
                Some(SupervisorEvent::End) => self.kill_all(),
                Some(SupervisorEvent::Broken(error)) => {
                    self.broken = Some(error);
                    self.kill_all();
                }
                Some(SupervisorEvent::Childless) => bail!("the program has gone without a status"),
                None => self.time_is_up()?,
            }
        }
    }

    /// The next event; `None` if there is none before `deadline`.
    fn next(&self, deadline: Option<Instant>) -> Option<SupervisorEvent> {
        let Some(deadline) = deadline else {
            return self.events.recv().ok();
        };
        let time = deadline.saturating_duration_since(Instant::now());
        match self.events.recv_timeout(time) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                // No thread can tell of anything any more; time passes all the same.
                thread::sleep(deadline.saturating_duration_since(Instant::now()));
                None
            }
        }
    }

    fn next_deadline(&self) -> Option<Instant> {
        let limit = self.time_limit.map(|(when, _)| when);
        let stop = self.stopping.map(|(when, _)| when);
        let look = self.watch.as_ref().map(|watch| watch.next_look);
        [limit, stop, look, self.killed_until]
            .into_iter()
            .flatten()
            .min()
    }

    fn time_is_up(&mut self) -> anyhow::Result<()> {
        let now = Instant::now();
        if self.killed_until.is_some_and(|until| until <= now) {
            bail!("{}", self.unkillable());
        }
        if let Some((_, limit)) = self.time_limit.take_if(|(when, _)| *when <= now) {
            let seconds = limit.as_secs_f64();
            self.tell(Kind::TimedOut { seconds });
            self.kill_all();
        }
        if let Some((_, signal)) = self.stopping.take_if(|(when, _)| *when <= now) {
            self.stop(signal);
        }
        self.look(now);
        Ok(())
    }

    fn look(&mut self, now: Instant) {
        let Some(watch) = self.watch.as_mut().filter(|it| it.next_look <= now) else {
            return;
        };
        match watch.exceeded(self.descendants) {
            Ok(None) => return,
            Ok(Some(exceeded)) => self.tell_exceeded(exceeded),
            Err(error) => self.broken = Some(error),
        }
        self.watch = None;
        self.kill_all();
    }

    // ANCHOR: stop
    fn stop(&mut self, signal: Signal) {
        let (grace, then) = match signal {
            Signal::Interrupt => (AFTER_INTERRUPT, Signal::Terminate),
            Signal::Terminate => (AFTER_TERMINATE, Signal::Kill),
            Signal::Kill => return self.kill_all(),
        };
        self.program.signal(signal);
        self.program.wake();
        self.asked_until = Some(Instant::now() + AFTER_INTERRUPT);
        self.stopping = Some((Instant::now() + grace, then));
    }
    // ANCHOR_END: stop

    /// Ends the whole run at once.
    fn kill_all(&mut self) {
        let until = Instant::now() + AFTER_KILL;
        self.killed_until.get_or_insert(until);
        self.program.signal(Signal::Kill);
        // Descendants that cannot be found now are looked for again when the
        // program has ended.
        let living = self.descendants.living().unwrap_or_default();
        self.descendants.kill(&living);
    }

    /// Ends what the program has left, and tells of it, unless the whole run was
    /// ended: then nothing was left behind.
    // ANCHOR: clear_up
    fn clear_up(&mut self) -> anyhow::Result<()> {
        let grace = Instant::now() + GRACE;
        let grace = self.asked_until.map_or(grace, |until| until.max(grace));
        if self.killed_until.is_none() && self.gone_by(grace) {
            return Ok(());
        }
        let give_up = Instant::now() + AFTER_KILL;
        while !self.gone_by(Instant::now() + LOOK_INTERVAL) {
            if Instant::now() > give_up {
                bail!("{}", self.unkillable());
            }
            // What cannot be read now may be at the next look.
            let left = self.descendants.living().unwrap_or_default();
            self.descendants.kill(&left);
            for process in left {
                self.tell_of(process);
            }
        }
        Ok(())
    }
    // ANCHOR_END: clear_up

    /// Waits for the end of all that the program has left: whether it came. The
    /// wait is over at `deadline`, and when the owner stops or ends the run.
    fn gone_by(&mut self, deadline: Instant) -> bool {
        loop {
            if self.descendants.none_left(self.childless) {
                return true;
            }
            let now = Instant::now();
            let look_again = self.childless.then_some(now + LOOK_INTERVAL);
            match self.next(look_again.into_iter().chain([deadline]).min()) {
                Some(SupervisorEvent::Childless) => self.childless = true,
                Some(SupervisorEvent::End) => {
                    self.killed_until.get_or_insert(now);
                    return false;
                }
                Some(SupervisorEvent::Broken(error)) => {
                    self.broken = Some(error);
                    return false;
                }
                Some(SupervisorEvent::Stop) => return false,
                Some(SupervisorEvent::Ended(..)) => {}
                None if deadline <= Instant::now() => return false,
                None => {}
            }
        }
    }

    fn tell_of(&mut self, left: Process) {
        let pid = left.pid.as_raw_pid().cast_unsigned();
        let name = left.name.clone();
        let enough = self.killed_until.is_some() || self.told.len() >= MAX_LEFT_BEHIND;
        if !enough && self.told.insert(left) {
            self.tell(Kind::LeftBehind { pid, name });
        }
    }

    fn tell_exceeded(&mut self, (what, most): (Resource, u64)) {
        self.tell(Kind::Exceeded { most, what });
    }

    fn tell(&mut self, kind: Kind) {
        let t = rounded(self.program.began.elapsed().as_secs_f64());
        // The thread that reads the owner's orders notices if the owner has gone.
        let _ = write_line(&mut self.owner, &Report::Happened(Event { t, kind }));
    }

    fn unkillable(&self) -> String {
        let seconds = AFTER_KILL.as_secs();
        let left = match self.descendants.living() {
            Ok(left) => {
                let left: Vec<_> = left.iter().map(Process::to_string).collect();
                left.join(", ")
            }
            Err(error) => format!("nobody knows what ({error:#})"),
        };
        format!("killed {seconds} s ago, and still there: {left}")
    }
}
