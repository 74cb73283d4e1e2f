//! The appendix "Reference": the listings of its pages, in reading order.

mod listings {
    pub mod chain;
    pub mod cut_at_exit;
    pub mod full_disk_unsaid;
    pub mod handed_on;
    pub mod no_loader;
    pub mod panic_at_start;
    pub mod same_kind;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Reference", {
        chain: "three programs that arrange something, and one that has it" needs ["prlimit", "setpriv"],
        two_locks.py: "a lock that a child holds, and one that it does not",
        printed_twice.py: "one print, two lines",
        same_kind: "one kind, two errors",
        no_loader: "a loader that is missing, and one that misses a library",
        panic_at_start: "a start that panics where SIGCHLD is ignored",
        handed_on: "a death, handed on by four programs" needs ["timeout", "xargs"],
        full_disk_unsaid: "two programs that write to a full disk" needs ["ffmpeg", "sox"],
        cut_at_exit: "the same words, with and without an exit" needs ["node"],
        select_and_readline.py: "two lines, of which select sees one",
        too_long_a_line.py: "the rest of a line is taken for a line",
        ended_and_waited_for.py: "a child that has ended, and a wait that has not",
        given.py: "what a program was given by whoever started it",
    })
    .child("start", listings::panic_at_start::start)
    .next("Next: a chapter of the book, for example cargo run -p chapter1")
    .main()
}
