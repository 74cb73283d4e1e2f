//! The loop, and what it knows.

use super::process::Processes;
use super::ptrace::{self, Change, Status, Stop, Tid, outcome};
use super::quiet::Quiet;
use super::sleep::Sleep;
use crate::calls::{Call, Listener};
use crate::lines::Lines;
use crate::tell::{Moment, Teller};
use crate::waits::Lookout;
use recording::Kind;
use recording::traced::{Did, ProcessEvent};
use rustix::event::PollFlags;
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeSet;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// So often we look after those that are stopped.
const OFTEN: Duration = Duration::from_millis(1);

/// Of more processes than these, only those are looked at that do something.
const FEW: usize = 16;

pub(super) struct Tracer {
    pub(super) supervisor: Tid,
    pub(super) teller: Teller,
    sleep: Sleep,
    /// The program, once it is born.
    pub(super) program: Option<Tid>,
    /// It has become what was to be started.
    pub(super) program_runs: bool,
    supervisor_has_ended: bool,
    pub(super) processes: Processes,
    /// Stopped before their parents have told of them.
    pub(super) newborn: BTreeSet<Tid>,
    /// Kept waiting until the owner has taken what is told.
    pub(super) kept: Vec<Tid>,
    pub(super) lookout: Lookout,
    /// The listing's own lines, once it runs.
    pub(super) lines: Option<Lines>,
    pub(super) quiet: Quiet,
    /// Where the program sends the listener, and the listener.
    socket: UnixStream,
    pub(super) listener: Option<Listener>,
    /// Calls that were told, and do not happen yet.
    pub(super) delayed: Vec<Call>,
    /// Stopped processes that were seized again since they are about to go on.
    pub(super) resumed: BTreeSet<Tid>,
    /// Processes that have set a clock, which may wake them.
    pub(super) alarmed: BTreeSet<recording::traced::Pid>,
}

impl Tracer {
    pub(super) fn new(started: (Tid, UnixStream), teller: Teller, sleep: Sleep) -> Tracer {
        let (supervisor, socket) = started;
        Tracer {
            supervisor,
            teller,
            sleep,
            program: None,
            program_runs: false,
            supervisor_has_ended: false,
            processes: Processes::default(),
            newborn: BTreeSet::new(),
            kept: Vec::new(),
            lookout: Lookout::default(),
            lines: None,
            quiet: Quiet::new(),
            socket,
            listener: None,
            delayed: Vec::new(),
            resumed: BTreeSet::new(),
            alarmed: BTreeSet::new(),
        }
    }

    /// Follows all, until nothing of the run is left.
    ///
    /// # Errors
    /// The system refuses what it allowed before.
    pub(super) fn follow(mut self) -> anyhow::Result<()> {
        loop {
            self.hear_changes()?;
            self.find_reaped()?;
            self.find_continued()?;
            self.look_around()?;
            self.teller.send();
            self.release_kept();
            if self.processes.is_empty() && self.program.is_some() {
                self.teller.end_streams();
            }
            if self.processes.is_empty() && self.supervisor_has_ended {
                break;
            }
            if self.sleep()? {
                self.hear_call()?;
            }
        }
        self.teller.finish();
        Ok(())
    }

    /// Hears of all that has changed by now.
    pub(super) fn hear_changes(&mut self) -> anyhow::Result<()> {
        while let Some((tid, change)) = ptrace::next_change()? {
            self.find_reaped()?;
            self.heard(tid, change)?;
        }
        Ok(())
    }

    /// Takes the listener that the program has sent before it became another.
    pub(super) fn begin_to_listen(&mut self) {
        self.listener = Listener::receive(&self.socket);
    }

