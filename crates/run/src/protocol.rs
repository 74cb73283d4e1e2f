//! What an owner and its supervisor say to each other: JSON lines over one
//! socket, orders one way and reports the other.

use crate::bounds::Bounds;
use recording::{Bytes, Event};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, Write};
use std::time::Duration;

/// What a program is sent when it is asked, told or made to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// SIGINT: what Ctrl-C sends.
    Interrupt,
    /// SIGTERM
    Terminate,
    /// SIGKILL, which no program can catch.
    Kill,
}

/// The first line: what to start.
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

/// Each further line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    /// For the program's stdin.
    Stdin(Bytes),
    /// Once all that was sent is written.
    CloseStdin,
    /// To the whole process group.
    Signal(Signal),
    /// Interrupt, then terminate, then kill everything.
    Stop,
    /// Kill everything.
    End,
}

/// What the supervisor says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Report {
    /// Anything but output, which does not pass through the supervisor.
    Happened(Event),
    /// The run could not be made, or its supervision broke; why.
    Failed(String),
}

/// Writes one line, in one write.
pub(crate) fn say(to: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(line)?;
    line.push(b'\n');
    to.write_all(&line)
}

/// To a tenth of a millisecond, which is as fine as a reader could want it and
/// keeps recordings short.
pub(crate) fn rounded(seconds: f64) -> f64 {
    (seconds * 1e4).round() / 1e4
}
