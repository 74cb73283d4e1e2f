//! What a process's descriptors are told as.

use crate::family::Family;
use recording::traced::{Descriptor, PipeEnd, PipeId, Target};
use std::process::{Command, Stdio};

#[test]
fn standard_streams_files_and_the_null_device_are_told() {
    let mut command = Command::new("sh");
    command.args([
        "-c",
        "exec 5>file 6</dev/null; mkfifo fifo; exec 7<>fifo sleep 600",
    ]);
    let mut family = Family::start_with(&mut command, Stdio::piped());
    let descriptors = loop {
        let told = family.lookout.descriptors(family.id()).unwrap();
        if told.iter().any(|it| it.fd == 7) {
            break told;
        }
        std::thread::yield_now();
    };
    let find = |fd: i32| descriptors.iter().find(|it| it.fd == fd).unwrap();
    let stdin = Descriptor {
        fd: 0,
        to: Target::Pipe {
            pipe: PipeId::STDIN,
            end: PipeEnd::Read,
        },
        cloexec: false,
    };
    assert_eq!(*find(0), stdin);
    assert_eq!((&find(1).to, &find(6).to), (&Target::Null, &Target::Null));
    let path = family.folder().join("file").to_string_lossy().into_owned();
    assert_eq!(find(5).to, Target::File { path });
    let end = PipeEnd::Both;
    assert!(matches!(&find(7).to, Target::Pipe { pipe, end: it } if pipe.0 >= 3 && *it == end));
}

#[test]
fn a_pipe_that_no_program_could_inherit_is_not_told() {
    let mut family = Family::python(
        "import os, subprocess
hidden = os.pipe()
child = subprocess.Popen(['sleep', '600'], stdin=-1)
child.wait()",
    );
    family.waits_without_deadlock(&[("first", "wait4"), ("sleep", "nanosleep")]);
    let sleep = family.names().pid("sleep");
    let told = family.lookout.descriptors(sleep).unwrap();
    let Target::Pipe {
        pipe,
        end: PipeEnd::Read,
    } = told[0].to
    else {
        panic!("{told:?}");
    };
    let ours = family.lookout.descriptors(family.id()).unwrap();
    let pipes: Vec<(PipeId, bool)> = ours
        .iter()
        .filter_map(|it| match it.to {
            Target::Pipe { pipe, .. } => Some((pipe, it.cloexec)),
            _ => None,
        })
        .collect();
    // The test's own, which its children inherit, may be among them.
    let closed: Vec<PipeId> = pipes.iter().filter(|it| it.1).map(|it| it.0).collect();
    assert_eq!(closed, [pipe]);
}
