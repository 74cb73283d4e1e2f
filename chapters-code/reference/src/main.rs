//! The appendix "Reference": the listings of its pages, in reading order.

mod listings {
    pub mod no_loader;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Reference", {
        no_loader: "a loader that is missing, and one that misses a library",
    })
    .next("Next: a chapter of the book, for example cargo run -p chapter1")
    .main()
}
