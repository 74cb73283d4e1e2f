//! How much of the machine a run may take.

use serde::{Deserialize, Serialize};
use std::fs;

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// What a run of code that nobody has read may take. Beyond any of these it is
/// ended, and [`recording::Kind::Exceeded`] says which it was.
///
/// On Linux processes, memory and folder are looked at while the run lasts, so
/// a run may be beyond a bound for some hundredths of a second. Elsewhere only
/// the folder is looked at. What is written outside the folder is bounded file
/// by file only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// How many processes may live at once, the program itself among them. The
    /// system's own limit (`RLIMIT_NPROC`) counts all of the user's processes, and
    /// does not hold root.
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

impl Bounds {
    /// For a program that a reader wrote: as much as any listing of the book
    /// needs, and so little that the machine does not notice.
    pub fn of_a_program() -> Bounds {
        Bounds {
            processes: 256,
            memory: half_of_the_memory().map_or(2 * GIB, |half| half.min(2 * GIB)),
            file: 64 * MIB,
            folder: 256 * MIB,
        }
    }

    /// For a compiler, which a constant or a macro could keep busy without end.
    pub fn of_a_build() -> Bounds {
        Bounds {
            processes: 256,
            memory: half_of_the_memory().unwrap_or(4 * GIB),
            file: GIB,
            folder: 64 * MIB,
        }
    }
}

/// Half of the machine's memory in bytes; `None` without `/proc/meminfo`.
fn half_of_the_memory() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|it| it.strip_prefix("MemTotal:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024 / 2)
}
