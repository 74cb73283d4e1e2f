//! A run, as its owner sees it: events from the supervisor and from two pipes.

use crate::control::Control;
use crate::protocol::{Report, rounded};
use crate::readiness::{Readiness, Source};
use crate::reports::Reports;
use crate::stream::{Found, Stream};
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

/// How long the streams may be silent after the run's end before they count as
/// ended. Nobody should hold them then, and yet a process may: one that opened
/// `/proc/PID/fd/1`, or that left the group where there is no subreaper.
const SILENCE_AFTER_END: Duration = Duration::from_millis(500);

/// How long a dropped run waits for its supervisor before it kills it.
const SUPERVISOR_ENDS_WITHIN: Duration = Duration::from_secs(10);

/// How many pieces of output are read at most before the supervisor has told that
/// the program runs.
const MAX_EARLY_PIECES: usize = 16;

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
    readiness: Readiness,
    /// What has happened and was not given out yet.
    pending: VecDeque<(Instant, Kind)>,
    /// [`Kind::Exited`], held back until both streams have ended.
    exited: Option<(Instant, Kind)>,
    over: bool,
    began: Instant,
    /// The time of the event that was given out last.
    last_t: f64,
    pid: Option<u32>,
}

impl Run {
    /// Starts the supervisor by `supervisor`, and that last: once it runs there is
    /// a `Run` to end it.
    pub(crate) fn new(
        socket: UnixStream,
        stdout: PipeReader,
        stderr: PipeReader,
        supervisor: impl FnOnce() -> anyhow::Result<Child>,
    ) -> anyhow::Result<Run> {
        let readiness = Readiness::new([stdout.as_fd(), stderr.as_fd(), socket.as_fd()])?;
        let control = Control::new(socket.try_clone().context("copying a socket")?);
        let (stdout, stderr) = (Stream::new(stdout)?, Stream::new(stderr)?);
        Ok(Run {
            supervisor: supervisor()?,
            reports: Reports::from(socket),
            control,
            stdout,
            stderr,
            readiness,
            pending: VecDeque::new(),
            exited: None,
            over: false,
            began: Instant::now(),
            last_t: 0.0,
            pid: None,
        })
    }

    /// What acts on this run, from any thread.
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
            if self.pending.len() < MAX_EARLY_PIECES {
                self.listen()?;
            } else {
                self.read_reports()?;
            }
        }
        Ok(())
    }

    fn next_event(&mut self) -> anyhow::Result<Option<Event>> {
        while !self.over {
            if let Some(happened) = self.pending.pop_front() {
                return Ok(Some(self.in_time(happened)));
            }
            // ANCHOR: the_end
            let silent = self.stdout.has_ended() && self.stderr.has_ended();
            if let Some(exited) = self.exited.take_if(|_| silent) {
                self.over = true;
                // This fails if another thread of ours waits for any child: then
                // that one has waited for the supervisor.
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
        let timeout = self.exited.is_some().then_some(SILENCE_AFTER_END);
        match self.readiness.next(timeout)? {
            Some(Source::Supervisor) => self.read_reports(),
            Some(source) => self.read(source),
            None => {
                self.end(Source::Stdout);
                self.end(Source::Stderr);
                Ok(())
            }
        }
    }
    // ANCHOR_END: listen

    fn read(&mut self, source: Source) -> anyhow::Result<()> {
        let (stream, kind) = self.stream(source);
        match stream
            .try_read()
            .context("reading what the program wrote")?
        {
            Found::Piece(piece, more) => {
                self.take(piece, kind);
                if more {
                    self.readiness.again(source);
                }
            }
            Found::Nothing => {}
            Found::End => self.end(source),
        }
        Ok(())
    }

    /// Reads no more of a stream.
    fn end(&mut self, source: Source) {
        let stream = match source {
            Source::Stdout => &self.stdout,
            _ => &self.stderr,
        };
        if let Some(descriptor) = stream.descriptor() {
            self.readiness.leave(source, descriptor);
        }
        let (stream, kind) = self.stream(source);
        let rest = stream.end();
        self.take(rest, kind);
    }

    fn stream(&mut self, source: Source) -> (&mut Stream, fn(Bytes) -> Kind) {
        match source {
            Source::Stdout => (&mut self.stdout, Kind::Stdout),
            _ => (&mut self.stderr, Kind::Stderr),
        }
    }

    fn take(&mut self, piece: Option<Vec<u8>>, kind: fn(Bytes) -> Kind) {
        let happened = piece.map(|piece| (Instant::now(), kind(Bytes(piece))));
        self.pending.extend(happened);
    }

    /// Takes in what the supervisor reports, waiting until it does.
    fn read_reports(&mut self) -> anyhow::Result<()> {
        let Some(reports) = self.reports.next()? else {
            return self.without_supervisor();
        };
        for report in reports {
            match report {
                Report::Happened(event) => self.happened(event),
                Report::Failed(why) => bail!(why),
            }
        }
        Ok(())
    }

    fn happened(&mut self, event: Event) {
        let since = Duration::try_from_secs_f64(event.t).unwrap_or_default();
        match event.kind {
            Kind::Started { pid, .. } => {
                self.pid = Some(pid);
                let now = Instant::now();
                self.began = now.checked_sub(since).unwrap_or(now);
                self.pending.push_front((now, event.kind));
            }
            Kind::Exited { .. } => {
                self.exited = Some((self.began + since, event.kind));
                // No report comes after this one, only the end of the socket.
                let socket = self.reports.socket.as_fd();
                self.readiness.leave(Source::Supervisor, socket);
            }
            kind => self.pending.push_back((self.began + since, kind)),
        }
    }

    /// An event whose time is not before that of the one before it: two processes
    /// have looked at the clock.
    fn in_time(&mut self, (when, kind): (Instant, Kind)) -> Event {
        let t = when.saturating_duration_since(self.began);
        self.last_t = self.last_t.max(rounded(t.as_secs_f64()));
        Event {
            t: self.last_t,
            kind,
        }
    }

    /// Ends the rest of the program's group: the supervisor is dead, and with it
    /// the program. Always fails, with why.
    fn without_supervisor(&mut self) -> anyhow::Result<()> {
        let group = self.pid.and_then(|pid| Pid::from_raw(pid.cast_signed()));
        if let Some(group) = group {
            let _ = kill_process_group(group, rustix::process::Signal::KILL);
        }
        let status = self.supervisor.wait().context("waiting for a supervisor")?;
        // Until the program runs, the supervisor itself writes to this stderr.
        if self.pid.is_none() {
            self.read(Source::Stderr)?;
        }
        let said = self.pending.drain(..).filter_map(|(_, kind)| match kind {
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
        // The end of the orders tells the supervisor that its owner has gone; the
        // end of its reports tells that it has gone too.
        let socket = &mut self.reports.socket;
        let _ = socket.shutdown(Shutdown::Write);
        let _ = socket.set_read_timeout(Some(SUPERVISOR_ENDS_WITHIN));
        let gone = io::copy(socket, &mut io::sink());
        if gone.is_err_and(|error| error.kind() != io::ErrorKind::ConnectionReset) {
            let _ = self.supervisor.kill();
        }
        let _ = self.supervisor.wait();
    }
}
