//! How much of the machine a run may take.

use serde::{Deserialize, Serialize};

/// What a run of code that nobody has read may take. Beyond any of these it is
/// ended, and [`recording::Kind::Exceeded`] says which it was.
///
/// On Linux processes, memory and folder are looked at while the run lasts, so
/// a run may be beyond a bound for some hundredths of a second. Elsewhere only
/// the folder is looked at. What is written outside the folder is bounded file
/// by file only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// How many processes live at once, the program itself among them. A limit
    /// of the system's (`RLIMIT_NPROC`) would count all of the user's, and not
    /// hold root.
    pub processes: u64,
    /// Bytes of memory of all processes together. Each alone may not ask for
    /// more than twice as much, whether it touches it or not (`RLIMIT_DATA`).
    pub memory: u64,
    /// Bytes in one file (`RLIMIT_FSIZE`).
    pub file: u64,
    /// Bytes on the disk in the folder that the program starts in, each file
    /// counted as a block at least.
    pub folder: u64,
}
