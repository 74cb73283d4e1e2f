//! Where in the listing's source its programs are started.

use recording::traced::Did;
use recording::{Event, Kind};
use std::collections::BTreeSet;

/// What has moved, if each run has a start in a line where the other has none: the
/// listing was edited after it was recorded, and the rows would name, and mark, other
/// lines than it has. That one of the two has a line more is chance, or the tracer did
/// not find it.
pub fn moved(recorded: &[Event], new: &[Event]) -> Option<String> {
    let (then, now) = (starting(recorded), starting(new));
    let (gone, come) = (&then - &now, &now - &then);
    if gone.is_empty() || come.is_empty() {
        return None;
    }
    Some(format!(
        "the listing starts programs in {} as recorded, and in {} now",
        said(&gone),
        said(&come)
    ))
}

/// The lines in which the listing itself starts others.
fn starting(events: &[Event]) -> BTreeSet<u32> {
    let kinds = || events.iter().map(|event| &event.kind);
    let listing = kinds().find_map(|kind| match kind {
        Kind::Started { pid, .. } => Some(*pid),
        _ => None,
    });
    let lines = kinds().filter_map(|kind| match kind {
        Kind::Process(event)
            if Some(event.pid) == listing && matches!(event.did, Did::Spawned { .. }) =>
        {
            event.line
        }
        _ => None,
    });
    lines.collect()
}

fn said(lines: &BTreeSet<u32>) -> String {
    let lines: Vec<_> = lines.iter().map(|line| format!("line {line}")).collect();
    lines.join(" and ")
}
