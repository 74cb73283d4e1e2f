use super::first_with;
use anyhow::{Context, ensure};
use std::fs::File;
use std::io::read_to_string;
use std::process::Command;
use trial::{same, trial};

const PAGE: &str = "chapter3-stdout/stop-reading.md";

/// The first line of a script that contains `ready`.
fn ready(script: &str) -> anyhow::Result<Option<String>> {
    first_with("ready", "sh", &["-c", script])
}

#[test]
fn a_child_that_would_sleep_on_is_ended() {
    trial("the line at once, and no child after it", || {
        let line = ready("echo a; echo ready now; exec sleep 60")?;
        same("the line", &line.as_deref(), &Some("ready now"))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_child_that_would_write_on_is_ended() {
    trial("the line at once, and no zombie after it", || {
        // Much more than a pipe holds, and not without end: code that reads
        // it all should fail its check, and not take all memory.
        let line = ready("echo it is ready; printf %1000000s; echo")?;
        same("the line", &line.as_deref(), &Some("it is ready"))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_child_that_ends_without_the_line_has_its_status_told() {
    trial("Ok(None) after status 0, an error after another", || {
        same("after status 0, it", &ready("echo one")?, &None)?;
        // Who kills this one now gets a signal for its status.
        let at_work = "echo one; exec >&-; sleep 0.3; exit 0";
        let none = ready(at_work).context("it wrote all, then ended with 0");
        same("after status 0, it", &none?, &None)?;
        let failed = ready("echo one; exit 3");
        ensure!(
            failed.is_err(),
            "the child exited with 3, and first_with is {failed:?}"
        );
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn an_error_leaves_no_child_either() {
    trial("an error, since a line is not UTF-8, and no child", || {
        let failed = ready("printf 'caf\\351\\n'; exec sleep 60");
        ensure!(
            failed.is_err(),
            "a line is not UTF-8, and first_with is {failed:?}"
        );
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_grandchild_that_holds_the_pipe_holds_nobody_up() {
    trial("the line at once, though another holds the pipe", || {
        let made = Command::new("mkfifo").args(["go", "gone"]).status()?;
        ensure!(made.success(), "mkfifo failed");
        let open = |path| File::options().read(true).write(true).open(path);
        let (go, gone) = (open("go")?, open("gone")?);
        // It holds the pipe until `go` is closed.
        let holder = "exec 3<go 4>gone; read go <&3 &";
        let line = ready(&format!("{holder} echo ready; wait"))?;
        println!("the line is there; the one that holds the pipe may go");
        drop(go);
        let at_its_end = File::open("gone")?;
        drop(gone);
        read_to_string(at_its_end)?;
        same("the line", &line.as_deref(), &Some("ready"))
    })
    .read(PAGE)
    .passes();
}
