//! A run, as its owner sees it: events from the supervisor and from two pipes,
//! and from the tracer if there is one.

mod traced;

use crate::control::Control;
use crate::counts::Counts;
use crate::held::Piece;
use crate::protocol::{Report, rounded};
use crate::readiness::{Readiness, Source};
use crate::reports::{Heard, Reports};
use crate::stream::{Found, Stream};
use crate::supervisor_process::SupervisorProcess;
use crate::tracing::Tracing;
use anyhow::{Context, bail, ensure};
use recording::{Bytes, Event, Kind};
use rustix::process::Pid;
use std::collections::VecDeque;
use std::io::PipeReader;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::process::Child;
use std::time::{Duration, Instant};

/// How long the streams may be silent after the run's end before they count as
/// ended. Nobody should hold them then, and yet a process may: one that opened
/// `/proc/PID/fd/1`, or that left the group where there is no subreaper.
const SILENCE_AFTER_END: Duration = Duration::from_millis(500);

/// How long the supervisor may take to end a run whose time is up, or that it was
/// ordered to end: longer than it takes until it says that it cannot. After that
/// it is killed, and all that it supervises.
const SUPERVISOR_ENDS_WITHIN: Duration = Duration::from_secs(12);

/// How often a supervisor is woken: the program may have stopped it.
const WAKE_INTERVAL: Duration = Duration::from_millis(250);

/// How many pieces of output are read at most before the supervisor has told that
/// the program runs.
const MAX_EARLY_PIECES: usize = 16;

/// The same for what the tracer tells.
const MAX_EARLY_EVENTS: usize = 10_000;

/// A running program, as the iterator over what happens in it.
///
/// Exactly one [`Kind::Exited`] comes, as the last event, when the program and
/// all that it started are gone and all output was read. Dropping a run ends
/// it and waits until nothing of it is left.
#[derive(Debug)]
pub struct Run {
    /// The supervisor, or the tracer that has started it.
    supervisor: SupervisorProcess,
    tracing: Option<Tracing>,
    reports: Reports,
    control: Control,
    stdout: Stream,
    stderr: Stream,
    readiness: Readiness,
    /// Events that [`Run::next`] has not returned yet.
    pending: VecDeque<(Instant, Kind)>,
    /// [`Kind::Exited`], held back until both streams have ended.
    exited: Option<(Instant, Kind)>,
    over: bool,
    time_limit: Option<Duration>,
    /// When to wake the supervisor next.
    next_wake: Instant,
    began: Instant,
    /// The time of the event that [`Run::next`] returned last.
    last_t: f64,
    pid: Option<u32>,
}

impl Run {
    /// `supervisor` starts the supervisor. It is called last: a supervisor that runs
    /// has a `Run` that ends it.
    pub(crate) fn new(
        socket: UnixStream,
        stdout: PipeReader,
        stderr: PipeReader,
        time_limit: Option<Duration>,
        supervisor: impl FnOnce() -> anyhow::Result<Child>,
    ) -> anyhow::Result<Run> {
        Run::begin([stdout, stderr], socket, None, time_limit, supervisor)
    }

    /// The same, with the tracer that starts the supervisor.
    pub(crate) fn traced(
        socket: UnixStream,
        streams: [PipeReader; 2],
        tracing: Tracing,
        time_limit: Option<Duration>,
        tracer: impl FnOnce() -> anyhow::Result<Child>,
    ) -> anyhow::Result<Run> {
        Run::begin(streams, socket, Some(tracing), time_limit, tracer)
    }

