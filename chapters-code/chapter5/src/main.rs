//! Chapter 5: its listings, in reading order.

mod listings {
    pub mod bash_statuses;
    pub mod feed_and_read;
    pub mod feed_first;
    pub mod grandchild;
    pub mod missing_right;
    pub mod more_than_its_line;
    pub mod no_pipe;
    pub mod one_read;
    pub mod read_twice;
    pub mod second_reader;
    pub mod statuses;
    pub mod torn_lines;
    pub mod who_holds;
    pub mod word_count;
    pub mod word_count_std;
    pub mod yes_head;
    pub mod zero_orders;
}

use listings as l;
use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Pipes")
        .listing(
            "word_count",
            "count words through a pipe",
            l::word_count::main,
        )
        .python("word_count.py", "the same in Python")
        .listing(
            "no_pipe",
            "two commands with no pipe between them",
            l::no_pipe::main,
        )
        .listing(
            "word_count_std",
            "count words with the standard library alone",
            l::word_count_std::main,
        )
        .listing(
            "missing_right",
            "the right side is missing, the left side starts",
            l::missing_right::main,
        )
        .listing(
            "zero_orders",
            "a failure that looks like a zero",
            l::zero_orders::main,
        )
        .listing(
            "statuses",
            "which of two statuses a pipeline reports",
            l::statuses::main,
        )
        .listing(
            "bash_statuses",
            "what bash says, with and without pipefail",
            l::bash_statuses::main,
        )
        .needs("bash")
        .listing(
            "yes_head",
            "a left side that dies of success",
            l::yes_head::main,
        )
        .listing(
            "one_read",
            "ask for a mebibyte, get a pipeful",
            l::one_read::main,
        )
        .python("capacity.py", "how much a pipe holds, and how to change it")
        .listing("torn_lines", "two writers, one pipe", l::torn_lines::main)
        .listing(
            "feed_first",
            "write everything first, then read: it hangs",
            l::feed_first::main,
        )
        .listing(
            "feed_and_read",
            "write and read at the same time",
            l::feed_and_read::main,
        )
        .listing(
            "grandchild",
            "a grandchild that keeps the pipe open",
            l::grandchild::main,
        )
        .listing(
            "who_holds",
            "find out who holds the other end",
            l::who_holds::main,
        )
        .python("end_left_open.py", "a reading end that the parent forgot")
        .listing(
            "read_twice",
            "an open file is read only once",
            l::read_twice::main,
        )
        .listing(
            "more_than_its_line",
            "head takes more than its line",
            l::more_than_its_line::main,
        )
        .listing(
            "second_reader",
            "a BufReader let go, and a BufReader kept",
            l::second_reader::main,
        )
        .next("Next: cargo run -p chapter6")
        .main()
}
