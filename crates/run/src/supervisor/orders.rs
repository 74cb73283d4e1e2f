//! The owner's orders, in the order in which they come.

use super::input::Input;
use super::watch::News;
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
    /// The next one; `None` when the owner is gone.
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

/// Follows the orders about stdin, and passes the others on, in a thread of its
/// own: orders are read at once whatever the program does.
pub(super) fn follow(mut orders: Orders, stdin: Option<ChildStdin>, tell: Sender<News>) {
    thread::spawn(move || {
        let mut input = stdin.map(Input::from);
        loop {
            let news = match orders.next() {
                Ok(Some(Order::Stdin(bytes))) => match &mut input {
                    Some(input) => match input.write(bytes.0) {
                        Ok(()) => continue,
                        Err(error) => News::Broken(error),
                    },
                    None => continue,
                },
                Ok(Some(Order::CloseStdin)) => {
                    input = None;
                    continue;
                }
                Ok(Some(Order::Signal(signal))) => News::Signal(signal),
                Ok(Some(Order::Stop)) => News::Stop,
                Ok(Some(Order::End)) => News::End,
                // The owner has gone.
                Ok(None) => {
                    let _ = tell.send(News::End);
                    return;
                }
                Err(error) => News::Broken(error),
            };
            let last = matches!(news, News::Broken(_));
            if tell.send(news).is_err() || last {
                return;
            }
        }
    });
}
