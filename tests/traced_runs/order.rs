//! Each print stands among the events where it was written.

use crate::started::start;
use recording::traced::{Did, ProcessEvent};
use recording::{Bytes, Event, Kind};
use run::Start;
use std::collections::BTreeSet;

fn events(script: &str) -> Vec<Event> {
    let folder = tempfile::tempdir().unwrap();
    let run = Start::new("sh", folder.path())
        .argument("-c")
        .argument(script);
    let events: Result<Vec<_>, _> = start(run).unwrap().collect();
    events.unwrap()
}

/// What is printed, letter by letter, with `+` for a start and `-` for an end.
fn story(events: &[Event]) -> String {
    let mut story = String::new();
    for event in events {
        match &event.kind {
            Kind::Stdout(Bytes(bytes)) | Kind::Stderr(Bytes(bytes)) => {
                story.push_str(&String::from_utf8_lossy(bytes));
            }
            Kind::Process(event) => match event.did {
                Did::Spawned { .. } => story.push('+'),
                Did::Exited { .. } => story.push('-'),
                _ => {}
            },
            _ => {}
        }
    }
    story
}

#[test]
fn a_print_stands_between_the_start_and_the_end_that_it_was_written_between() {
    let one = "printf a; sh -c 'printf b; exit'; printf c >&2; (printf d >&2; exit); printf e; ";
    let story = story(&events(&one.repeat(200)));
    // The program ends last.
    assert_eq!(story, format!("{}-", "a+b-c+d-e".repeat(200)));
}

/// Whoever sees in `/proc` that another program runs, and does something upon it,
/// does that after the exec.
#[test]
fn what_is_done_upon_an_exec_is_told_after_it() {
    let one = "sh -c 'exec sleep 60' & p=$!; \
        while read -r it </proc/$p/comm && [ $it != sleep ]; do :; done; kill -9 $p; wait $p\n";
    let mut runs_sleep = 0;
    let mut sent = 0;
    for event in events(&one.repeat(60)) {
        let Kind::Process(event) = event.kind else {
            continue;
        };
        match event.did {
            Did::Executed { argv, .. } => runs_sleep += usize::from(argv[0] == "sleep"),
            Did::Sent { signal: 9, .. } => {
                sent += 1;
                assert_eq!(runs_sleep, sent, "it was killed before it ran sleep");
            }
            _ => {}
        }
    }
    assert_eq!(sent, 60);
}

/// A call that waits to be told does not happen if its process is killed meanwhile.
#[test]
fn who_has_begun_to_end_does_nothing_more() {
    // One thread closes what the child has inherited, until another ends them both.
    const END_AMID_CLOSES: &str = "import os, threading, time
ends = [end for n in range(20) for end in os.pipe()]
def leave(after):
    time.sleep(after)
    os._exit(0)
for end in ends:
    os.set_inheritable(end, True)
for n in range(400):
    if os.fork() == 0:
        threading.Thread(target=leave, args=[n / 100_000]).start()
        for end in ends:
            os.close(end)
        threading.Event().wait()
    os.wait()";
    let folder = tempfile::tempdir().unwrap();
    let run = Start::new("python3", folder.path())
        .argument("-c")
        .argument(END_AMID_CLOSES);
    let mut ends = BTreeSet::new();
    let mut too_late = Vec::new();
    for event in start(run).unwrap() {
        let Kind::Process(ProcessEvent { pid, did, .. }) = event.unwrap().kind else {
            continue;
        };
        match did {
            Did::Exiting { .. } => _ = ends.insert(pid),
            Did::Closed { .. } | Did::Descriptors { .. } | Did::Sent { .. } => {
                too_late.extend(ends.contains(&pid).then_some((pid, did)));
            }
            _ => {}
        }
    }
    assert!(ends.len() > 400, "{} have ended", ends.len());
    assert_eq!(too_late, []);
}
