//! A recording: the events of one real run, kept in the repository.

use crate::catalogue::ListingName;
use crate::event::{Event, Kind};
use crate::outcome::Outcome;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// Where and when a recording was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    /// `linux`, `macos`: what [`std::env::consts::OS`] says.
    pub os: String,
    /// `2026-11-22`
    pub date: String,
}

impl Platform {
    /// Whether output recorded there must come out the same here.
    pub fn is_here(&self) -> bool {
        self.os == std::env::consts::OS
    }
}

/// `recordings/NAME.jsonl`: a line about the platform, then an event a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    pub platform: Platform,
    pub events: Vec<Event>,
}

/// The first line; its kind keeps a player from taking it for an event.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename = "recorded")]
struct Recorded {
    #[serde(flatten)]
    platform: Platform,
}

impl Recording {
    /// Reads the recording of one listing of the book at `root`.
    ///
    /// # Errors
    /// There is none, or a line of it is not what it should be.
    pub fn read(root: &Path, listing: &ListingName) -> anyhow::Result<Recording> {
        Recording::read_from(root, listing, &listing.recording())
    }

    /// Reads the X-ray of the recorded run: its events, and what the tracer told.
    ///
    /// # Errors
    /// As [`Recording::read`].
    pub fn read_xray(root: &Path, listing: &ListingName) -> anyhow::Result<Recording> {
        Recording::read_from(root, listing, &listing.xray())
    }

    fn read_from(root: &Path, listing: &ListingName, file: &Path) -> anyhow::Result<Recording> {
        let path = root.join(file);
        fs::read_to_string(&path)
            .map_err(anyhow::Error::new)
            .and_then(|text| Recording::parse(&text))
            .with_context(|| {
                let path = path.display();
                format!("reading {path} (`cargo run -- record {listing}` makes it)")
            })
    }

    /// The recording without what the tracer told.
    pub fn without_xray(&self) -> Recording {
        let traced = |event: &&Event| !matches!(event.kind, Kind::Process(_) | Kind::Seen(_));
        Recording {
            platform: self.platform.clone(),
            events: self.events.iter().filter(traced).cloned().collect(),
        }
    }

    /// # Errors
    /// A line is no JSON of the form that it should have.
    pub fn parse(text: &str) -> anyhow::Result<Recording> {
        let mut lines = text.lines().enumerate();
        let (_, first) = lines.next().context("the file is empty")?;
        let Recorded { platform } = serde_json::from_str(first).context("line 1")?;
        let event =
            |(at, line)| serde_json::from_str(line).with_context(|| format!("line {}", at + 1));
        let events = lines.map(event).collect::<anyhow::Result<_>>()?;
        Ok(Recording { platform, events })
    }

    /// The file's text.
    ///
    /// # Errors
    /// An event has no form as JSON. Every [`Event`] has one, but serde_json's
    /// signature does not say so.
    pub fn to_jsonl(&self) -> anyhow::Result<String> {
        let platform = self.platform.clone();
        let mut text = serde_json::to_string(&Recorded { platform })?;
        text.push('\n');
        for event in &self.events {
            text.push_str(&serde_json::to_string(event)?);
            text.push('\n');
        }
        Ok(text)
    }

    /// All that the run wrote to stdout.
    pub fn stdout(&self) -> Vec<u8> {
        stdout(&self.events)
    }

    /// All that the run wrote to stderr.
    pub fn stderr(&self) -> Vec<u8> {
        stderr(&self.events)
    }

    /// How it ended; `None` if the events stop before its end.
    pub fn outcome(&self) -> Option<Outcome> {
        outcome(&self.events)
    }
}

pub(crate) fn stdout(events: &[Event]) -> Vec<u8> {
    gather(events, |kind| match kind {
        Kind::Stdout(bytes) => Some(&bytes.0),
        _ => None,
    })
}

pub(crate) fn stderr(events: &[Event]) -> Vec<u8> {
    gather(events, |kind| match kind {
        Kind::Stderr(bytes) => Some(&bytes.0),
        _ => None,
    })
}

pub(crate) fn outcome(events: &[Event]) -> Option<Outcome> {
    events.iter().find_map(|event| match event.kind {
        Kind::Exited { outcome, .. } => Some(outcome),
        _ => None,
    })
}

fn gather(events: &[Event], piece: impl Fn(&Kind) -> Option<&Vec<u8>>) -> Vec<u8> {
    let pieces = events.iter().filter_map(|event| piece(&event.kind));
    pieces.flatten().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"kind":"recorded","os":"linux","date":"2026-11-22"}
{"t":0.0,"kind":"started","pid":7,"command":"cargo run -p chapter5 -- word_count"}
{"t":0.004,"kind":"stdout","text":"2\n"}
{"t":0.005,"kind":"exited","code":0,"seconds":0.005}
"#;

    #[test]
    fn what_was_read_is_written_the_same() {
        let recording = Recording::parse(TEXT).unwrap();
        assert_eq!(recording.to_jsonl().unwrap(), TEXT);
        assert_eq!(recording.stdout(), b"2\n");
        assert_eq!(recording.outcome(), Some(Outcome::Code(0)));
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = Recording::parse(&TEXT.replace("0.004", "soon")).unwrap_err();
        assert_eq!(error.to_string(), "line 3");
    }
}
