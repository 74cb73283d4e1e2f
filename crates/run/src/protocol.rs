//! What an owner and its supervisor say to each other: JSON lines over one
//! socket, orders one way and reports the other.

use crate::bounds::Bounds;
use recording::{Bytes, Event};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, Write};
use std::time::Duration;

/// The owner's first line: what to start.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) program: OsString,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) variables: Vec<(OsString, OsString)>,
    pub(crate) folder: OsString,
    /// What a reader would type; [`recording::Kind::Started`] repeats it.
    pub(crate) command: String,
    pub(crate) time_limit: Option<Duration>,
    pub(crate) bounds: Option<Bounds>,
}

/// Each further line from the owner.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    /// Bytes for the program's stdin.
    Stdin(Bytes),
    /// Closes the program's stdin, once all that was sent is written.
    CloseStdin,
    /// Sends interrupt, then terminate, and then kills everything.
    Stop,
    /// Kills everything.
    End,
}

/// Each line from the supervisor.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Report {
    /// Something happened other than output, which does not pass through the
    /// supervisor.
    Happened(Event),
    /// Why the run could not be started, or cannot be supervised any more.
    Failed(String),
}

/// Writes one line, in one write.
pub(crate) fn write_line(to: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(line)?;
    line.push(b'\n');
    to.write_all(&line)
}

/// Seconds to a tenth of a millisecond: as fine as a reader could want them, and
/// short in recordings.
pub(crate) fn rounded(seconds: f64) -> f64 {
    (seconds * 1e4).round() / 1e4
}
