//! One thing that happened in a run, and its form as a line of JSON.

use crate::outcome::Outcome;
use crate::traced::{ProcessEvent, Seen};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One line of a run: `{"t":0.0041,"kind":"stdout","text":"2\n"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Seconds since the run started.
    pub t: f64,
    #[serde(flatten)]
    pub kind: Kind,
}

/// What happened. New kinds will come: whoever reads events passes over
/// [`Kind::Unknown`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The program runs. `command` is what a reader would type.
    Started { pid: u32, command: String },
    /// It wrote to stdout. Pieces may be cut anywhere: only whole streams are
    /// compared.
    Stdout(Bytes),
    /// It wrote to stderr.
    Stderr(Bytes),
    /// It ended. `seconds` is how long it ran.
    Exited {
        #[serde(flatten)]
        outcome: Outcome,
        seconds: f64,
    },
    /// It ended, but a process that it had started did not, and was killed.
    LeftBehind { pid: u32, name: String },
    /// It ran longer than its settings allow, and was killed.
    TimedOut { seconds: f64 },
    /// It took more of the machine than it may, and was killed: more than
    /// `most` of `what`.
    Exceeded { most: u64, what: Resource },
    /// A tracer tells what a process did, or what was done to it.
    Process(ProcessEvent),
    /// A tracer has looked, since nothing happened.
    Seen(Seen),
    /// It could not be traced, and runs without. `why` is a sentence: what refused
    /// it, and what would allow it.
    Untraced { why: String },
    /// A kind that this version does not know.
    #[serde(other)]
    Unknown,
}

/// What a run takes of the machine, written as a reader reads it after a
/// number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resource {
    /// Processes that live at the same time.
    #[serde(rename = "processes")]
    Processes,
    #[serde(rename = "MiB of memory")]
    Memory,
    #[serde(rename = "MiB in one file")]
    File,
    /// What lies in the run's own folder.
    #[serde(rename = "MiB of files")]
    Folder,
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Bytes that a program wrote, kept exactly: as `text` where they are UTF-8,
/// as `base64` where not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    Text(String),
    Base64(String),
}

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = match std::str::from_utf8(&self.0) {
            Ok(text) => Written::Text(text.to_owned()),
            Err(_) => Written::Base64(BASE64_STANDARD.encode(&self.0)),
        };
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Text(text) => Ok(Bytes(text.into_bytes())),
            Written::Base64(coded) => BASE64_STANDARD
                .decode(coded)
                .map(Bytes)
                .map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(event: &Event) -> String {
        let line = serde_json::to_string(event).unwrap();
        assert_eq!(&serde_json::from_str::<Event>(&line).unwrap(), event);
        line
    }

    #[test]
    fn text_stands_in_the_line_as_text() {
        let kind = Kind::Stdout(Bytes(b"2\n".to_vec()));
        let line = round_trip(&Event { t: 0.0041, kind });
        assert_eq!(line, r#"{"t":0.0041,"kind":"stdout","text":"2\n"}"#);
    }

    #[test]
    fn bytes_that_are_not_utf_8_survive_the_line() {
        let kind = Kind::Stderr(Bytes(vec![0xff, 0, 0xc3]));
        let line = round_trip(&Event { t: 1.0, kind });
        assert_eq!(line, r#"{"t":1.0,"kind":"stderr","base64":"/wDD"}"#);
    }

    #[test]
    fn an_end_is_a_code_or_a_signal() {
        let end = |outcome| Kind::Exited {
            outcome,
            seconds: 0.5,
        };
        let line = round_trip(&Event {
            t: 0.5,
            kind: end(Outcome::Code(3)),
        });
        assert_eq!(line, r#"{"t":0.5,"kind":"exited","code":3,"seconds":0.5}"#);
        let line = round_trip(&Event {
            t: 0.5,
            kind: end(Outcome::Signal(9)),
        });
        assert_eq!(
            line,
            r#"{"t":0.5,"kind":"exited","signal":9,"seconds":0.5}"#
        );
    }

    #[test]
    fn a_bound_can_be_read_in_the_line() {
        let kind = Kind::Exceeded {
            most: 256,
            what: Resource::Folder,
        };
        let line = round_trip(&Event { t: 0.5, kind });
        let expected = r#"{"t":0.5,"kind":"exceeded","most":256,"what":"MiB of files"}"#;
        assert_eq!(line, expected);
        assert_eq!(Resource::Folder.to_string(), "MiB of files");
    }

    #[test]
    fn a_kind_of_the_future_is_passed_over() {
        let event: Event = serde_json::from_str(r#"{"t":0.1,"kind":"drawn","x":1}"#).unwrap();
        assert_eq!(event.kind, Kind::Unknown);
    }
}
