//! What the owner is told, line by line. The tracer never waits for the owner: a
//! line that the socket does not take yet is queued.

mod counts;

use anyhow::Context;
use counts::Counts;
use recording::{Event, Kind, Told};
use rustix::time::{ClockId, clock_gettime};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// With so much in the queue, new processes are kept waiting.
const LONG_BYTES: usize = 256 << 10;

/// A moment: by the clock, and by how much had been written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    t: f64,
    stdout: u64,
    stderr: u64,
}

impl Moment {
    /// The earlier of two.
    pub(crate) fn min(self, other: Moment) -> Moment {
        if other.t < self.t { other } else { self }
    }

    /// The later of two.
    pub(crate) fn max(self, other: Moment) -> Moment {
        if other.t > self.t { other } else { self }
    }
}

/// Tells the owner.
pub(crate) struct Teller {
    owner: UnixStream,
    counts: Counts,
    queue: VecDeque<u8>,
    /// The owner has gone, and needs to be told nothing.
    owner_has_gone: bool,
}

impl Teller {
    /// `streams` are the write ends of the run's stdout and stderr.
    ///
    /// # Errors
    /// The system refuses.
    pub(crate) fn new(
        owner: UnixStream,
        counts: OwnedFd,
        streams: [OwnedFd; 2],
    ) -> anyhow::Result<Teller> {
        owner
            .set_nonblocking(true)
            .context("setting up the socket")?;
        Ok(Teller {
            owner,
            counts: Counts::new(counts, streams),
            queue: VecDeque::new(),
            owner_has_gone: false,
        })
    }

    /// This moment.
    ///
    /// # Errors
    /// The counts cannot be read.
    pub(crate) fn now(&mut self) -> anyhow::Result<Moment> {
        let [stdout, stderr] = match self.owner_has_gone {
            true => [0; 2],
            false => self.counts.written().context("counting what was written")?,
        };
        Ok(Moment {
            t: monotonic().as_secs_f64(),
            stdout,
            stderr,
        })
    }

    /// Tells what happened at a moment.
    ///
    /// # Errors
    /// The shared memory cannot be written.
    pub(crate) fn tell_at(&mut self, moment: Moment, kind: Kind) -> anyhow::Result<()> {
        if self.owner_has_gone {
            return Ok(());
        }
        let event = Event { t: moment.t, kind };
        let told = Told {
            event,
            stdout: moment.stdout,
            stderr: moment.stderr,
        };
        let before = self.queue.len();
        serde_json::to_writer(&mut self.queue, &told)?;
        self.queue.push_back(b'\n');
        // The owner knows of it before the process goes on.
        self.counts.add_to_tell(self.queue.len() - before)
    }

    /// Sends what the socket takes.
    pub(crate) fn send(&mut self) {
        while !self.queue.is_empty() && !self.owner_has_gone {
            let (next, _) = self.queue.as_slices();
            match self.owner.write(next) {
                Ok(length) => drop(self.queue.drain(..length)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    self.owner_has_gone = true;
                    self.queue.clear();
                }
            }
        }
    }

    /// The socket, if it is worth waiting until it takes more.
    pub(crate) fn waits_for(&self) -> Option<BorrowedFd<'_>> {
        (!self.queue.is_empty()).then(|| self.owner.as_fd())
    }

    /// Whether so much is queued that no new process should run.
    pub(crate) fn is_behind(&self) -> bool {
        self.queue.len() > LONG_BYTES
    }

    /// The run's streams are written to by nobody any more: lets go of them.
    pub(crate) fn end_streams(&mut self) {
        self.counts.end();
    }

    /// Sends the rest, however long that takes.
    pub(crate) fn finish(mut self) {
        if self.owner.set_nonblocking(false).is_ok() {
            self.send();
        }
    }
}

/// The time by the clock that the owner's clock is too.
fn monotonic() -> Duration {
    Duration::try_from(clock_gettime(ClockId::Monotonic)).unwrap_or_default()
}
