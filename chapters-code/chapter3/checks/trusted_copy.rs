use super::show_and_keep;
use anyhow::ensure;
use duct::cmd;
use std::fs;
use trial::{same, trial};

const PAGE: &str = "chapter3-stdout/into-a-file.md";

#[test]
fn both_copies_have_the_childs_bytes() {
    trial("the same bytes on stdout and in the file", || {
        let written = "one\r\ntwo\n\nno newline";
        show_and_keep("copy", "printf", &["%s", written])?;
        let kept = fs::read_to_string("copy")?;
        same("the copy", &kept.as_str(), &written)?;
        show_and_keep("copy", "printf", &["\\351\\n"])?;
        same("the copy", &fs::read("copy")?, &b"\xe9\n".to_vec())
    })
    .read(PAGE)
    .prints("one\r\ntwo\n\nno newline\u{fffd}\n");
}

#[test]
fn a_full_disk_is_an_error_after_nine_bytes() {
    trial("an error, though the file took no byte", || {
        let done = show_and_keep("/dev/full", "echo", &["a report"]);
        ensure!(done.is_err(), "the disk is full, and show_and_keep is Ok");
        Ok(())
    })
    .read(PAGE)
    .prints("a report\n");
}

#[test]
fn a_full_disk_ends_a_child_that_would_run_on() {
    trial("an error, and no child after it", || {
        let script = "printf %1000000s; exec sleep 60";
        let done = show_and_keep("/dev/full", "sh", &["-c", script]);
        ensure!(done.is_err(), "the disk is full, and show_and_keep is Ok");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn what_a_failing_program_wrote_is_kept() {
    trial("an error, and both copies of the one line", || {
        let script = "echo step 1; exit 3";
        let done = show_and_keep("copy", "sh", &["-c", script]);
        ensure!(done.is_err(), "the child exited with 3, and this is Ok");
        let kept = fs::read_to_string("copy")?;
        same("the copy", &kept.as_str(), &"step 1\n")
    })
    .read(PAGE)
    .prints("step 1\n");
}

#[test]
fn a_last_line_without_a_newline_is_shown_before_it_returns() {
    trial("a question first, and then what another child says", || {
        show_and_keep("copy", "printf", &["name? "])?;
        // Its stdout is ours, and our buffer is not.
        cmd!("echo", "Amina").run()?;
        same("the copy", &fs::read_to_string("copy")?.as_str(), &"name? ")
    })
    .read(PAGE)
    .prints("name? Amina\n");
}
