//! The course of a run, from the program's start until nothing of it is left.

use super::kin::{self, Process};
use super::lookout::Lookout;
use super::program::Program;
use crate::protocol::{Report, Signal, rounded, say};
use anyhow::bail;
use recording::{Event, Kind, Outcome, Resource};
use std::collections::HashSet;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// What is left after the program may still end by itself, as `yes` does when
/// the shell that ran `yes | head` has gone.
const GRACE: Duration = Duration::from_millis(200);

/// After an interrupt, before the terminate: a program may have a file to
/// finish, and so may what it has started.
const AFTER_INTERRUPT: Duration = Duration::from_secs(1);

/// After a terminate, before everything is killed.
const AFTER_TERMINATE: Duration = Duration::from_millis(500);

/// Between two looks at what is left.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// How long what was killed may take to be gone. What waits in the kernel for a
/// device that does not answer cannot be killed.
const AFTER_KILL: Duration = Duration::from_secs(5);

/// More than a reader would read, and less than a socket holds: an owner that
/// does not listen holds nothing up.
const MOST_TOLD: usize = 100;

/// What can happen to a supervisor.
pub(super) enum News {
    Signal(Signal),
    Stop,
    /// The owner wants the end of everything, or has gone.
    End,
    Broken(anyhow::Error),
    /// The program was waited for.
    Ended(Outcome, Instant),
    /// This process has no child any more.
    Childless,
}

pub(super) struct Watch {
    program: Program,
    owner: UnixStream,
    news: Receiver<News>,
    /// When the run has lasted too long, and how long that is.
    time_limit: Option<(Instant, Duration)>,
    /// Looks what the run takes, as long as that matters.
    lookout: Option<Lookout>,
    /// When a stop goes on, and with which signal.
    stopping: Option<(Instant, Signal)>,
    /// How long what was asked to end may take, even without the program.
    patience: Option<Instant>,
    /// When what was killed must be gone.
    killed: Option<Instant>,
    childless: bool,
    /// Why the run cannot be supervised any more.
    broken: Option<anyhow::Error>,
    told: HashSet<Process>,
}

impl Watch {
    pub(super) fn new(program: Program, owner: UnixStream, news: Receiver<News>) -> Watch {
        Watch {
            time_limit: None,
            lookout: None,
            program,
            owner,
            news,
            stopping: None,
            patience: None,
            killed: None,
            childless: false,
            broken: None,
            told: HashSet::new(),
        }
    }

    /// A limit beyond what the clock can say is none.
    pub(super) fn limited_to(mut self, time_limit: Option<Duration>) -> Watch {
        let too_long = |limit| Some((self.program.began.checked_add(limit)?, limit));
        self.time_limit = time_limit.and_then(too_long);
        self
    }

    pub(super) fn bounded_by(mut self, lookout: Option<Lookout>) -> Watch {
        self.lookout = lookout;
        self
    }

    /// Tells the owner of everything that happens, [`Kind::Exited`] last.
    pub(super) fn until_the_end(mut self, command: String) -> anyhow::Result<()> {
        let pid = self.program.pid.as_raw_pid().cast_unsigned();
        self.tell(Kind::Started { pid, command });
        let (outcome, ended) = self.until_the_program_ends()?;
        let lookout = self.lookout.take();
        if let Some(exceeded) = lookout.and_then(|it| it.exceeded_by(outcome)) {
            self.tell_exceeded(exceeded);
        }
        self.clear_up()?;
        if let Some(error) = self.broken {
            return Err(error);
        }
        let seconds = rounded((ended - self.program.began).as_secs_f64());
        self.tell(Kind::Exited { outcome, seconds });
        Ok(())
    }

    fn until_the_program_ends(&mut self) -> anyhow::Result<(Outcome, Instant)> {
        loop {
            match self.next(self.next_deadline()) {
                Some(News::Ended(outcome, when)) => return Ok((outcome, when)),
                Some(News::Signal(signal)) => self.signal(signal),
                Some(News::Stop) if self.stopping.is_none() => self.stop(Signal::Interrupt)?,
                Some(News::Stop) => {}
                Some(News::End) => self.kill_all()?,
                Some(News::Broken(error)) => {
                    self.broken = Some(error);
                    self.kill_all()?;
                }
                Some(News::Childless) => bail!("the program has gone without a status"),
                None => self.time_is_up()?,
            }
        }
    }

