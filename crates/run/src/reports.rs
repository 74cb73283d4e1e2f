//! What the supervisor reports, line by line.

use crate::lines::Lines;
use crate::protocol::Report;
use anyhow::Context;
use std::io::{self, Read};
use std::os::unix::net::UnixStream;

/// The socket that the supervisor reports over, and the owner orders over.
#[derive(Debug)]
pub(crate) struct Reports {
    pub(crate) socket: UnixStream,
    lines: Lines,
}

impl From<UnixStream> for Reports {
    fn from(socket: UnixStream) -> Reports {
        let lines = Lines::default();
        Reports { socket, lines }
    }
}

impl Reports {
    /// Waits for the next reports; `None` if the supervisor is dead.
    ///
    /// # Errors
    /// A report is none that this version knows, or none can be read.
    pub(crate) fn next(&mut self) -> anyhow::Result<Option<Vec<Report>>> {
        let mut buffer = [0; 4096];
        let count = loop {
            match self.socket.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // The supervisor died with an order unread.
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => break 0,
                count => break count.context("listening to a supervisor")?,
            }
        };
        if count == 0 {
            return Ok(None);
        }
        let lines = self.lines.whole(&buffer[..count]);
        let lines = lines.split_inclusive(|&byte| byte == b'\n');
        lines.map(report).collect::<anyhow::Result<_>>().map(Some)
    }
}

fn report(line: &[u8]) -> anyhow::Result<Report> {
    serde_json::from_slice(line).with_context(|| {
        let line = String::from_utf8_lossy(line);
        format!("a supervisor said what this version does not know: {line}")
    })
}
