//! Chapter 2: its listings, in reading order.

mod listings {
    pub mod both_streams_of_ls;
    pub mod full_pipe;
    pub mod half_an_answer;
    pub mod kept_message;
    pub mod lost_message;
    pub mod order_in_a_shell;
    pub mod redirections_nest;
    pub mod ten_million_bytes;
    pub mod three_answers_of_grep;
    pub mod two_locales;
    pub mod wrong_repair;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Output and errors", {
        both_streams_of_ls: "capture what ls says on both streams",
        both_streams_of_ls.py: "the same in Python",
        lost_message: "capture the reason for a failure, and lose it",
        kept_message: "put the child's own words into the error",
        three_answers_of_grep: "tell a no from a failure",
        half_an_answer: "a failed command with valid output",
        two_locales: "one message in two locales",
        full_pipe: "one byte too many on a stream that nobody reads",
        wrong_repair: "reading stderr first only moves the hang",
        full_pipe.py: "waiting before reading hangs too",
        ten_million_bytes: "read both streams at once",
        how_full.py: "how many bytes fill a pipe",
        redirections_nest: "merge two streams, in both orders",
        order_in_a_shell: "the same two orders in a shell",
        merged.py: "one pipe, and yet out of order",
    })
    .next("Next: cargo run -p chapter3")
    .main()
}
