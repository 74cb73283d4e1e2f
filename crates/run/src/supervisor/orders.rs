//! What the owner orders, read and followed.

use super::event::SupervisorEvent;
use super::stdin_writer::StdinWriter;
use crate::protocol::Order;
use anyhow::Context;
use serde::de::DeserializeOwned;
use std::io::{BufRead, BufReader};
use std::os::unix::net::UnixStream;
use std::process::ChildStdin;
use std::sync::mpsc::Sender;
use std::thread;

/// JSON lines from the owner.
pub(super) struct Orders {
    lines: BufReader<UnixStream>,
    line: Vec<u8>,
}

impl From<UnixStream> for Orders {
    fn from(owner: UnixStream) -> Orders {
        Orders {
            lines: BufReader::new(owner),
            line: Vec::new(),
        }
    }
}

impl Orders {
    /// Waits for the next line; `None` when the owner has gone.
    ///
    /// # Errors
    /// The line is none of these, or cannot be read.
    pub(super) fn next<Line: DeserializeOwned>(&mut self) -> anyhow::Result<Option<Line>> {
        self.line.clear();
        let read = self.lines.read_until(b'\n', &mut self.line);
        read.context("listening to the owner")?;
        if self.line.last() != Some(&b'\n') {
            return Ok(None);
        }
        let line = serde_json::from_slice(&self.line).with_context(|| {
            let line = String::from_utf8_lossy(&self.line);
            format!("an order that this supervisor does not know: {line}")
        })?;
        Ok(Some(line))
    }
}

/// Follows the owner's orders in a thread of its own, so that they are read at
/// once, whatever the program does.
pub(super) fn follow(orders: Orders, stdin: Option<ChildStdin>, tell: Sender<SupervisorEvent>) {
    thread::spawn(move || {
        let last = match follow_all(orders, stdin, &tell) {
            // The owner has gone.
            Ok(()) => SupervisorEvent::End,
            Err(error) => SupervisorEvent::Broken(error),
        };
        let _ = tell.send(last);
    });
}

/// Does itself what is ordered about stdin, and tells of the other orders.
fn follow_all(
    mut orders: Orders,
    stdin: Option<ChildStdin>,
    tell: &Sender<SupervisorEvent>,
) -> anyhow::Result<()> {
    let mut stdin = stdin.map(StdinWriter::from);
    while let Some(order) = orders.next()? {
        let event = match order {
            Order::Stdin(bytes) => {
                if let Some(stdin) = &mut stdin {
                    stdin.write(bytes.0)?;
                }
                continue;
            }
            Order::CloseStdin => {
                stdin = None;
                continue;
            }
            Order::Stop => SupervisorEvent::Stop,
            Order::End => SupervisorEvent::End,
        };
        if tell.send(event).is_err() {
            // The run is over.
            break;
        }
    }
    Ok(())
}
