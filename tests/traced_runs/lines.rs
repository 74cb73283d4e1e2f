//! What a listing does has the line of its source that does it.

use crate::started::start;
use recording::traced::{Did, ProcessEvent};
use recording::{Event, Kind};
use run::Start;
use std::collections::BTreeSet;
use tests::book::chapters;

const SOURCE: &str = include_str!("../../chapters-code/chapter2/src/listings/full_pipe.rs");

/// The only line that has this.
fn line(piece: &str) -> u32 {
    let mut lines = (1..)
        .zip(SOURCE.lines())
        .filter(|(_, it)| it.contains(piece));
    let (number, _) = lines.next().unwrap();
    assert_eq!(lines.next(), None, "{piece} stands there twice");
    number
}

#[test]
fn what_a_listing_does_has_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let chapter = chapters().binary("chapter2").unwrap();
    let run = start(Start::new(chapter, folder.path()).argument("full_pipe")).unwrap();
    let events: Vec<Event> = run.collect::<Result<_, _>>().unwrap();
    let did: Vec<&ProcessEvent> = events.iter().filter_map(of_process).collect();
    let listing = did[0].pid;
    let lines = |is: fn(&Did) -> bool| -> Vec<Option<u32>> {
        let its_own = did.iter().filter(|it| it.pid == listing && is(&it.did));
        its_own.map(|it| it.line).collect()
    };
    let starts = lines(|did| matches!(did, Did::Spawned { .. }));
    assert_eq!(starts, [Some(line(".spawn()")); 2]);
    let signals = lines(|did| matches!(did, Did::Sent { .. }));
    let kill = Some(line("child.kill()"));
    assert!(signals.iter().all(|it| it.is_none() || *it == kill));
    // The listing may have come to its wait by then, or not.
    let wait = Some(line("child.wait()"));
    for event in &did {
        if matches!(event.did, Did::Reaped { by, .. } if by == Some(listing)) {
            assert!(event.line.is_none() || event.line == wait);
        }
    }
}

#[test]
fn sleeping_threads_have_the_lines_at_which_they_sleep() {
    let folder = tempfile::tempdir().unwrap();
    let chapter = chapters().binary("chapter2").unwrap();
    let run = start(Start::new(chapter, folder.path()).argument("full_pipe")).unwrap();
    let events: Vec<Event> = run.collect::<Result<_, _>>().unwrap();
    let listing = events.iter().find_map(of_process).unwrap().pid;
    let seen = events.iter().filter_map(|it| match &it.kind {
        Kind::Seen(seen) => seen.asleep.iter().find(|it| it.pid == listing),
        _ => None,
    });
    let lines: BTreeSet<_> = seen
        .flat_map(|it| it.threads.iter().map(|it| it.line))
        .collect();
    let expected = ["thread::spawn", "recv_timeout"].map(|piece| Some(line(piece)));
    // A busy machine may be seen asleep at others too.
    let expected = BTreeSet::from(expected);
    assert!(expected.is_subset(&lines), "{lines:?}");
}

fn of_process(event: &Event) -> Option<&ProcessEvent> {
    match &event.kind {
        Kind::Process(event) => Some(event),
        _ => None,
    }
}

#[test]
fn a_runtime_that_waits_for_its_tasks_is_at_no_line() {
    let folder = tempfile::tempdir().unwrap();
    let chapter = chapters().binary("chapter8").unwrap();
    let run = start(Start::new(chapter, folder.path()).argument("timed_out")).unwrap();
    let events: Vec<Event> = run.collect::<Result<_, _>>().unwrap();
    let did: Vec<&ProcessEvent> = events.iter().filter_map(of_process).collect();
    let listing = did[0].pid;
    let starts = did.iter().filter(|it| it.pid == listing);
    let starts = starts.filter(|it| matches!(it.did, Did::Spawned { .. }));
    assert!(starts.clone().count() > 0 && starts.into_iter().all(|it| it.line.is_some()));
    let seen = events.iter().filter_map(|it| match &it.kind {
        Kind::Seen(seen) => seen.asleep.iter().find(|it| it.pid == listing),
        _ => None,
    });
    let lines: Vec<_> = seen
        .flat_map(|it| it.threads.iter().map(|it| it.line))
        .collect();
    assert!(lines.contains(&None), "it was never seen asleep");
    // The line of a call that blocks is told, as anywhere.
    let source = include_str!("../../chapters-code/chapter8/src/listings/timed_out.rs");
    let last = (1..).zip(source.lines()).find(|it| it.1 == "    Ok(())");
    let last = last.map(|it| it.0);
    assert!(last.is_some() && !lines.contains(&last), "{lines:?}");
}
