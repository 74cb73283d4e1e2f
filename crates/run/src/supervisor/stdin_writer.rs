//! The program's stdin, written without waiting for the program.

use anyhow::ensure;
use std::io::Write;
use std::process::ChildStdin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// How much the owner may send before the program reads it.
const MAX_UNREAD_BYTES: usize = 64 << 20;

/// Writes to the program's stdin in a thread of its own, which waits as long as
/// the program does not read. Dropping it closes stdin after all that was
/// written.
pub(super) struct StdinWriter {
    pieces: Sender<Vec<u8>>,
    unread: Arc<AtomicUsize>,
}

impl From<ChildStdin> for StdinWriter {
    fn from(mut stdin: ChildStdin) -> StdinWriter {
        let (pieces, to_write) = channel::<Vec<u8>>();
        let unread = Arc::new(AtomicUsize::new(0));
        let still_unread = Arc::clone(&unread);
        thread::spawn(move || {
            for piece in to_write {
                if stdin.write_all(&piece).is_err() {
                    // The program has closed its stdin, as it may.
                    return;
                }
                still_unread.fetch_sub(piece.len(), Ordering::Relaxed);
            }
        });
        StdinWriter { pieces, unread }
    }
}

impl StdinWriter {
    /// Hands over a piece. A program that has closed its stdin takes nothing.
    ///
    /// # Errors
    /// The program leaves too much unread.
    pub(super) fn write(&mut self, piece: Vec<u8>) -> anyhow::Result<()> {
        let length = piece.len();
        let unread = self.unread.fetch_add(length, Ordering::Relaxed) + length;
        let open = self.pieces.send(piece).is_ok();
        let mib = MAX_UNREAD_BYTES >> 20;
        ensure!(
            !open || unread <= MAX_UNREAD_BYTES,
            "the program was sent more than {mib} MiB that it did not read"
        );
        Ok(())
    }
}
