use crate::fixture::script;
use crate::started::supervisor;
use run::Start;
use rustix::process::{Resource, getrlimit, setrlimit};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn failure(start: Start) -> String {
    format!("{:#}", start.supervised_by(supervisor()).unwrap_err())
}

#[test]
fn a_program_that_does_not_exist_is_named() {
    let start = Start::new("no-such-program", "/tmp");
    let expected = "starting \"no-such-program\": No such file or directory (os error 2)";
    assert_eq!(failure(start), expected);
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let start = Start::new("true", "/no/such/folder");
    assert_eq!(failure(start), "there is no folder /no/such/folder");
}

#[test]
fn a_program_that_may_not_be_run_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program");
    fs::write(&program, "#!/bin/sh\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o644)).unwrap();
    let failure = failure(Start::new(&program, folder.path()));
    assert!(failure.ends_with("program\": Permission denied (os error 13)"));
}

#[test]
fn a_supervisor_that_does_not_exist_is_named() {
    let start = Start::new("true", "/tmp");
    let error = start.supervised_by(Path::new("/no/supervise")).unwrap_err();
    let expected = "starting the supervisor /no/supervise (`cargo build -p run` makes it)";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_supervisor_that_is_none_is_told() {
    let start = Start::new("true", "/tmp");
    let error = start.supervised_by(Path::new("/bin/false")).unwrap_err();
    let expected = "the supervisor died (exit status: 1), and the run with it";
    assert_eq!(error.to_string().trim_end(), expected);
}

#[test]
fn arguments_and_folder_arrive_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let run = Start::new("printf", folder.path())
        .argument("<%s>")
        .argument("$HOME *")
        .argument("")
        .argument("é")
        .command("cargo run -p chapter1 -- hello")
        .supervised_by(supervisor())
        .unwrap();
    let events = run.to_end().unwrap();
    let recording::Kind::Started { command, .. } = &events[0].kind else {
        panic!("{events:?}")
    };
    assert_eq!(command, "cargo run -p chapter1 -- hello");
    let bytes = recording::Bytes("<$HOME *><><é>".into());
    assert_eq!(events[1].kind, recording::Kind::Stdout(bytes));
    script("pwd; ls").ends().with_status(0);
}

#[test]
fn the_program_leads_a_group_of_its_own() {
    let ended = script("ps -o pid=,pgid= -p $$").ends();
    let stdout = String::from_utf8(ended.stdout()).unwrap();
    let [pid, group] = stdout.split_whitespace().collect::<Vec<_>>()[..] else {
        panic!("{stdout}")
    };
    assert_eq!(pid, group);
}

#[test]
#[cfg(target_os = "linux")]
fn the_program_is_out_of_reach_of_the_owners_terminal() {
    // A session that its supervisor leads has no terminal.
    let running = script("ps -o sid=,ppid= -p $$").starts();
    let supervisor = running.supervisor.to_string();
    let stdout = String::from_utf8(running.ends().stdout()).unwrap();
    let fields: Vec<_> = stdout.split_whitespace().collect();
    assert_eq!(fields, [&supervisor, &supervisor]);
}

#[test]
fn what_aborts_dumps_no_core() {
    let mut ours = getrlimit(Resource::Core);
    ours.current = ours.maximum;
    setrlimit(Resource::Core, ours).unwrap();
    let ended = script("ulimit -c; sh -c 'kill -ABRT $$'; ls").ends();
    // In blocks of 512 bytes.
    assert_eq!(ended.stdout(), b"0\n");
}

#[test]
fn a_variable_is_the_programs_alone() {
    let run = Start::new("printenv", "/tmp")
        .argument("BEYOND")
        .variable("BEYOND", "a b")
        .supervised_by(supervisor())
        .unwrap();
    let events = run.to_end().unwrap();
    let bytes = recording::Bytes("a b\n".into());
    assert_eq!(events[1].kind, recording::Kind::Stdout(bytes));
    assert!(std::env::var_os("BEYOND").is_none());
}
