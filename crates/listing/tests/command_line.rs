//! A chapter's command line, from the outside.

// The fixture's functions are tests too, though clippy cannot see it.
#![allow(clippy::unwrap_used)]

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::{env, fs};

/// The example `chapter0`, which Cargo builds for this test.
fn chapter() -> Command {
    let tests = env::current_exe().unwrap();
    let built = tests.parent().unwrap().parent().unwrap();
    Command::new(built.join("examples/chapter0"))
}

/// Held by tests that look into the folder of the listing `writes`.
static ALONE: Mutex<()> = Mutex::new(());

struct Run(Output);

fn chapter_with(arguments: &[&str]) -> Run {
    Run(chapter().args(arguments).output().unwrap())
}

impl Run {
    fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    fn stderr(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    fn exits_with(self, code: i32) -> Self {
        assert_eq!(self.0.status.code(), Some(code), "{}", self.stderr());
        self
    }
}

#[test]
fn one_listing_runs_alone() {
    assert_eq!(
        chapter_with(&["well"]).exits_with(0).stdout(),
        "well done\n"
    );
}

#[test]
fn a_failed_listing_prints_its_error_as_main_would() {
    let run = chapter_with(&["fails"]).exits_with(1);
    assert_eq!(
        run.stderr(),
        "Error: frying\n\nCaused by:\n    the pan is hot\n"
    );
}

#[test]
fn an_unknown_name_is_status_2_and_names_the_nearest() {
    let run = chapter_with(&["wells"]).exits_with(2);
    assert_eq!(run.stdout(), "");
    assert!(run.stderr().contains("no listing named `wells`"));
    assert!(run.stderr().contains("the nearest name is `well`"));
}

#[test]
fn an_argument_too_many_is_status_2() {
    let run = chapter_with(&["well", "done"]).exits_with(2);
    assert!(
        run.stderr()
            .contains("well takes no arguments, but got done")
    );
}

#[test]
fn the_list_names_listings_and_no_children() {
    let list = chapter_with(&["--list"]).exits_with(0).stdout();
    let names: Vec<_> = list
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(
        names,
        [
            "well",
            "fails",
            "aborts",
            "surroundings",
            "heeds",
            "writes",
            "waits",
            "dish.py",
            "tool"
        ]
    );
}

#[test]
fn a_listing_without_its_tool_is_passed_over_and_says_so() {
    let list = chapter_with(&["--list"]).exits_with(0).stdout();
    assert!(
        list.ends_with("tool          use a tool (needs no-such-tool)\n"),
        "{list}"
    );
    let empty = tempfile::tempdir().unwrap();
    let all = Run(chapter().current_dir(&empty).output().unwrap());
    let skipped = "(skipped: it needs no-such-tool, which is not on the PATH)";
    assert!(all.stdout().contains(skipped));
    assert!(!all.stderr().contains("tool"));
    let alone = chapter_with(&["tool"]).exits_with(1).stderr();
    assert_eq!(
        alone,
        "error: tool needs no-such-tool, which is not on the PATH: \
         install it with your system's package manager\n"
    );
}

#[test]
fn a_child_runs_by_its_name() {
    let run = chapter_with(&["child", "helper"]).exits_with(0);
    assert_eq!(run.stdout(), "helped\n");
    chapter_with(&["child", "nobody"]).exits_with(2);
}

#[test]
fn a_failure_does_not_hide_the_rest() {
    let empty = tempfile::tempdir().unwrap();
    let run = chapter().current_dir(&empty).output().unwrap();
    let run = Run(run).exits_with(1);
    let stdout = run.stdout();
    assert!(
        stdout.starts_with("Chapter 0: A chapter for tests\n\n── well: do well ──\nwell done\n")
    );
    let (aborts, after) = (stdout.find("── aborts"), stdout.find("── writes"));
    assert!(aborts.is_some() && aborts < after, "{stdout}");
    assert!(stdout.ends_with("\nNext: a real chapter\n"));
    assert!(
        run.stderr()
            .contains("error: fails ended with exit status: 1")
    );
    assert!(run.stderr().contains("error: aborts ended with signal: 6"));
}

#[test]
fn a_listing_sees_a_tidy_environment_and_an_empty_folder() {
    let run = chapter()
        .arg("surroundings")
        .envs([("CARGO_PKG_NAME", "x"), ("RUST_BACKTRACE", "1")])
        .env("LC_ALL", "de_DE.UTF-8")
        .output()
        .unwrap();
    assert_eq!(Run(run).stdout(), "LC_ALL=C []\n0 files\ntrue\n");
}

#[test]
fn a_listing_heeds_ctrl_c_wherever_it_was_started() {
    // As a shell without job control starts what stands before `&`.
    let run = Command::new("sh")
        .args(["-c", "trap '' INT QUIT; exec \"$0\" heeds"])
        .arg(chapter().get_program())
        .output()
        .unwrap();
    let run = Run(run).exits_with(0);
    assert_eq!(run.stdout(), "signal: 2 (SIGINT)\nsignal: 3 (SIGQUIT)\n");
}

/// Runs a program on that file.
fn run(program: &str, arguments: &[&str], file: &Path) {
    let mut run = Command::new(program);
    assert!(run.args(arguments).arg(file).status().unwrap().success());
}

/// Runs the listing `dish.py` by a copy of the chapter's binary at `program`. What
/// stands for Python here says which file it got, and what is in it.
fn python_of(program: &Path, variables: &[(&str, &Path)]) -> Run {
    let tools = tempfile::tempdir().unwrap();
    let python = tools.path().join("python3");
    // Processes of their own write both. A child of another test could have them open
    // for writing otherwise, and their start would fail with ETXTBSY.
    let text = "#!/bin/sh\necho \"$1\"\ncat \"$1\"\n";
    run(
        "sh",
        &["-c", "printf %s \"$0\" >\"$1\" && chmod 755 \"$1\"", text],
        &python,
    );
    let path = format!("{}:/usr/bin:/bin", tools.path().display());
    fs::create_dir_all(program.parent().unwrap()).unwrap();
    let chapter = chapter().get_program().to_str().unwrap().to_owned();
    run("cp", &[&chapter], program);
    let run = Command::new(program)
        .arg("dish.py")
        .env_remove("CARGO_MANIFEST_DIR")
        .env("PATH", path)
        .envs(variables.iter().copied())
        .output();
    Run(run.unwrap())
}

#[test]
fn a_chapter_finds_its_python_wherever_the_book_was_moved() {
    let moved = tempfile::tempdir().unwrap();
    let moved = moved.path().canonicalize().unwrap();
    let file = moved.join("chapters-code/chapter0/python/dish.py");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "print(1)\n").unwrap();
    let said = format!("{}\nprint(1)\n", file.display());
    for program in ["programs/chapter0", "target/debug/chapter0"] {
        let run = python_of(&moved.join(program), &[]).exits_with(0);
        assert_eq!(run.stdout(), said, "{program}");
    }
    // Cargo builds elsewhere, and says which package it runs.
    let elsewhere = tempfile::tempdir().unwrap();
    let program = elsewhere.path().join("debug/chapter0");
    let package = moved.join("chapters-code/chapter0");
    let run = python_of(&program, &[("CARGO_MANIFEST_DIR", &package)]).exits_with(0);
    assert_eq!(run.stdout(), said);
    let lost = python_of(&program, &[]).exits_with(1).stderr();
    assert!(lost.contains("no chapters-code above"), "{lost}");
}