    fn begin(
        [stdout, stderr]: [PipeReader; 2],
        socket: UnixStream,
        tracing: Option<Tracing>,
        time_limit: Option<Duration>,
        supervisor: impl FnOnce() -> anyhow::Result<Child>,
    ) -> anyhow::Result<Run> {
        let mut sources = vec![
            (Source::Stdout, stdout.as_fd()),
            (Source::Stderr, stderr.as_fd()),
            (Source::Supervisor, socket.as_fd()),
        ];
        sources.extend(tracing.iter().map(|it| (Source::Tracer, it.socket.as_fd())));
        let readiness = Readiness::new(&sources)?;
        // A supervisor that was stopped before it reports or reads is woken meanwhile,
        // or given up.
        let timeouts = socket
            .set_read_timeout(Some(WAKE_INTERVAL))
            .and_then(|()| socket.set_write_timeout(Some(SUPERVISOR_ENDS_WITHIN)));
        timeouts.context("setting up a socket")?;
        if let Some(tracing) = &tracing {
            let timeout = tracing.socket.set_read_timeout(Some(WAKE_INTERVAL));
            timeout.context("setting up a socket")?;
        }
        let control = Control::new(socket.try_clone().context("copying a socket")?);
        let counts = tracing.as_ref().map(|it| &it.counts);
        let count = |stream| counts.map(|it: &Counts| it.of_stream(stream));
        let stdout = Stream::new(stdout, count(0))?;
        let stderr = Stream::new(stderr, count(1))?;
        Ok(Run {
            supervisor: supervisor()?.into(),
            tracing,
            reports: Reports::from(socket),
            control,
            stdout,
            stderr,
            readiness,
            pending: VecDeque::new(),
            exited: None,
            over: false,
            time_limit,
            next_wake: Instant::now(),
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

    /// The process id of the supervisor, or of the tracer that has started it.
    pub fn supervisor_pid(&self) -> u32 {
        self.supervisor.id()
    }

    /// Tells, behind its start, that it is not traced, and why.
    pub(crate) fn is_untraced(&mut self, why: &str) {
        let why = why.to_owned();
        let at = self.pending.len().min(1);
        let happened = (Instant::now(), Kind::Untraced { why });
        self.pending.insert(at, happened);
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
            if self.has_room_for_early_pieces() {
                self.listen()?;
            } else {
                self.look_after_supervisor()?;
                self.read_reports()?;
            }
        }
        Ok(())
    }

    fn has_room_for_early_pieces(&self) -> bool {
        let (held, told) = self.tracing.as_ref().map_or((0, 0), Tracing::waiting);
        self.pending.len() + held < MAX_EARLY_PIECES && told < MAX_EARLY_EVENTS
    }

    fn next_event(&mut self) -> anyhow::Result<Option<Event>> {
        while !self.over {
            if let Some(happened) = self.pending.pop_front() {
                return Ok(Some(self.in_time(happened)));
            }
            if self.settle()? {
                continue;
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
        let timeout = match self.exited {
            Some(_) => SILENCE_AFTER_END,
            None => self.look_after_supervisor()?,
        };
        match self.readiness.next(Some(timeout))? {
            Some(Source::Supervisor) => self.read_reports().map(drop),
            Some(Source::Tracer) => self.hear_tracer(),
            Some(source) => self.read(source),
            None if self.exited.is_none() => Ok(()),
            None => {
                self.end(Source::Stdout)?;
                self.end(Source::Stderr)
            }
        }
    }
    // ANCHOR_END: listen

    /// Wakes the supervisor from time to time; how long until the next time.
    ///
    /// # Errors
    /// It should have ended the run long ago, and says nothing.
    fn look_after_supervisor(&mut self) -> anyhow::Result<Duration> {
        let now = Instant::now();
        if self.next_wake <= now {
            self.next_wake = now + WAKE_INTERVAL;
            self.supervisor.wake();
            let limit = self.time_limit.and_then(|it| self.began.checked_add(it));
            let overdue = limit
                .into_iter()
                .chain(self.control.ordered_to_end())
                .any(|end| now.saturating_duration_since(end) >= SUPERVISOR_ENDS_WITHIN);
            // What it has said may not have been read yet.
            ensure!(
                !overdue || self.read_reports()?,
                "the supervisor did not end the run in time"
            );
        }
        Ok(self.next_wake - now)
    }

    fn read(&mut self, source: Source) -> anyhow::Result<()> {
        match self
            .stream(source)
            .try_read()
            .context("reading what the program wrote")?
        {
            Found::Piece(piece, more) => {
                self.take(piece, source)?;
                if more {
                    self.readiness.again(source);
                }
            }
            Found::Nothing => {}
            Found::End => self.end(source)?,
        }
        Ok(())
    }

    /// Reads no more of a stream.
    fn end(&mut self, source: Source) -> anyhow::Result<()> {
        let stream = match source {
            Source::Stdout => &self.stdout,
            _ => &self.stderr,
        };
        if let Some(descriptor) = stream.descriptor() {
            self.readiness.leave(source, descriptor);
        }
        let rest = self.stream(source).end();
        self.take(rest, source)
    }

    fn stream(&mut self, source: Source) -> &mut Stream {
        match source {
            Source::Stdout => &mut self.stdout,
            _ => &mut self.stderr,
        }
    }

    fn take(&mut self, piece: Option<Vec<u8>>, source: Source) -> anyhow::Result<()> {
        let Some(bytes) = piece else {
            return Ok(());
        };
        let given = self.stream(source).given_bytes();
        let piece = Piece {
            when: Instant::now(),
            source,
            start: given - bytes.len() as u64,
            bytes,
        };
        match &mut self.tracing {
            Some(tracing) => tracing.hold(piece)?,
            None => self.pending.push_back(piece.happened()),
        }
        Ok(())
    }

    /// Takes in what the supervisor reports, and waits for that up to
    /// [`WAKE_INTERVAL`]: whether it has said something.
    fn read_reports(&mut self) -> anyhow::Result<bool> {
        let reports = match self.reports.next()? {
            Heard::Reports(reports) => reports,
            Heard::Nothing => return Ok(false),
            Heard::End => return self.without_supervisor(),
        };
        for report in reports {
            match report {
                Report::Happened(event) => self.happened(event),
                Report::Failed(why) => bail!(why),
            }
        }
        Ok(true)
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

    /// Always fails, with why: the supervisor is dead, and with it the program.
    fn without_supervisor<T>(&mut self) -> anyhow::Result<T> {
        self.hear_no_more();
        let status = self.supervisor.wait().context("waiting for a supervisor")?;
        // Until the program runs, the supervisor itself writes to this stderr.
        if self.pid.is_none() {
            self.read(Source::Stderr)?;
        }
        while self.settle()? {}
        let said = self.pending.drain(..).filter_map(|(_, kind)| match kind {
            Kind::Stderr(Bytes(bytes)) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            _ => None,
        });
        let said: String = said.collect();
        let said = said.trim_end();
        bail!("the supervisor died ({status}), and the run with it {said}")
    }

    /// Kills the supervisor, if it lives, and what is left of its run.
    fn kill_all(&mut self) {
        let group = self.pid.and_then(|pid| Pid::from_raw(pid.cast_signed()));
        self.supervisor.kill(group);
    }
}

impl Iterator for Run {
    type Item = anyhow::Result<Event>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.next_event();
        if next.is_err() {
            self.over = true;
            self.kill_all();
        }
        next.transpose()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        self.hear_no_more();
        // The end of the orders tells the supervisor that its owner has gone.
        self.reports.end_orders();
        let give_up = Instant::now() + SUPERVISOR_ENDS_WITHIN;
        while Instant::now() < give_up {
            self.supervisor.wake();
            match self.reports.next() {
                Ok(Heard::End) => {
                    let status = self.supervisor.wait();
                    if status.is_ok_and(|status| !status.success()) {
                        break;
                    }
                    return;
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
        self.kill_all();
    }
}
