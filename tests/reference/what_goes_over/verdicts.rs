//! What became of an attribute, in the page's words.

use super::estate::{Estate, behind};
use anyhow::ensure;

/// What is new in each process, so that none that did nothing has the same.
const OWN_TO_EACH: [&str; 2] = ["process id", "SCHED_RESET_ON_FORK"];

/// What an exec computes from what there was.
const COMPUTED: [&str; 2] = ["saved user id", "capabilities of another user"];

/// The words for a fork and for an exec; `None` if it cannot happen here.
pub fn of(estate: &Estate, name: &str) -> anyhow::Result<Option<(&'static str, &'static str)>> {
    if name == "text in a buffer" {
        return of_a_buffer(estate);
    }
    let (Some(fresh), Some(fork), Some(apart), Some(exec)) = (
        estate.run(&["show", name])?,
        estate.run(&["fork", name])?,
        estate.run(&["apart", name])?,
        estate.run(&["exec", name])?,
    ) else {
        return Ok(None);
    };
    let fresh = behind(&fresh, "shows ")?;
    Ok(Some((
        over_fork(name, &fork, fresh, &apart)?,
        over_exec(name, &exec, fresh)?,
    )))
}

fn over_fork(name: &str, fork: &str, fresh: &str, apart: &str) -> anyhow::Result<&'static str> {
    let before = behind(fork, "before ")?;
    ensure!(before != fresh, "{name}: nothing was arranged: {fresh}");
    let double = behind(fork, "double ")?;
    if double != before {
        let is_fresh = double == fresh || OWN_TO_EACH.contains(&name);
        ensure!(is_fresh, "{name}: the double has {double}, not {fresh}");
        return Ok("new");
    }
    let parent_has_its_own = behind(fork, "parent ")? == before;
    let parent_noticed_nothing = behind(apart, "parent ")? == fresh;
    Ok(
        match parent_has_its_own && (parent_noticed_nothing || is_of_a_room(name)) {
            true => "copied",
            false => "shared",
        },
    )
}

/// Each run has a room of its own, whose path it shows.
fn is_of_a_room(name: &str) -> bool {
    name == "working directory"
}

fn over_exec(name: &str, exec: &str, fresh: &str) -> anyhow::Result<&'static str> {
    let before = behind(exec, "before ")?;
    let after = behind(exec, "shows ")?;
    ensure!(before != fresh, "{name}: nothing was arranged: {fresh}");
    if after == before {
        return Ok("kept");
    }
    let is_fresh = after == fresh || COMPUTED.contains(&name);
    ensure!(
        is_fresh,
        "{name}: the next program has {after}, not {fresh}"
    );
    Ok("reset")
}

/// Half a line, which both a process and its double write when they end, and
/// which a next program knows nothing of.
fn of_a_buffer(estate: &Estate) -> anyhow::Result<Option<(&'static str, &'static str)>> {
    let word = |to, of: [(&str, &'static str); 2]| {
        let said = estate.run(&["buffer", to])?.unwrap_or_default();
        let found = of.into_iter().find(|(text, _)| *text == said);
        ensure!(found.is_some(), "{to} prints {said:?}");
        Ok(found.map_or("", |(_, word)| word))
    };
    Ok(Some((
        word("fork", [("halfhalf", "copied"), ("half", "new")])?,
        word("exec", [("half", "kept"), ("", "reset")])?,
    )))
}
