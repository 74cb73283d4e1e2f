//! What a listing does has the line of its source that does it.

use crate::started::start;
use recording::traced::{Did, ProcessEvent};
use recording::{Event, Kind};
use run::Start;
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
fn a_listings_starts_threads_and_waits_have_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let chapter = chapters().binary("chapter2").unwrap();
    let run = start(Start::new(chapter, folder.path()).argument("full_pipe")).unwrap();
    let events: Result<Vec<Event>, _> = run.collect();
    let mut did = events.unwrap().into_iter().filter_map(|it| match it.kind {
        Kind::Process(event) => Some(event),
        _ => None,
    });
    let Some(ProcessEvent { pid: listing, .. }) = did.next() else {
        panic!("nothing is told");
    };
    let (mut starts, mut threads) = (Vec::new(), Vec::new());
    for event in did {
        let its_own = event.pid == listing;
        match event.did {
            Did::Spawned { .. } if its_own => starts.push(event.line),
            Did::Threads { count: 2 } if its_own => threads.push(event.line),
            // The listing may have come to its wait by then, or not.
            Did::Reaped { by, .. } if by == Some(listing) => {
                assert!(event.line.is_none_or(|it| it == line("child.wait()")));
            }
            _ => {}
        }
    }
    assert_eq!(starts, [Some(line(".spawn()")); 2]);
    assert_eq!(threads, [Some(line("thread::spawn")); 2]);
}
