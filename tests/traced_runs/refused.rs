//! Where ptrace is refused, a run goes on without, and says so.

use crate::started::{supervisor, tracer};
use recording::traced::Did;
use recording::{Bytes, Event, Kind, Outcome};
use run::Start;
use std::process::Command;
use tests::executable;

/// Stands in the tracer's place, and becomes it behind a filter by which a call fails
/// with EPERM, as ptrace did in Docker's.
const FILTERED: &str = r#"#!/usr/bin/env python3
import ctypes, os, platform, struct, sys
number = NUMBERS[platform.machine()]
instruction = lambda *it: struct.pack("HBBI", *it)
program = (
    instruction(0x20, 0, 0, 0)              # the call's number
    + instruction(0x15, 0, 1, number)       # is it the call?
    + instruction(0x06, 0, 0, 0x00050001)   # then EPERM
    + instruction(0x06, 0, 0, 0x7FFF0000)   # else it is allowed
)
buffer = ctypes.create_string_buffer(program, len(program))
program = struct.pack("HxxxxxxP", 4, ctypes.addressof(buffer))
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0      # PR_SET_NO_NEW_PRIVS
assert libc.prctl(22, 2, program) == 0      # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
os.execv(TRACER, sys.argv)
"#;

/// What a run tells if the tracer, and all that it starts, are refused a call.
fn events(refused: Refused, script: &str) -> Option<Vec<Event>> {
    if Command::new("python3").arg("-V").output().is_err() {
        println!("not tested: python3 is not installed");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let filtered = folder.path().join("tracer");
    let path = format!("{:?}", tracer());
    let numbers = match refused {
        Refused::Ptrace => r#"{"x86_64": 101, "aarch64": 117}"#,
        Refused::Seccomp => r#"{"x86_64": 317, "aarch64": 277}"#,
    };
    let program = FILTERED.replace("TRACER", &path);
    executable::write(&filtered, program.replace("NUMBERS", numbers)).unwrap();
    let start = Start::new("sh", folder.path());
    let start = start.argument("-c").argument(script);
    let run = start.traced_by(&filtered, supervisor()).unwrap();
    Some(run.to_end().unwrap())
}

enum Refused {
    Ptrace,
    Seccomp,
}

/// Without the filter that tells of calls, what does not need it is told.
#[test]
fn without_told_calls_starts_ends_and_reaps_are_told() {
    let script = "sh -c 'exit 3' & wait; sh -c 'exit 4'; exit 5";
    let Some(events) = events(Refused::Seccomp, script) else {
        return;
    };
    let did = events.iter().filter_map(|event| match &event.kind {
        Kind::Process(it) => Some(it),
        other => {
            assert!(!matches!(other, Kind::Untraced { .. }), "{other:?}");
            None
        }
    });
    let mut root = None;
    let mut outcomes = Vec::new();
    let mut reapers = Vec::new();
    for event in did {
        let root = *root.get_or_insert(event.pid);
        match event.did {
            Did::Exited { outcome } => outcomes.push(outcome),
            Did::Reaped { by, .. } => reapers.push(by == Some(root)),
            _ => {}
        }
    }
    assert_eq!(outcomes, [3, 4, 5].map(Outcome::Code));
    assert_eq!(reapers, [true, true, false]);
}

#[test]
fn a_run_that_may_not_be_traced_goes_on_and_says_why() {
    let script = "echo one; echo two >&2; exit 3";
    let Some(events) = events(Refused::Ptrace, script) else {
        return;
    };
    let kinds: Vec<_> = events.iter().map(|event| &event.kind).collect();
    let [started, untraced, one, two, exited] = kinds[..] else {
        panic!("{kinds:?}")
    };
    assert!(matches!(started, Kind::Started { .. }));
    let Kind::Untraced { why } = untraced else {
        panic!("{untraced:?}")
    };
    let expected = "This run cannot be X-rayed, since a filter of system calls, such as a \
                    container's, refuses ptrace: with Docker, `--cap-add=SYS_PTRACE` allows it.";
    assert_eq!(why, expected);
    assert_eq!(*one, Kind::Stdout(Bytes(b"one\n".to_vec())));
    assert_eq!(*two, Kind::Stderr(Bytes(b"two\n".to_vec())));
    let code = Outcome::Code(3);
    assert!(matches!(exited, Kind::Exited { outcome, .. } if *outcome == code));
}

#[test]
fn a_supervisor_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let start = Start::new("true", folder.path());
    let error = start
        .traced_by(tracer(), "/no/supervise".as_ref())
        .unwrap_err();
    let error = format!("{error:#}");
    assert!(
        error.contains("starting /no/supervise: No such file"),
        "{error}"
    );
}
