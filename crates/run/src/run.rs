//! A run, as its owner sees it.

use crate::control::Control;
use crate::protocol::{Report, rounded};
use crate::reports::Reports;
use crate::stream::{Found, Stream};
use crate::turns::{Turn, Turns};
use anyhow::{Context, bail};
use recording::{Bytes, Event, Kind};
use rustix::process::{Pid, kill_process_group};
use std::collections::VecDeque;
use std::io::{self, PipeReader};
use std::net::Shutdown;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::process::Child;
use std::time::{Duration, Instant};

/// After the end of a run nobody should hold its streams. If somebody does (a
/// process that opened `/proc/PID/fd/1`, or left the group where there is no
/// subreaper), so much silence is the end of them.
const SILENCE: Duration = Duration::from_millis(500);

/// How long a dropped run waits for its supervisor before it kills it.
const FAREWELL: Duration = Duration::from_secs(10);

/// How many pieces are read before it is known that the program runs.
const EARLY: usize = 16;

/// A running program, as the iterator over what happens in it.
///
/// Exactly one [`Kind::Exited`] comes, as the last event, when the program and
/// all that it started are gone and all output was read. Dropping a run ends
/// it and waits until nothing of it is left.
#[derive(Debug)]
pub struct Run {
    supervisor: Child,
    reports: Reports,
    control: Control,
    stdout: Stream,
    stderr: Stream,
    turns: Turns,
    ready: VecDeque<(Instant, Kind)>,
    /// [`Kind::Exited`], held back until both streams have ended.
    exited: Option<(Instant, Kind)>,
    over: bool,
    began: Instant,
    last: f64,
    pid: Option<u32>,
}

impl Run {
    /// The supervisor is started last: once it runs there is a `Run` to end it.
    pub(crate) fn new(
        socket: UnixStream,
        stdout: PipeReader,
        stderr: PipeReader,
        supervisor: impl FnOnce() -> anyhow::Result<Child>,
    ) -> anyhow::Result<Run> {
        let turns = Turns::new([stdout.as_fd(), stderr.as_fd(), socket.as_fd()])?;
        let control = Control::new(socket.try_clone().context("copying a socket")?);
        let (stdout, stderr) = (Stream::new(stdout)?, Stream::new(stderr)?);
        Ok(Run {
            supervisor: supervisor()?,
            reports: Reports::from(socket),
            control,
            stdout,
            stderr,
            turns,
            ready: VecDeque::new(),
            exited: None,
            over: false,
            began: Instant::now(),
            last: 0.0,
            pid: None,
        })
    }

    /// Acts on this run, from any thread.
    pub fn control(&self) -> Control {
        self.control.clone()
    }

    /// The program's process id, which is its process group's too.
    pub fn pid(&self) -> Option<u32> {
        self.pid
    }

    /// The supervisor's process id.
    pub fn supervisor_pid(&self) -> u32 {
        self.supervisor.id()
    }

    /// All events, once the run is over.
    ///
    /// # Errors
    /// The supervisor died, or could not end all processes of the run.
    pub fn to_end(self) -> anyhow::Result<Vec<Event>> {
        self.collect()
    }

    /// Waits until the program runs. What it writes meanwhile is read at once,
    /// so that the order of its first words is kept.
    pub(crate) fn await_start(&mut self) -> anyhow::Result<()> {
        while self.pid.is_none() {
            if self.ready.len() < EARLY {
                self.listen()?;
            } else {
                self.hear()?;
            }
        }
        Ok(())
    }

    fn next_event(&mut self) -> anyhow::Result<Option<Event>> {
        while !self.over {
            if let Some(happened) = self.ready.pop_front() {
                return Ok(Some(self.in_time(happened)));
            }
            // ANCHOR: the_end
            let silent = self.stdout.has_ended() && self.stderr.has_ended();
            if let Some(exited) = self.exited.take_if(|_| silent) {
                self.over = true;
                // It fails if another thread waits for whatever child it finds;
                // then somebody has waited for this one.
                let _ = self.supervisor.wait();
                return Ok(Some(self.in_time(exited)));
            }
            // ANCHOR_END: the_end
            self.listen()?;
        }
        Ok(None)
    }

    // ANCHOR: listen
    /// Waits until there is output or a report, and takes it in.
    fn listen(&mut self) -> anyhow::Result<()> {
        let time = self.exited.is_some().then_some(SILENCE);
        match self.turns.next(time)? {
            Some(Turn::Supervisor) => self.hear(),
            Some(turn) => self.read(turn),
            None => {
                self.end(Turn::Stdout);
                self.end(Turn::Stderr);
                Ok(())
            }
        }
    }
    // ANCHOR_END: listen

