//! What the tracer of a run tells, and its place among the output.
//!
//! Whoever has read a piece of output does not know yet what had happened before
//! it was written. But the tracer had to tell that by then, and says in the
//! memory that it shares with the owner how much it has to tell. So a piece is held
//! until the owner has received all of that, and is cut where an event belongs.

use crate::counts::Counts;
use crate::held::{Held, Piece};
use crate::lines::Lines;
use anyhow::Context;
use recording::Told;
use rustix::io::retry_on_intr;
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use rustix::time::{ClockId, clock_gettime};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, IoSlice, Read};
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// How much of what is told is read at once.
const BUFFER_BYTES: usize = 64 * 1024;

/// The owner's half of the connection to a tracer.
#[derive(Debug)]
pub(crate) struct Tracing {
    pub(crate) socket: UnixStream,
    pub(crate) counts: Counts,
    lines: Lines,
    /// What was received and not taken yet.
    told: VecDeque<Told>,
    received_bytes: u64,
    held: Held,
    /// So much is to be received before what is held may go.
    awaited_bytes: u64,
    /// No more will be told.
    pub(crate) has_ended: bool,
    /// A moment by our clock, and by the one that tracers tell the time of.
    clock: (Instant, Duration),
}

impl Tracing {
    /// Also the tracer's end of the socket, which is to be its stdin. `supervisor`,
    /// the supervisor's end of a run's own socket, goes through it.
    ///
    /// # Errors
    /// The system is out of descriptors.
    pub(crate) fn new(supervisor: &UnixStream) -> anyhow::Result<(Tracing, UnixStream)> {
        let (socket, theirs) = UnixStream::pair().context("making a socket pair")?;
        let counts = Counts::new()?;
        hand_over(&socket, supervisor, &counts).context("handing over to a tracer")?;
        let tracing = Tracing {
            socket,
            counts,
            lines: Lines::default(),
            told: VecDeque::new(),
            received_bytes: 0,
            held: Held::default(),
            awaited_bytes: 0,
            has_ended: false,
            clock: (Instant::now(), monotonic()),
        };
        Ok((tracing, theirs))
    }

    /// Waits for more of what the tracer tells, as long as the socket's read timeout
    /// says.
    ///
    /// # Errors
    /// It tells what this version does not know.
    pub(crate) fn receive(&mut self) -> anyhow::Result<()> {
        let mut buffer = vec![0; BUFFER_BYTES];
        let count = match self.socket.read(&mut buffer) {
            Ok(count) => count,
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::Interrupted => return Ok(()),
                // The tracer died with something unread.
                ErrorKind::ConnectionReset => 0,
                _ => return Err(error).context("listening to a tracer"),
            },
        };
        self.has_ended |= count == 0;
        self.received_bytes += count as u64;
        let lines = self.lines.whole(&buffer[..count]);
        for line in lines.split_inclusive(|&byte| byte == b'\n') {
            let told = serde_json::from_slice(line).with_context(|| {
                let line = String::from_utf8_lossy(line);
                format!("a tracer said what this version does not know: {line}")
            });
            self.told.push_back(told?);
        }
        Ok(())
    }

    pub(crate) fn hold(&mut self, piece: Piece) -> anyhow::Result<()> {
        self.held.push(piece);
        self.awaited_bytes = self.counts.to_tell()?;
        Ok(())
    }

    /// Whether output waits for what the tracer has to tell.
    pub(crate) fn holds_back(&self) -> bool {
        let all_received = self.received_bytes >= self.awaited_bytes || self.has_ended;
        self.held.count() > 0 && !all_received
    }

    /// How many pieces of output are held, and how many events were received and
    /// not taken.
    pub(crate) fn waiting(&self) -> (usize, usize) {
        (self.held.count(), self.told.len())
    }

    pub(crate) fn next_told(&mut self) -> Option<Told> {
        self.told.pop_front()
    }

    /// The output that was written before an event.
    pub(crate) fn before(&mut self, told: &Told) -> Vec<Piece> {
        self.held.before(told.stdout, told.stderr)
    }

    /// The output before which nothing more can come.
    pub(crate) fn released(&mut self) -> VecDeque<Piece> {
        let received = self.received_bytes >= self.awaited_bytes && self.told.is_empty();
        match received || self.has_ended {
            true => self.held.all(),
            false => VecDeque::new(),
        }
    }

    /// When an event was, by our clock.
    pub(crate) fn when(&self, told: &Told) -> Instant {
        let (here, there) = self.clock;
        let t = Duration::try_from_secs_f64(told.event.t).unwrap_or_default();
        here + t.saturating_sub(there)
    }
}

fn monotonic() -> Duration {
    let now = clock_gettime(ClockId::Monotonic);
    Duration::try_from(now).unwrap_or_default()
}

/// Sends the tracer the supervisor's socket and the counts.
fn hand_over(socket: &UnixStream, supervisor: &UnixStream, counts: &Counts) -> io::Result<()> {
    let descriptors = [supervisor.as_fd(), counts.descriptor()];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    control.push(SendAncillaryMessage::ScmRights(&descriptors));
    // Descriptors go with a byte at least.
    let byte = [IoSlice::new(&[0])];
    retry_on_intr(|| sendmsg(socket, &byte, &mut control, SendFlags::empty()))?;
    Ok(())
}