/// The folder of a run of the listing `writes`, which leaves a file.
fn writes() -> PathBuf {
    let run = chapter_with(&["writes"]).exits_with(0);
    let folder = run.stderr();
    let folder = folder.trim().strip_prefix("(its files are in ").unwrap();
    PathBuf::from(folder.strip_suffix(')').unwrap())
}

#[test]
fn what_a_listing_leaves_is_found_again_until_the_next_run() {
    let _alone = ALONE.lock();
    let first = writes();
    assert_eq!(
        fs::read_to_string(first.join("dish.txt")).unwrap(),
        "butter chicken"
    );
    let second = writes();
    assert!(second.join("dish.txt").is_file());
    assert!(!first.exists());
}

#[test]
#[cfg(target_os = "linux")]
fn a_run_in_another_pid_namespace_keeps_its_folder() {
    let _alone = ALONE.lock();
    let own = writes();
    // Were it a pid of ours, no process would have it: it is the highest of all.
    let elsewhere = own.with_file_name("4194303-4026530000");
    fs::create_dir_all(&elsewhere).unwrap();
    writes();
    assert!(fs::remove_dir(&elsewhere).is_ok());
}

#[test]
fn a_listing_started_in_an_empty_folder_stays_there() {
    let folder = tempfile::tempdir().unwrap();
    let run = chapter()
        .arg("writes")
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(Run(run).exits_with(0).stderr(), "");
    assert!(folder.path().join("dish.txt").is_file());
}

#[test]
fn a_listing_in_a_given_folder_is_told_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let run = chapter()
        .arg("surroundings")
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(Run(run).stdout().ends_with("\ntrue\n"));
}

#[test]
fn two_runs_of_one_listing_do_not_meet() {
    let mut first = chapter()
        .arg("waits")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ready = [0; 6];
    first
        .stdout
        .as_mut()
        .unwrap()
        .read_exact(&mut ready)
        .unwrap();
    let second = chapter().arg("waits").stdin(Stdio::null()).output();
    Run(second.unwrap()).exits_with(0);
    let first = first.wait_with_output().unwrap();
    assert_eq!(Run(first).exits_with(0).stdout(), "it is still there\n");
}

#[test]
fn a_reader_that_stops_early_is_told_no_error() {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let mut chapter = chapter();
    let chapter = chapter.arg("--help").stdout(writer).stderr(Stdio::piped());
    let run = chapter.spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(Run(run).exits_with(141).stderr(), "");
}
