//! What the server answers while it happens: a run, and the book's changes.

use crate::http::Answer;
use anyhow::{Context, bail};
use recording::{Event, Kind};
use serde_json::Value;

/// A run whose events are coming. Dropped, its client has vanished.
pub struct Running {
    pub(super) answer: Answer,
    pub(super) id: Option<String>,
}

impl Running {
    /// # Errors
    /// The connection breaks off, or a line is no JSON.
    pub fn event(&mut self) -> anyhow::Result<Option<Value>> {
        let Some(line) = self.answer.line()? else {
            return Ok(None);
        };
        let event: Value = serde_json::from_str(&line).context(line)?;
        if event["kind"] == "started" {
            self.id = event["id"].as_str().map(str::to_owned);
        }
        Ok(Some(event))
    }

    /// The first event of a kind.
    ///
    /// # Errors
    /// The run is over before.
    pub fn until(&mut self, kind: &str) -> anyhow::Result<Value> {
        let mut seen = Vec::new();
        while let Some(event) = self.event()? {
            if event["kind"] == kind {
                return Ok(event);
            }
            seen.push(event);
        }
        bail!("the run is over without {kind:?}: {seen:?}")
    }

    /// The address of the run, or of something of it, once it has started.
    ///
    /// # Errors
    /// It has not.
    pub fn path(&self, what: &str) -> anyhow::Result<String> {
        let id = self.id.as_ref().context("the run has not started")?;
        Ok(format!("/runs/{id}{what}"))
    }

    /// # Errors
    /// As [`Running::event`].
    pub fn to_end(mut self) -> anyhow::Result<Ended> {
        let mut events = Vec::new();
        while let Some(event) = self.event()? {
            events.push(event);
        }
        Ok(Ended { events })
    }
}

/// All events of a run that is over.
#[derive(Debug)]
pub struct Ended {
    pub events: Vec<Value>,
}

impl Ended {
    /// # Errors
    /// There is none of that kind.
    pub fn event(&self, kind: &str) -> anyhow::Result<&Value> {
        let event = self.events.iter().find(|event| event["kind"] == kind);
        event.with_context(|| format!("no {kind:?} in {:?}", self.events))
    }

    /// The events in the form in which they are compared.
    ///
    /// # Errors
    /// An event is of a kind that `recording` does not know.
    pub fn recorded(&self) -> anyhow::Result<Vec<Event>> {
        let parsed = self.events.iter().cloned().map(serde_json::from_value);
        Ok(parsed.collect::<Result<_, _>>()?)
    }

    /// # Errors
    /// As [`Ended::recorded`].
    pub fn stdout(&self) -> anyhow::Result<Vec<u8>> {
        let pieces = self.recorded()?.into_iter().map(|event| match event.kind {
            Kind::Stdout(bytes) => bytes.0,
            _ => Vec::new(),
        });
        Ok(pieces.flatten().collect())
    }
}

/// The stream of an open page.
pub struct Changes(pub(super) Answer);

impl Changes {
    /// The data of the next event of that name.
    ///
    /// # Errors
    /// The stream ends.
    pub fn until(&mut self, event: &str) -> anyhow::Result<String> {
        let mut name = String::new();
        let mut data = Vec::new();
        while let Some(line) = self.0.line()? {
            if let Some(event) = line.strip_prefix("event: ") {
                name = event.to_owned();
            } else if let Some(piece) = line.strip_prefix("data: ") {
                data.push(piece.to_owned());
            } else if line.is_empty() && name == event {
                return Ok(data.join("\n"));
            } else if line.is_empty() {
                data.clear();
            }
        }
        bail!("the stream ended without {event:?}")
    }
}
