//! Where in the listing's source its programs are started.

use super::history::History;
use std::collections::BTreeSet;

/// What has moved, if each run has a start in a line where the other has none: the
/// listing was edited after it was recorded, and the rows would name, and mark, other
/// lines than it has. That one of the two has a line more is chance, or the tracer did
/// not find it.
pub fn moved(then: &History, now: &History) -> Option<String> {
    let gone = &then.starting - &now.starting;
    let come = &now.starting - &then.starting;
    if gone.is_empty() || come.is_empty() {
        return None;
    }
    Some(format!(
        "the listing starts programs in {} as recorded, and in {} now",
        said(&gone),
        said(&come)
    ))
}

fn said(lines: &BTreeSet<u32>) -> String {
    let lines: Vec<_> = lines.iter().map(|line| format!("line {line}")).collect();
    lines.join(" and ")
}
