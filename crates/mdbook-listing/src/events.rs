//! A recording's events as its page holds them, for what the page shows and
//! for the player, which replays them by the code that shows a live run.

use crate::escape::json;
use recording::catalogue::Settings;
use recording::{Bytes, Event, Kind, Recording};
use serde::Serialize;

/// Of a recording that wrote more, a page holds the beginning and the end,
/// half of this each.
const MAX_OUTPUT_BYTES: usize = 64 * 1024;

/// A line of the recording, or what stands in its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct PageEvent {
    /// Seconds since the run started.
    pub(crate) t: f64,
    #[serde(flatten)]
    pub(crate) kind: PageKind,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum PageKind {
    Recorded(Kind),
    Added(Added),
}

/// What a recording itself does not say.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Added {
    /// What the run read.
    Stdin { text: String },
    /// How much of what it wrote is not in the page.
    LeftOut { bytes: usize },
}

impl PageEvent {
    fn recorded(t: f64, kind: Kind) -> PageEvent {
        let kind = PageKind::Recorded(kind);
        PageEvent { t, kind }
    }

    fn added(t: f64, added: Added) -> PageEvent {
        let kind = PageKind::Added(added);
        PageEvent { t, kind }
    }
}

/// What a page holds of a recording.
pub(crate) fn page_events(recording: &Recording, settings: &Settings) -> Vec<PageEvent> {
    let mut held = Vec::new();
    if let Some(text) = settings.stdin.clone().filter(|text| !text.is_empty()) {
        held.push(PageEvent::added(0.0, Added::Stdin { text }));
    }
    let written = recording.events.iter().filter_map(output);
    let cut = Cut::of(written.map(<[u8]>::len).sum());
    let mut at = 0;
    for event in &recording.events {
        match &event.kind {
            Kind::Process(_) | Kind::Seen(_) | Kind::Untraced { .. } | Kind::Unknown => {}
            Kind::Stdout(bytes) => {
                cut.apply(event.t, Kind::Stdout, &bytes.0, at, &mut held);
                at += bytes.0.len();
            }
            Kind::Stderr(bytes) => {
                cut.apply(event.t, Kind::Stderr, &bytes.0, at, &mut held);
                at += bytes.0.len();
            }
            other => held.push(PageEvent::recorded(event.t, other.clone())),
        }
    }
    held
}

/// The events as a block of data.
pub(crate) fn script(events: &[PageEvent]) -> Result<String, String> {
    let json = json(events)?;
    Ok(format!(
        "<script type=\"application/json\" class=\"events\">{json}</script>\n"
    ))
}

fn output(event: &Event) -> Option<&[u8]> {
    match &event.kind {
        Kind::Stdout(bytes) | Kind::Stderr(bytes) => Some(&bytes.0),
        _ => None,
    }
}

/// The bytes of a run's output that its page does not hold: those from `from`
/// up to `to`.
struct Cut {
    from: usize,
    to: usize,
}

impl Cut {
    fn of(written: usize) -> Cut {
        if written > MAX_OUTPUT_BYTES {
            Cut {
                from: MAX_OUTPUT_BYTES / 2,
                to: written - MAX_OUTPUT_BYTES / 2,
            }
        } else {
            Cut {
                from: written,
                to: written,
            }
        }
    }

    /// Adds what is left of a piece that begins at the byte `begin`.
    fn apply(
        &self,
        t: f64,
        kind: fn(Bytes) -> Kind,
        bytes: &[u8],
        begin: usize,
        held: &mut Vec<PageEvent>,
    ) {
        let end = begin + bytes.len();
        let from = self.from.clamp(begin, end);
        let to = self.to.clamp(begin, end);
        let mut keep = |bytes: &[u8]| {
            if !bytes.is_empty() {
                held.push(PageEvent::recorded(t, kind(Bytes(bytes.to_vec()))));
            }
        };
        if from == to {
            return keep(bytes);
        }
        keep(&bytes[..from - begin]);
        let rest = &bytes[to - begin..];
        if from == self.from {
            let bytes = self.to - self.from;
            held.push(PageEvent::added(t, Added::LeftOut { bytes }));
        }
        if !rest.is_empty() {
            held.push(PageEvent::recorded(t, kind(Bytes(rest.to_vec()))));
        }
    }
}
