//! What a tracer tells of a run, without the place where the run happened.

use crate::event::{Event, Kind};
use crate::traced::{Did, Target};
use std::path::Path;

/// Takes the places where a run happened out of what a tracer told: the second of
/// a pair stands wherever the first stood.
pub fn relocate(events: &mut [Event], places: &[(&Path, &str)]) {
    let relocate = |text: &mut String| {
        for (place, instead) in places {
            if let Some(place) = place.to_str().filter(|place| !place.is_empty()) {
                *text = text.replace(place, instead);
            }
        }
    };
    for event in events {
        let Kind::Process(event) = &mut event.kind else {
            continue;
        };
        let (argv, descriptors) = match &mut event.did {
            Did::Executed { argv, descriptors } => (&mut argv[..], descriptors),
            Did::Spawned { descriptors, .. }
            | Did::Descriptors { descriptors }
            | Did::Closed { descriptors } => (&mut [][..], descriptors),
            Did::Threads { .. }
            | Did::Sent { .. }
            | Did::Signalled { .. }
            | Did::Stopped { .. }
            | Did::Continued
            | Did::Exiting { .. }
            | Did::Exited { .. }
            | Did::Reaped { .. }
            | Did::Orphaned { .. } => continue,
        };
        argv.iter_mut().for_each(relocate);
        for descriptor in descriptors {
            if let Target::File { path } = &mut descriptor.to {
                relocate(path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traced::{Descriptor, ProcessEvent};

    #[test]
    fn a_run_is_told_without_the_place_where_it_happened() {
        let file = |path: &str| Descriptor {
            fd: 1,
            to: Target::File {
                path: path.to_owned(),
            },
            cloexec: false,
        };
        let told = |argv: &[&str], path| Event {
            t: 0.0,
            kind: Kind::Process(ProcessEvent {
                pid: 7,
                did: Did::Executed {
                    argv: argv.iter().map(|it| (*it).to_owned()).collect(),
                    descriptors: vec![file(path)],
                },
                line: None,
            }),
        };
        let mut events = [told(
            &["/book/target/debug/chapter5", "/tmp/run-x1/out"],
            "/tmp/run-x1/out",
        )];
        let folder = Path::new("/tmp/run-x1");
        relocate(
            &mut events,
            &[(folder, "."), (Path::new("/book/target/debug/"), "")],
        );
        assert_eq!(events, [told(&["chapter5", "./out"], "./out")]);
    }
}
