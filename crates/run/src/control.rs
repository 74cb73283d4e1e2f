//! What an owner may do to a run while another thread reads its events.

use crate::protocol::{Order, Request, write_line};
use anyhow::Context;
use recording::Bytes;
use serde::Serialize;
use std::io;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

/// How much of stdin goes in one line.
const PIECE_BYTES: usize = 64 * 1024;

/// Acts on a run. Clones act on the same run; one that outlives its run does
/// nothing.
#[derive(Clone, Debug)]
pub struct Control {
    socket: Arc<Mutex<UnixStream>>,
    /// When the run was first ordered to end.
    ordered_to_end: Arc<OnceLock<Instant>>,
}

impl Control {
    pub(crate) fn new(socket: UnixStream) -> Control {
        Control {
            socket: Arc::new(Mutex::new(socket)),
            ordered_to_end: Arc::default(),
        }
    }

    /// Sends bytes to the program's stdin. It does not wait until the program
    /// reads them: the supervisor keeps up to 64 MiB, and ends a run that was
    /// sent more than that unread.
    ///
    /// # Errors
    /// The run is over.
    pub fn write(&self, bytes: &[u8]) -> anyhow::Result<()> {
        for piece in bytes.chunks(PIECE_BYTES) {
            self.send(&Order::Stdin(Bytes(piece.to_vec())))
                .context("writing to the stdin of a run that is over")?;
        }
        Ok(())
    }

    /// Ends the program's stdin, after what was written before.
    pub fn close_stdin(&self) {
        self.order(&Order::CloseStdin);
    }

    /// Asks the program's group to end: interrupt, a second later terminate,
    /// half a second later kill. If the program itself ends before, what is left
    /// of the run has the rest of that time, and is killed then.
    pub fn stop(&self) {
        self.ordered_to_end.get_or_init(Instant::now);
        self.order(&Order::Stop);
    }

    /// Kills the program and all that it started, at once.
    pub fn end(&self) {
        self.ordered_to_end.get_or_init(Instant::now);
        self.order(&Order::End);
    }

    /// When the run was first ordered to stop or to end.
    pub(crate) fn ordered_to_end(&self) -> Option<Instant> {
        self.ordered_to_end.get().copied()
    }

    pub(crate) fn begin(&self, request: &Request) {
        // The run reports a supervisor that has died already.
        let _ = self.send(request);
    }

    fn order(&self, order: &Order) {
        // A run that is over needs no order; its events tell how it ended.
        let _ = self.send(order);
    }

    fn send(&self, line: &impl Serialize) -> io::Result<()> {
        let mut socket = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
        write_line(&mut *socket, line)
    }
}
