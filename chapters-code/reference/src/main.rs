//! The appendix "Reference": the listings of its pages, in reading order.

mod listings {
    pub mod handed_on;
    pub mod no_loader;
    pub mod panic_at_start;
    pub mod same_kind;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Reference", {
        same_kind: "one kind, two errors",
        no_loader: "a loader that is missing, and one that misses a library",
        panic_at_start: "a start that panics where SIGCHLD is ignored",
        handed_on: "a death, handed on by four programs" needs ["timeout", "xargs"],
    })
    .child("start", listings::panic_at_start::start)
    .next("Next: a chapter of the book, for example cargo run -p chapter1")
    .main()
}
