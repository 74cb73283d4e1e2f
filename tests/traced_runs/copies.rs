//! A process that copies an end and closes the first of the two still holds it.

use crate::started::start;
use recording::Kind;
use recording::traced::{Descriptor, Did, PipeEnd, PipeId, ProcessEvent, Target};
use run::Start;
use std::collections::BTreeMap;

/// The pipe that a descriptor can write to, if it is not one of the run's streams.
fn written(descriptor: &Descriptor) -> Option<PipeId> {
    match descriptor.to {
        Target::Pipe {
            pipe,
            end: PipeEnd::Write,
        } if !pipe.is_stream() => Some(pipe),
        _ => None,
    }
}

/// `dup2(2)` and `close(2)` are heard before they happen, so a copy is told of at
/// the latest when the first of the two is let go of: whoever reads the events
/// would else take it that nobody can write any more.
#[test]
fn a_copy_is_told_before_its_original_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    // The reader begins to read when the shell has let go of its own ends, and the
    // writer copies its stdout only then.
    let script = r#"mkfifo go; (read go <go; exec 3>&1 1>&-; echo x >&3) | (echo >go; cat)"#;
    let run = start(
        Start::new("sh", folder.path())
            .argument("-c")
            .argument(script),
    )
    .unwrap();
    let mut held: BTreeMap<u32, Vec<Descriptor>> = BTreeMap::new();
    let mut last_closed = Vec::new();
    let mut copies = 0;
    for event in run {
        let Kind::Process(ProcessEvent { pid, did, .. }) = event.unwrap().kind else {
            continue;
        };
        match did {
            Did::Spawned {
                child, descriptors, ..
            } => _ = held.insert(child, descriptors),
            Did::Executed { descriptors, .. } | Did::Descriptors { descriptors } => {
                let is_copy = |it: &Descriptor| it.fd == 3 && written(it).is_some();
                copies += usize::from(descriptors.iter().any(is_copy));
                held.insert(pid, descriptors);
            }
            Did::Closed { descriptors } => {
                let own = held.entry(pid).or_default();
                own.retain(|it| !descriptors.iter().any(|closed| closed.fd == it.fd));
                let left: Vec<_> = held.values().flatten().filter_map(written).collect();
                let closed = descriptors.iter().filter_map(written);
                last_closed.extend(closed.filter(|it| !left.contains(it)).map(|_| pid));
            }
            Did::Exited { .. } => _ = held.remove(&pid),
            _ => {}
        }
    }
    assert!(copies > 0, "the copy at 3 was never told");
    assert_eq!(
        last_closed, [0; 0],
        "these let go of an end that they still held"
    );
}

/// A close is told before it happens, and somebody else may do something in between,
/// upon which the tracer looks at the descriptors anew.
#[test]
fn what_was_let_go_of_is_not_held_at_the_next_look() {
    let chapter = tests::book::chapters().binary("chapter3").unwrap();
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let listing = Start::new(chapter, folder.path()).argument("dropped_reader");
        let mut closed: BTreeMap<u32, Vec<Descriptor>> = BTreeMap::new();
        for event in start(listing).unwrap() {
            let Kind::Process(ProcessEvent { pid, did, .. }) = event.unwrap().kind else {
                continue;
            };
            match did {
                Did::Closed { descriptors } => _ = closed.insert(pid, descriptors),
                Did::Descriptors { descriptors } => {
                    let closed = closed.remove(&pid).unwrap_or_default();
                    let held = closed.iter().find(|it| descriptors.contains(it));
                    assert_eq!(held, None, "it was closed just before");
                }
                _ => _ = closed.remove(&pid),
            }
        }
    }
}