    /// Whether a call waits to be told.
    fn sleep(&self) -> anyhow::Result<bool> {
        let all = || self.processes.all.values();
        let any_loose = all().any(|it| it.loose.is_some()).then_some(OFTEN);
        let quiet = (self.program_runs && !self.processes.is_empty()).then(|| self.quiet.time());
        let time = any_loose.into_iter().chain(quiet).min();
        let pidfds = all().filter_map(|it| {
            let pidfd = it.pidfd.as_ref().map(AsFd::as_fd)?;
            match (&it.died, &it.left) {
                // With no event asked for, only the hang-up is told: that it has ended
                // would be told again and again.
                (Some(_), _) => Some((pidfd, PollFlags::empty())),
                (None, Some(_)) => Some((pidfd, PollFlags::IN)),
                (None, None) => None,
            }
        });
        let calls = self.listener.as_ref().map(AsFd::as_fd);
        self.sleep
            .until(time, calls, self.teller.waits_for(), pidfds)
    }

    fn heard(&mut self, tid: Tid, change: Change) -> anyhow::Result<()> {
        if tid == self.supervisor {
            return self.heard_supervisor(tid);
        }
        if change == Change::Ended {
            self.ended(tid)?;
        }
        match ptrace::take(tid) {
            Some(Status::Stopped(stop)) => self.stopped(tid, stop),
            // It was killed between the look at it and this.
            Some(Status::Ended(status)) if change == Change::Stopped => {
                let now = self.teller.now()?;
                self.ended_by(tid, Some(outcome(status)), now)
            }
            Some(Status::Ended(_)) | None => Ok(()),
        }
    }

    /// The supervisor is traced until the program is born.
    fn heard_supervisor(&mut self, tid: Tid) -> anyhow::Result<()> {
        match ptrace::take(tid) {
            Some(Status::Stopped(Stop::Fork | Stop::Vfork)) => {
                if let Some(child) = ptrace::started(tid) {
                    self.program_is_born(child);
                }
                ptrace::let_go(tid);
            }
            Some(Status::Stopped(Stop::Signal(signal))) if self.program.is_none() => {
                ptrace::go_on(tid, signal)
            }
            // A program can stop its supervisor, as it can any process of its user.
            Some(Status::Stopped(_)) if self.program.is_some() => {
                self.signal(tid, Signal::CONT);
            }
            Some(Status::Stopped(_)) => ptrace::go_on(tid, 0),
            Some(Status::Ended(_)) => {
                self.supervisor_has_ended = true;
                // Nobody is there any more who would end them.
                self.kill_all();
            }
            None => {}
        }
        Ok(())
    }

    fn kill_all(&self) {
        for pid in self.processes.all.keys() {
            self.signal(*pid, Signal::KILL);
        }
    }

    fn signal(&self, pid: Tid, signal: Signal) {
        if let Some(pid) = Pid::from_raw(pid) {
            let _ = kill_process(pid, signal);
        }
    }

    /// Lets new processes go on when the owner has taken what was told of them.
    fn release_kept(&mut self) {
        if !self.teller.is_behind() {
            for tid in std::mem::take(&mut self.kept) {
                ptrace::go_on(tid, 0);
            }
        }
    }

    pub(super) fn tell(&mut self, pid: Tid, did: Did) -> anyhow::Result<()> {
        self.tell_from(None, pid, did)
    }

    /// Tells what a line of the listing brought about.
    pub(super) fn tell_from(
        &mut self,
        line: Option<u32>,
        pid: Tid,
        did: Did,
    ) -> anyhow::Result<()> {
        let now = self.teller.now()?;
        self.tell_at(now, line, pid, did)
    }

    pub(super) fn tell_at(
        &mut self,
        moment: Moment,
        line: Option<u32>,
        pid: Tid,
        did: Did,
    ) -> anyhow::Result<()> {
        self.quiet.is_over();
        let pid = pid.cast_unsigned();
        let event = ProcessEvent { pid, did, line };
        self.teller.tell_at(moment, Kind::Process(event))
    }

    /// Those that are looked at each time; of more, only those that do something.
    pub(super) fn few(&self) -> Vec<Tid> {
        self.processes.living().take(FEW).collect()
    }
}
