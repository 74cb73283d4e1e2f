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
    listing::chapter!("Output and errors")
        .listing(
            "both_streams_of_ls",
            "capture what ls says on both streams",
            listings::both_streams_of_ls::main,
        )
        .python("both_streams_of_ls.py", "the same in Python")
        .listing(
            "lost_message",
            "capture the reason for a failure, and lose it",
            listings::lost_message::main,
        )
        .listing(
            "kept_message",
            "put the child's own words into the error",
            listings::kept_message::main,
        )
        .listing(
            "three_answers_of_grep",
            "tell a no from a failure",
            listings::three_answers_of_grep::main,
        )
        .listing(
            "half_an_answer",
            "a failed command with valid output",
            listings::half_an_answer::main,
        )
        .listing(
            "two_locales",
            "one message in two locales",
            listings::two_locales::main,
        )
        .listing(
            "full_pipe",
            "one byte too many on a stream that nobody reads",
            listings::full_pipe::main,
        )
        .listing(
            "wrong_repair",
            "reading stderr first only moves the hang",
            listings::wrong_repair::main,
        )
        .python("full_pipe.py", "waiting before reading hangs too")
        .listing(
            "ten_million_bytes",
            "read both streams at once",
            listings::ten_million_bytes::main,
        )
        .listing(
            "redirections_nest",
            "merge two streams, in both orders",
            listings::redirections_nest::main,
        )
        .listing(
            "order_in_a_shell",
            "the same two orders in a shell",
            listings::order_in_a_shell::main,
        )
        .python("merged.py", "one pipe, and yet out of order")
        .next("Next: cargo run -p chapter3")
        .main()
}
