//! What a trial writes, read as it comes and kept as far as it is of use.

use std::io::Read;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The bytes of a stream that are kept. The rest is read and dropped, so that
/// its writer does not wait for us.
const MAX_KEPT_BYTES: usize = 16 << 20;

/// How long the end of a stream is waited for when the trial has ended. Whoever
/// holds the stream open after that does not belong to the trial.
const END_LIMIT: Duration = Duration::from_secs(2);

/// A stream that is being read, on a thread of its own.
pub(crate) struct Capture {
    kept: Arc<Mutex<Kept>>,
    end: Receiver<()>,
}

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    is_cut: bool,
}

/// What a stream has carried.
pub(crate) struct Captured {
    pub(crate) text: String,
    /// There was more than is kept.
    pub(crate) is_cut: bool,
}

impl Capture {
    pub(crate) fn of(mut stream: impl Read + Send + 'static) -> Capture {
        let kept = Arc::<Mutex<Kept>>::default();
        let (at_end, end) = mpsc::channel::<()>();
        let keep = Arc::clone(&kept);
        thread::spawn(move || {
            // Dropped with this thread: the receiver notices the end by it.
            let _at_end = at_end;
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = stream.read(&mut buffer) {
                let mut kept = keep.lock().unwrap_or_else(PoisonError::into_inner);
                let fits = count.min(MAX_KEPT_BYTES - kept.bytes.len());
                kept.bytes.extend(&buffer[..fits]);
                kept.is_cut |= fits < count;
            }
        });
        Capture { kept, end }
    }

    /// The whole stream once it has ended, or what has come so far if somebody
    /// still holds it open at [`END_LIMIT`].
    pub(crate) fn finish(self) -> Captured {
        let _ = self.end.recv_timeout(END_LIMIT);
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Captured {
            text: String::from_utf8_lossy(&kept.bytes).into_owned(),
            is_cut: kept.is_cut,
        }
    }
}
