//! Where ptrace is refused, a run goes on without, and says so.

use crate::started::{supervisor, tracer};
use recording::{Bytes, Event, Kind, Outcome};
use run::Start;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// Stands in the tracer's place, and becomes it behind a filter by which ptrace
/// fails with EPERM, as Docker's did.
const FILTERED: &str = r#"#!/usr/bin/env python3
import ctypes, os, platform, struct, sys
ptrace = {"x86_64": 101, "aarch64": 117}[platform.machine()]
instruction = lambda *it: struct.pack("HBBI", *it)
program = (
    instruction(0x20, 0, 0, 0)              # the call's number
    + instruction(0x15, 0, 1, ptrace)       # is it ptrace?
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

#[test]
fn a_run_that_may_not_be_traced_goes_on_and_says_why() {
    if Command::new("python3").arg("-V").output().is_err() {
        return println!("not tested: python3 is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let filtered = folder.path().join("tracer");
    let path = format!("{:?}", tracer());
    fs::write(&filtered, FILTERED.replace("TRACER", &path)).unwrap();
    fs::set_permissions(&filtered, fs::Permissions::from_mode(0o755)).unwrap();
    let start = Start::new("sh", folder.path())
        .argument("-c")
        .argument("echo one; echo two >&2; exit 3");
    let run = start.traced_by(&filtered, supervisor()).unwrap();
    let events: Vec<Event> = run.to_end().unwrap();
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
