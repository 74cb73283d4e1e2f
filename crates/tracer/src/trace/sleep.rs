//! Sleeps until something happens.

use anyhow::Context;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::low_level::pipe;
use std::io::Read;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// Wakes when a traced thread has stopped or ended, which a signal tells.
pub(super) struct Sleep {
    wake: UnixStream,
}

impl Sleep {
    /// # Errors
    /// The system is out of descriptors.
    pub(super) fn new() -> anyhow::Result<Sleep> {
        let (bell, wake) = UnixStream::pair().context("making a socket pair")?;
        wake.set_nonblocking(true)?;
        // A handler is not handed down to programs, as a mask would be.
        pipe::register(libc::SIGCHLD, bell).context("handling SIGCHLD")?;
        Ok(Sleep { wake })
    }

    /// Sleeps until a change, or until `time` is up; until a call waits to be told,
    /// which is the answer; until `writable` takes more; or until something of
    /// these pidfds is so.
    ///
    /// # Errors
    /// The system cannot wait.
    pub(super) fn until<'a>(
        &self,
        time: Option<Duration>,
        calls: Option<BorrowedFd<'a>>,
        writable: Option<BorrowedFd<'a>>,
        pidfds: impl Iterator<Item = (BorrowedFd<'a>, PollFlags)>,
    ) -> anyhow::Result<bool> {
        let mut all = vec![PollFd::from_borrowed_fd(self.wake.as_fd(), PollFlags::IN)];
        all.extend(calls.map(|it| PollFd::from_borrowed_fd(it, PollFlags::IN)));
        all.extend(writable.map(|it| PollFd::from_borrowed_fd(it, PollFlags::OUT)));
        all.extend(pidfds.map(|(it, events)| PollFd::from_borrowed_fd(it, events)));
        let time = time.map(Timespec::try_from).transpose()?;
        match poll(&mut all, time.as_ref()) {
            Ok(_) => {}
            Err(Errno::INTR) => return Ok(false),
            Err(errno) => return Err(errno).context("waiting"),
        }
        while (&self.wake)
            .read(&mut [0; 64])
            .is_ok_and(|length| length == 64)
        {}
        let waits = all.get(1).filter(|_| calls.is_some());
        Ok(waits.is_some_and(|it| it.revents().contains(PollFlags::IN)))
    }
}
