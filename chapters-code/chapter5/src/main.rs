//! Chapter 5: its listings, in reading order.

mod listings {
    pub mod bash_statuses;
    pub mod end_kept;
    pub mod feed_and_read;
    pub mod feed_first;
    pub mod grandchild;
    pub mod header_and_data;
    pub mod missing_right;
    pub mod more_than_its_line;
    pub mod no_pipe;
    pub mod one_read;
    pub mod println_writes;
    pub mod read_twice;
    pub mod reads_on;
    pub mod second_reader;
    pub mod statuses;
    pub mod torn_lines;
    pub mod who_holds;
    pub mod word_count;
    pub mod word_count_std;
    pub mod yes_head;
    pub mod zero_orders;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Pipes", {
        word_count: "count words through a pipe",
        word_count.py: "the same in Python",
        no_pipe: "two commands with no pipe between them",
        word_count_std: "count words with the standard library alone",
        missing_right: "the right side is missing, the left side starts",
        zero_orders: "a failure that looks like a zero",
        statuses: "which of two statuses a pipeline reports",
        bash_statuses: "what bash says, with and without pipefail"
            needs ["bash"],
        yes_head: "a left side that dies of success",
        one_read: "ask for a mebibyte, get a pipeful",
        capacity.py: "how much a pipe holds, and how to change it",
        torn_lines: "two writers, one pipe",
        println_writes: "three lines, and the writes that they are",
        feed_first: "write everything first, then read: it hangs",
        feed_and_read: "write and read at the same time",
        grandchild: "a grandchild that keeps the pipe open",
        reads_on: "a thread that reads on for a server",
        who_holds: "find out who holds the other end",
        end_left_open.py: "a reading end that the parent forgot",
        end_kept: "a Command that keeps the end it was given",
        read_twice: "two runs that share one offset",
        more_than_its_line: "head takes more than its line",
        second_reader: "a BufReader let go, and a BufReader kept",
        header_and_data: "a number in a line, and so many bytes",
    })
    .child("three_lines", listings::println_writes::three_lines)
    .next("Next: cargo run -p chapter6")
    .main()
}