    /// The next news; `None` if none come until then.
    fn next(&self, deadline: Option<Instant>) -> Option<News> {
        let Some(deadline) = deadline else {
            return self.news.recv().ok();
        };
        let time = deadline.saturating_duration_since(Instant::now());
        match self.news.recv_timeout(time) {
            Ok(news) => Some(news),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                // Whoever could have news has gone; the time passes all the same.
                thread::sleep(deadline.saturating_duration_since(Instant::now()));
                None
            }
        }
    }

    fn next_deadline(&self) -> Option<Instant> {
        let limit = self.time_limit.map(|(when, _)| when);
        let stop = self.stopping.map(|(when, _)| when);
        let look = self.lookout.as_ref().map(|lookout| lookout.next);
        [limit, stop, look, self.killed].into_iter().flatten().min()
    }

    fn time_is_up(&mut self) -> anyhow::Result<()> {
        let now = Instant::now();
        if self.killed.is_some_and(|gone| gone <= now) {
            bail!("{}", self.unkillable()?);
        }
        if let Some((_, limit)) = self.time_limit.take_if(|(when, _)| *when <= now) {
            let seconds = limit.as_secs_f64();
            self.tell(Kind::TimedOut { seconds });
            self.kill_all()?;
        }
        if let Some((_, signal)) = self.stopping.take_if(|(when, _)| *when <= now) {
            self.stop(signal)?;
        }
        self.look(now)
    }

    fn look(&mut self, now: Instant) -> anyhow::Result<()> {
        let Some(lookout) = self.lookout.as_mut().filter(|it| it.next <= now) else {
            return Ok(());
        };
        if let Some(exceeded) = lookout.exceeded(self.program.pid)? {
            self.lookout = None;
            self.tell_exceeded(exceeded);
            self.kill_all()?;
        }
        Ok(())
    }

    // ANCHOR: stop
    fn stop(&mut self, signal: Signal) -> anyhow::Result<()> {
        let (grace, then) = match signal {
            Signal::Interrupt => (AFTER_INTERRUPT, Signal::Terminate),
            Signal::Terminate => (AFTER_TERMINATE, Signal::Kill),
            Signal::Kill => return self.kill_all(),
        };
        self.signal(signal);
        self.program.wake();
        self.stopping = Some((Instant::now() + grace, then));
        Ok(())
    }
    // ANCHOR_END: stop

    fn signal(&mut self, signal: Signal) {
        self.program.signal(signal);
        let asked = signal != Signal::Kill;
        self.patience = asked.then(|| Instant::now() + AFTER_INTERRUPT);
    }

    /// Ends the whole run at once.
    fn kill_all(&mut self) -> anyhow::Result<()> {
        let gone = Instant::now() + AFTER_KILL;
        self.killed.get_or_insert(gone);
        self.program.signal(Signal::Kill);
        kin::end(&kin::living(self.program.pid)?, self.program.pid);
        Ok(())
    }

    /// Ends what the program has left, and tells of it, unless the whole run was
    /// ended: then nothing was left behind.
    // ANCHOR: clear_up
    fn clear_up(&mut self) -> anyhow::Result<()> {
        let grace = Instant::now() + GRACE;
        let grace = self.patience.map_or(grace, |patience| patience.max(grace));
        if self.killed.is_none() && self.gone_by(grace) {
            return Ok(());
        }
        let give_up = Instant::now() + AFTER_KILL;
        while !self.gone_by(Instant::now() + LOOK_AGAIN) {
            if Instant::now() > give_up {
                bail!("{}", self.unkillable()?);
            }
            let left = kin::living(self.program.pid)?;
            kin::end(&left, self.program.pid);
            for process in left {
                self.tell_of(process);
            }
        }
        Ok(())
    }
    // ANCHOR_END: clear_up

    /// Waits for the end of all that the program has left, but not beyond
    /// `deadline`, nor if somebody ends the run.
    fn gone_by(&mut self, deadline: Instant) -> bool {
        loop {
            if kin::gone(self.childless, self.program.pid) {
                return true;
            }
            let now = Instant::now();
            let look_again = self.childless.then_some(now + LOOK_AGAIN);
            match self.next(look_again.into_iter().chain([deadline]).min()) {
                Some(News::Childless) => self.childless = true,
                Some(News::End) => {
                    self.killed.get_or_insert(now);
                    return false;
                }
                Some(News::Broken(error)) => {
                    self.broken = Some(error);
                    return false;
                }
                Some(News::Stop) => return false,
                Some(News::Signal(_) | News::Ended(..)) => {}
                None if deadline <= Instant::now() => return false,
                None => {}
            }
        }
    }

    fn tell_of(&mut self, left: Process) {
        let pid = left.pid.as_raw_pid().cast_unsigned();
        let name = left.name.clone();
        let enough = self.killed.is_some() || self.told.len() >= MOST_TOLD;
        if !enough && self.told.insert(left) {
            self.tell(Kind::LeftBehind { pid, name });
        }
    }

    fn tell_exceeded(&mut self, (what, most): (Resource, u64)) {
        self.tell(Kind::Exceeded { most, what });
    }

    fn tell(&mut self, kind: Kind) {
        let t = rounded(self.program.began.elapsed().as_secs_f64());
        // An owner that has gone is noticed by the thread that listens to it.
        let _ = say(&mut self.owner, &Report::Happened(Event { t, kind }));
    }

    fn unkillable(&self) -> anyhow::Result<String> {
        let seconds = AFTER_KILL.as_secs();
        let left = kin::living(self.program.pid)?;
        let left: Vec<_> = left.iter().map(Process::to_string).collect();
        let left = left.join(", ");
        Ok(format!("killed {seconds} s ago, and still there: {left}"))
    }
}
