//! How an answer shows in a recording, or in its X-ray.

use crate::short::find;
use recording::{Event, Kind, Outcome, Recording};
use serde::Deserialize;
use xray::XRay;

/// How an answer would show in the recording, if it were right.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Seen {
    /// The text stands in stdout; `""` says that stdout is empty.
    Stdout(String),
    Stderr(String),
    Exit(i32),
    Signal(i32),
    /// Both texts stand in the output, in this order.
    Order([String; 2]),
    /// It is so in the X-ray, in the words of [`XRay::is_so`].
    Xray(String),
}

impl Seen {
    /// # Errors
    /// The X-ray, which is there if [`Seen::is_in_xray`], cannot be asked this.
    pub(crate) fn holds(&self, recording: &Recording, xray: Option<&XRay>) -> Result<bool, String> {
        Ok(match self {
            Seen::Stdout(piece) => stands_in(piece, &recording.stdout()),
            Seen::Stderr(piece) => stands_in(piece, &recording.stderr()),
            Seen::Exit(code) => recording.outcome() == Some(Outcome::Code(*code)),
            Seen::Signal(signal) => recording.outcome() == Some(Outcome::Signal(*signal)),
            Seen::Order(pieces) => {
                let [first, second] = pieces;
                match (when(first, recording), when(second, recording)) {
                    (Some(first), Some(second)) => first < second,
                    _ => false,
                }
            }
            Seen::Xray(fact) => match xray {
                Some(xray) => xray.is_so(fact)?,
                None => false,
            },
        })
    }

    pub(crate) fn is_in_xray(&self) -> bool {
        matches!(self, Seen::Xray(_))
    }
}

fn stands_in(piece: &str, stream: &[u8]) -> bool {
    match piece {
        "" => stream.is_empty(),
        piece => find(piece, stream).is_some(),
    }
}

/// When a text first stood in the output: the event that brought its first
/// byte, and the byte's place there. Each stream is searched as a whole, since
/// an event may end anywhere.
fn when(piece: &str, recording: &Recording) -> Option<(usize, usize)> {
    let stdout = |kind: &Kind| matches!(kind, Kind::Stdout(_));
    let stderr = |kind: &Kind| matches!(kind, Kind::Stderr(_));
    let in_stdout = when_on(piece, &recording.events, stdout);
    let in_stderr = when_on(piece, &recording.events, stderr);
    in_stdout.into_iter().chain(in_stderr).min()
}

fn when_on(piece: &str, events: &[Event], on: fn(&Kind) -> bool) -> Option<(usize, usize)> {
    let mut stream = Vec::new();
    let mut starts = Vec::new();
    for (at, event) in events.iter().enumerate() {
        if let Kind::Stdout(bytes) | Kind::Stderr(bytes) = &event.kind
            && on(&event.kind)
        {
            starts.push((at, stream.len()));
            stream.extend(&bytes.0);
        }
    }
    let found = find(piece, &stream)?;
    let (event, start) = starts.into_iter().rfind(|(_, start)| *start <= found)?;
    Some((event, found - start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recording(events: &str) -> Recording {
        let first = r#"{"kind":"recorded","os":"linux","date":"2026-11-22"}"#;
        Recording::parse(&format!("{first}\n{events}")).unwrap()
    }

    fn order(first: &str, second: &str, recording: &Recording) -> bool {
        Seen::Order([first, second].map(str::to_owned))
            .holds(recording, None)
            .unwrap()
    }

    #[test]
    fn the_order_of_two_texts_is_that_of_their_events() {
        let recording = recording(
            r#"{"t":0.1,"kind":"stdout","text":"one\ntw"}
{"t":0.2,"kind":"stderr","text":"warning\n"}
{"t":0.3,"kind":"stdout","text":"o\nthree\n"}"#,
        );
        assert!(order("one", "warning", &recording));
        assert!(order("two", "warning", &recording));
        assert!(order("warning", "three", &recording));
        assert!(order("one", "two", &recording));
        assert!(!order("three", "one", &recording));
        assert!(!order("one", "four", &recording));
        assert!(!order("one", "one", &recording));
    }

    #[test]
    fn an_empty_piece_says_that_the_stream_is_empty() {
        let recording = recording(r#"{"t":0.1,"kind":"stdout","text":"one\n"}"#);
        assert!(!Seen::Stdout(String::new()).holds(&recording, None).unwrap());
        assert!(Seen::Stderr(String::new()).holds(&recording, None).unwrap());
        assert!(
            Seen::Stdout("one\n".to_owned())
                .holds(&recording, None)
                .unwrap()
        );
    }

    #[test]
    fn an_end_is_a_status_or_a_signal() {
        let recording = recording(r#"{"t":0.1,"kind":"exited","signal":9,"seconds":0.1}"#);
        assert!(Seen::Signal(9).holds(&recording, None).unwrap());
        assert!(!Seen::Exit(9).holds(&recording, None).unwrap());
    }
}
