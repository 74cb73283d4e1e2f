//! What the supervisor reports, line by line.

use crate::lines::Lines;
use crate::protocol::Report;
use anyhow::Context;
use std::io::{ErrorKind, Read};
use std::net::Shutdown;
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

/// What a read has found.
#[derive(Debug)]
pub(crate) enum Heard {
    Reports(Vec<Report>),
    /// Nothing yet, for as long as the socket waits.
    Nothing,
    /// The end: the supervisor is dead.
    End,
}

impl Reports {
    /// Waits for the next reports, as long as the socket's read timeout says.
    ///
    /// # Errors
    /// A report is none that this version knows, or none can be read.
    pub(crate) fn next(&mut self) -> anyhow::Result<Heard> {
        let mut buffer = [0; 4096];
        let count = match self.socket.read(&mut buffer) {
            Ok(0) => return Ok(Heard::End),
            Ok(count) => count,
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::Interrupted => return Ok(Heard::Nothing),
                // The supervisor died with an order unread.
                ErrorKind::ConnectionReset => return Ok(Heard::End),
                _ => return Err(error).context("listening to a supervisor"),
            },
        };
        let lines = self.lines.whole(&buffer[..count]);
        let lines = lines.split_inclusive(|&byte| byte == b'\n');
        let reports = lines.map(report).collect::<anyhow::Result<_>>()?;
        Ok(Heard::Reports(reports))
    }

    /// Ends the orders, which go over the same socket.
    pub(crate) fn end_orders(&self) {
        let _ = self.socket.shutdown(Shutdown::Write);
    }
}

fn report(line: &[u8]) -> anyhow::Result<Report> {
    serde_json::from_slice(line).with_context(|| {
        let line = String::from_utf8_lossy(line);
        format!("a supervisor said what this version does not know: {line}")
    })
}
