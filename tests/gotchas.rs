//! Gotchas, looked up as the owner of a problem would: by its message, by its
//! status, or by what the terminal does.

use std::fs;
use tests::book::root;

const GOTCHAS: &str = "book/appendix-gotchas/index.md";

/// Words that people brought from their own programs, and the place that has
/// the cure.
const BROUGHT: [(&str, &str); 61] = [
    ("`moov atom not found`", "stopping.md#details"),
    ("`EDITOR` with arguments", "there-is-no-shell.md#details"),
    ("arrives cut off at 4,095", "#a-long-line"),
    (
        "Arguments with blanks or quotes arrive in pieces",
        "surroundings.md#ssh",
    ),
    (
        "the loop in my script starts the next one",
        "#a-loop-that-goes-on",
    ),
    (
        "Address already in use (os error 98)",
        "chapter0/what_a_child_gets.py",
    ),
    (
        "Text file busy (os error 26)",
        "between-fork-and-exec.md#a-file",
    ),
    (
        "shell shows nothing that I type",
        "a-terminal-in-disorder.md",
    ),
    (
        "No child processes (os error 10)",
        "#a-status-that-nobody-kept",
    ),
    ("`check=True` passes", "#a-status-that-nobody-kept"),
    ("sudo, ssh or git in a group", "at-your-terminal.md"),
    (
        "failed printing to stdout: Resource temporarily unavailable (os error 11)",
        "#a-flag-on-your-stdout",
    ),
    (
        "SIGTERM or Ctrl-C (SIGINT) does not end it",
        "#deaf-to-term",
    ),
    ("Half a line is missing under `timeout`", "half-a-line.md"),
    (
        "`Popen()` itself does not return",
        "#a-lock-that-nobody-will-open",
    ),
    ("A WAV of 37 hours", "#past-four-gibibytes"),
    ("unknown format: 65534", "#unknown-format-65534"),
    ("`getnframes()` is 2147483647", "chapter6/no_length.py"),
    (
        "cannot execute: required file not found",
        "#its-interpreter",
    ),
    ("error while loading shared libraries", "#its-loader"),
    ("Too many open files (os error 24)", "#its-input-and-output"),
    ("Cannot allocate memory (os error 12)", "#no-process"),
    ("Operation not permitted (os error 1)", "#no-process"),
    (
        "Too many levels of symbolic links (os error 40)",
        "#its-interpreter",
    ),
    (
        "wait() should either return Ok or panic",
        "#a-start-that-panics",
    ),
    (
        "Exception occurred in preexec_fn",
        "#its-user-its-group-and",
    ),
    ("A `while read` loop runs once", "#a-loop-that-runs-once"),
    (
        "when I read a pseudo-terminal",
        "#the-end-of-a-pseudo-terminal",
    ),
    (
        "asyncio: `wait()` hangs",
        "reference/ended_and_waited_for.py",
    ),
    (
        "`select` or `poll` says that there is nothing",
        "reference/select_and_readline.py",
    ),
    (
        "The last line is missing in a `while read` loop",
        "readers.md#a-shell",
    ),
    (
        "Separator is not found, and chunk exceed the limit",
        "reference/too_long_a_line.py",
    ),
    ("there is no reactor running", "readers.md#messages"),
    ("Event loop is closed", "readers.md#messages"),
    ("stream did not contain valid UTF-8", "readers.md#messages"),
    ("set_var` in a `pre_exec`", "#places-and-names"),
    ("A line is printed twice", "printed_twice.py"),
    ("`Alarm clock`", "what-goes-over.md#timers"),
    ("standard output: Broken pipe", "#what-a-starter-changes"),
    ("A program of the system fails", "#places-and-names"),
    ("No module named 'encodings'", "#places-and-names"),
    ("A limit, a umask, a nice value", "#limits-and-turns"),
    ("A `flock` lock is still held", "two_locks.py"),
    ("`nproc` says 1", "#limits-and-turns"),
    ("255 from ssh", "#who-says-what-of-one-death"),
    ("120 from Python", "exit-statuses.md#the-numbers"),
    ("32512", "#above-255-and-below-0"),
    ("3221225477", "#above-255-and-below-0"),
    ("ffmpeg or sox returned 0", "#the-disk-is-full"),
    ("Output of node is cut off", "reference/cut_at_exit"),
    (
        "goes on at the other end",
        "programs-as-children.md#signals",
    ),
    ("`index.lock': File exists`", "#what-they-leave-behind"),
    (
        "`ssh HOST 'job &'` does not return",
        "#what-they-leave-behind",
    ),
    ("`Username for`", "#it-asks-and-waits-for-an-answer"),
    (
        "Output stands still in a terminal",
        "surroundings.md#a-terminal",
    ),
    (
        "`ssh host 'program &'` does not return",
        "surroundings.md#ssh",
    ),
    (
        "`/dev/stdout: No such device or address`",
        "surroundings.md#systemd",
    ),
    ("137 after `docker stop`", "#process-1-of-a-container"),
    ("`status=203/EXEC`", "surroundings.md#systemd"),
    ("not in cron, CI, systemd", "reference/given.py"),
    (
        "the program at the other end of ssh",
        "surroundings.md#small-starters",
    ),
];

/// One row, so that nobody is sent to two places for one message.
#[test]
fn what_people_brought_has_one_row_each_and_it_leads_to_the_cure() {
    let page = fs::read_to_string(root().join(GOTCHAS)).expect("Gotchas can be read");
    let rows = page
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let rows: Vec<_> = rows.collect();
    let mut wrong = Vec::new();
    for (words, cure) in BROUGHT {
        let found: Vec<_> = rows
            .iter()
            .filter(|(seen, _)| seen.contains(words))
            .collect();
        match found[..] {
            [(_, what)] if what.contains(cure) => {}
            [_] => wrong.push(format!("{words}: its row does not lead to {cure}")),
            _ => wrong.push(format!("{words}: {} rows have it", found.len())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
