//! Chapter 7: its listings, in reading order.

mod children;

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Conversations")
        .child("hoarder", children::hoarder)
        .next("Next: cargo run -p chapter8")
        .main()
}
