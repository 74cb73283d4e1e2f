use super::tidy;
use anyhow::ensure;
use std::fs::File;
use std::io::read_to_string;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::time::Duration;
use trial::{same, trial};

const PAGE: &str = "chapter7-conversations/politely-then-firmly.md";

/// The script has set its traps and started its children by then.
const LIMIT: Duration = Duration::from_secs(2);

/// Nobody waits that long.
const LONG: Duration = Duration::from_secs(60);

#[test]
fn a_script_in_time_is_heard_and_its_status_told() {
    trial("both streams, and exit code 3", || {
        let script = "echo dal; echo hot >&2; exit 3";
        let output = tidy(script, LONG, LONG)?;
        same("the exit code", &output.status.code(), &Some(3))?;
        same("stdout", &output.stdout, &b"dal\n".to_vec())?;
        same("stderr", &output.stderr, &b"hot\n".to_vec())
    })
    .read(PAGE)
    .passes();
}

/// Leaves a server that holds no pipe. It lives until `go` is closed, and then
/// says so in `news`.
const SERVER: &str = "
    exec 3<go 4>news
    { read go <&3; echo lives >&4; } >/dev/null 2>&1 &
    echo up";

#[test]
fn a_script_in_time_may_leave_a_server() {
    trial("`up`, and a server that lives on", || {
        let made = Command::new("mkfifo").args(["go", "news"]).status()?;
        ensure!(made.success(), "mkfifo failed");
        let open = |path| File::options().read(true).write(true).open(path);
        let (go, news) = (open("go")?, open("news")?);
        let output = tidy(SERVER, LONG, LONG)?;
        same("stdout", &output.stdout, &b"up\n".to_vec())?;
        println!("`tidy` has returned; the server is told to end");
        drop(go);
        let heard = File::open("news")?;
        drop(news);
        let lives = read_to_string(heard)? == "lives\n";
        ensure!(lives, "the script was in time, and its server was ended");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn who_cleans_up_on_term_gets_to_and_costs_no_waiting() {
    trial("a lock that is removed, long before the grace ends", || {
        let tidy_up = "wait; rm lock; echo closed; exit 4";
        let script =
            format!("touch lock; trap '{tidy_up}' TERM; sleep 60 & wait");
        let output = tidy(&script, LIMIT, LONG)?;
        let left = std::fs::exists("lock")?;
        ensure!(!left, "the script could not remove its lock");
        same("the exit code", &output.status.code(), &Some(4))?;
        same("stdout", &output.stdout, &b"closed\n".to_vec())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn who_ignores_term_is_killed_with_its_family() {
    trial("signal 9 after the grace, and nothing left", || {
        let script = "trap '' TERM; echo deaf; sleep 60; echo more";
        let output = tidy(script, LIMIT, Duration::from_millis(500))?;
        same("the signal", &output.status.signal(), &Some(9))?;
        same("stdout", &output.stdout, &b"deaf\n".to_vec())
    })
    .read(PAGE)
    .passes();
}

const TOO_SOON: &str = "it was killed too soon, or not waited for";

/// The script dies of TERM at once. One of its children ignores it, the other
/// needs a second for what it has to do.
const FAMILY: &str = "
    exec >/dev/null 2>&1
    (trap '' TERM; exec sleep 60) &
    (trap 'sleep 1; touch saved; exit' TERM; sleep 60 & wait) &
    wait";

#[test]
fn a_grandchild_has_the_whole_grace_and_no_more() {
    trial("work saved after the script's end, nothing left", || {
        let output = tidy(FAMILY, LIMIT, Duration::from_secs(5))?;
        let saved = std::fs::exists("saved")?;
        ensure!(saved, "a grandchild's work was not saved: {TOO_SOON}");
        same("the signal", &output.status.signal(), &Some(15))
    })
    .within(Duration::from_secs(30))
    .read(PAGE)
    .passes();
}
