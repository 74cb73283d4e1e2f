use super::{End, end_of};
use std::fs;
use std::io::ErrorKind;
use trial::{same, trial};

const PAGE: &str = "chapter1-run/when-it-fails.md";
const NOT_STARTED: &str = "chapter1-run/when-it-cannot-start.md";

fn of_script(script: &str, expected: End) -> anyhow::Result<()> {
    let end = end_of("sh", &["-c", script]);
    same(&format!("the end of `{script}`"), &end, &expected)
}

#[test]
fn an_exit_has_its_status() {
    trial("an exit, with the status of the program", || {
        of_script("exit 0", End::Exited(0))?;
        of_script("exit 2", End::Exited(2))?;
        of_script("exit 255", End::Exited(255))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn the_numbers_that_shells_use_are_statuses_like_others() {
    trial("an exit, since each of these programs did exit", || {
        for status in [9, 126, 127, 137, 143] {
            of_script(&format!("exit {status}"), End::Exited(status))?;
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_signal_has_its_number() {
    trial("an end by a signal, and its number", || {
        of_script("kill -9 $$", End::Killed(9))?;
        of_script("kill -15 $$", End::Killed(15))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn what_could_not_be_started_says_why() {
    trial("no start, and the reason", || {
        let not_found = End::NotStarted(ErrorKind::NotFound);
        // By a path: a name would be looked up, and a folder on `PATH` that we
        // may not read would be the reason instead.
        let end = end_of("./no-such-program", &[]);
        same("the end of a program that is missing", &end, &not_found)?;

        fs::write("tool", "#!/bin/sh\n")?;
        let denied = End::NotStarted(ErrorKind::PermissionDenied);
        let end = end_of("./tool", &[]);
        same("the end of a file that is not executable", &end, &denied)?;

        let invalid = End::NotStarted(ErrorKind::InvalidInput);
        let end = end_of("true", &["a\0b"]);
        same("the end with a NUL in an argument", &end, &invalid)
    })
    .read(NOT_STARTED)
    .passes();
}
