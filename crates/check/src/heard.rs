//! What a trial writes, read as it comes and kept as far as it is of use.

use std::io::Read;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// So much of a stream is kept, in bytes. More is read, so that nobody waits
/// for us, and dropped.
const KEPT: usize = 16 << 20;

/// How long the last of it may take to come when the trial has ended. Whoever
/// still writes then is none of the trial's.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// A stream that is being read, on a thread of its own.
pub(crate) struct Heard {
    kept: Arc<Mutex<Kept>>,
    end: Receiver<()>,
}

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    is_cut: bool,
}

/// A stream as it was.
pub(crate) struct Whole {
    pub(crate) text: String,
    /// There was more.
    pub(crate) is_cut: bool,
}

impl Heard {
    pub(crate) fn of(mut stream: impl Read + Send + 'static) -> Heard {
        let kept = Arc::<Mutex<Kept>>::default();
        let (tell, end) = mpsc::channel::<()>();
        let keep = Arc::clone(&kept);
        thread::spawn(move || {
            let _tell = tell;
            let mut room = [0; 8192];
            while let Ok(count @ 1..) = stream.read(&mut room) {
                let mut kept = keep.lock().unwrap_or_else(PoisonError::into_inner);
                let fits = count.min(KEPT - kept.bytes.len());
                kept.bytes.extend(&room[..fits]);
                kept.is_cut |= fits < count;
            }
        });
        Heard { kept, end }
    }

    /// All of it, once it has ended; or what has come, if somebody holds it
    /// open.
    pub(crate) fn all(self) -> Whole {
        let _ = self.end.recv_timeout(LAST_WORDS);
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Whole {
            text: String::from_utf8_lossy(&kept.bytes).into_owned(),
            is_cut: kept.is_cut,
        }
    }
}
