//! What becomes of a program whose stdout cannot be written. `println!` panics then,
//! which is a lesson of the book, and no way for its own programs to end.

use std::any::Any;
use std::io::{self, Write};
use std::panic::{self, UnwindSafe};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// As the shell names the end of a program that SIGPIPE has ended: 128 and 13.
const READER_GONE: u8 = 141;

/// Why stdout could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// Its reader has gone, as `head` does when it has had enough.
    ReaderGone,
    /// Something else, which stderr has been told: a disk is full.
    Failed,
}

impl Unwritten {
    /// Tells stderr of an error, if it is one.
    pub fn of(error: &io::Error) -> Unwritten {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Unwritten::ReaderGone;
        }
        say(&format!("error: writing to stdout: {error}"));
        Unwritten::Failed
    }

    pub fn exit_code(self) -> ExitCode {
        match self {
            Unwritten::ReaderGone => ExitCode::from(READER_GONE),
            Unwritten::Failed => ExitCode::FAILURE,
        }
    }
}

/// Writes a line to stderr. Nobody may be reading that either.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Calls `main`. A `println!` that fails in it ends it, without the message of a
/// panic.
///
/// # Errors
/// Why stdout could not be written.
pub fn printing<T>(main: impl FnOnce() -> T + UnwindSafe) -> Result<T, Unwritten> {
    static IS_TOLD: AtomicBool = AtomicBool::new(false);
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| match unwritten(panic.payload()) {
        None => usual(panic),
        Some((Unwritten::Failed, why)) if !IS_TOLD.swap(true, Ordering::Relaxed) => {
            say(&format!("error: writing to stdout: {why}"));
        }
        Some(_) => {}
    }));
    panic::catch_unwind(main).map_err(|payload| match unwritten(&*payload) {
        Some((unwritten, _)) => unwritten,
        None => panic::resume_unwind(payload),
    })
}

/// What the panic of a `println!` says. That of a stdout which would block is left
/// as it is: a listing shows it.
fn unwritten(panic: &(dyn Any + Send)) -> Option<(Unwritten, &str)> {
    let said = panic.downcast_ref::<String>()?;
    let why = said.strip_prefix("failed printing to stdout: ")?;
    if why.starts_with("Resource temporarily unavailable") {
        return None;
    }
    Some(match why.starts_with("Broken pipe") {
        true => (Unwritten::ReaderGone, why),
        false => (Unwritten::Failed, why),
    })
}