    fn read(&mut self, turn: Turn) -> anyhow::Result<()> {
        let (stream, kind) = self.stream(turn);
        match stream.look().context("reading what the program wrote")? {
            Found::Piece(piece, more) => {
                self.take(piece, kind);
                if more {
                    self.turns.again(turn);
                }
            }
            Found::Nothing => {}
            Found::End => self.end(turn),
        }
        Ok(())
    }

    /// Has done with a stream.
    fn end(&mut self, turn: Turn) {
        let stream = match turn {
            Turn::Stdout => &self.stdout,
            _ => &self.stderr,
        };
        if let Some(descriptor) = stream.descriptor() {
            self.turns.leave(turn, descriptor);
        }
        let (stream, kind) = self.stream(turn);
        let rest = stream.end();
        self.take(rest, kind);
    }

    fn stream(&mut self, turn: Turn) -> (&mut Stream, fn(Bytes) -> Kind) {
        match turn {
            Turn::Stdout => (&mut self.stdout, Kind::Stdout),
            _ => (&mut self.stderr, Kind::Stderr),
        }
    }

    fn take(&mut self, piece: Option<Vec<u8>>, kind: fn(Bytes) -> Kind) {
        let happened = piece.map(|piece| (Instant::now(), kind(Bytes(piece))));
        self.ready.extend(happened);
    }

    /// Takes in what the supervisor says, waiting if it says nothing.
    fn hear(&mut self) -> anyhow::Result<()> {
        let Some(reports) = self.reports.next()? else {
            return self.without_supervisor();
        };
        for report in reports {
            match report {
                Report::Happened(event) => self.heard(event),
                Report::Failed(why) => bail!(why),
            }
        }
        Ok(())
    }

    fn heard(&mut self, event: Event) {
        let since = Duration::try_from_secs_f64(event.t).unwrap_or_default();
        match event.kind {
            Kind::Started { pid, .. } => {
                self.pid = Some(pid);
                let now = Instant::now();
                self.began = now.checked_sub(since).unwrap_or(now);
                self.ready.push_front((now, event.kind));
            }
            Kind::Exited { .. } => {
                self.exited = Some((self.began + since, event.kind));
                // All that it has to say after that is that it has gone.
                let socket = self.reports.socket.as_fd();
                self.turns.leave(Turn::Supervisor, socket);
            }
            kind => self.ready.push_back((self.began + since, kind)),
        }
    }

    /// Two processes have looked at the clock, and yet no event may be before
    /// its predecessor.
    fn in_time(&mut self, (when, kind): (Instant, Kind)) -> Event {
        let t = when.saturating_duration_since(self.began);
        self.last = self.last.max(rounded(t.as_secs_f64()));
        Event { t: self.last, kind }
    }

    /// The supervisor is dead, and with it the program; the rest of its group
    /// is ended here.
    fn without_supervisor(&mut self) -> anyhow::Result<()> {
        let group = self.pid.and_then(|pid| Pid::from_raw(pid.cast_signed()));
        if let Some(group) = group {
            let _ = kill_process_group(group, rustix::process::Signal::KILL);
        }
        let status = self.supervisor.wait().context("waiting for a supervisor")?;
        // Before the program runs, what stands on stderr is the supervisor's.
        if self.pid.is_none() {
            self.read(Turn::Stderr)?;
        }
        let said = self.ready.drain(..).filter_map(|(_, kind)| match kind {
            Kind::Stderr(Bytes(bytes)) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            _ => None,
        });
        let said: String = said.collect();
        let said = said.trim_end();
        bail!("the supervisor died ({status}), and the run with it {said}")
    }
}

impl Iterator for Run {
    type Item = anyhow::Result<Event>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.next_event();
        self.over |= next.is_err();
        next.transpose()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // The end of its orders tells the supervisor that its owner has gone;
        // the end of its reports tells us that it has gone too.
        let socket = &mut self.reports.socket;
        let _ = socket.shutdown(Shutdown::Write);
        let _ = socket.set_read_timeout(Some(FAREWELL));
        let gone = io::copy(socket, &mut io::sink());
        if gone.is_err_and(|error| error.kind() != io::ErrorKind::ConnectionReset) {
            let _ = self.supervisor.kill();
        }
        let _ = self.supervisor.wait();
    }
}
