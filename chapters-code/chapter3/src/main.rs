//! Chapter 3: its listings, in reading order.

mod children;
mod listings {
    pub mod dropped_reader;
    pub mod emptied;
    pub mod errs_for_ever;
    pub mod first_line;
    pub mod full_disk;
    pub mod hello_stdout;
    pub mod into_head;
    pub mod line_ends;
    pub mod not_text;
    pub mod rust_prints;
    pub mod shell_quotes;
    pub mod split_character;
    pub mod two_readers;
    pub mod who_holds_back;
    pub mod write_then_rename;
}

use listings::*;
use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Standard output")
        .listing(
            "hello_stdout",
            "capture stdout, as bytes and as text",
            hello_stdout::main,
        )
        .python("hello_stdout.py", "the same in Python")
        .listing(
            "shell_quotes",
            "one line, with a shell and without",
            shell_quotes::main,
        )
        .python("notes_example.py", "the notes' example, looked at closely")
        .listing(
            "line_ends",
            "what read, lines and split keep of a line's end",
            line_ends::main,
        )
        .listing("not_text", "output that is not UTF-8", not_text::main)
        .listing(
            "split_character",
            "a character cut in two by two reads",
            split_character::main,
        )
        .python("split_character.py", "the same carry in Python")
        .listing(
            "first_line",
            "whether the first line arrives first",
            first_line::main,
        )
        .needs("python3")
        .needs("script")
        .needs("stdbuf")
        .python(
            "three_buffers.py",
            "count the bytes in each of three buffers",
        )
        .listing(
            "who_holds_back",
            "which tools hold their lines back",
            who_holds_back::main,
        )
        .needs("awk")
        .needs("stdbuf")
        .listing(
            "rust_prints",
            "when a Rust child's lines leave it",
            rust_prints::main,
        )
        .listing(
            "errs_for_ever",
            "a loop over lines that would not end",
            errs_for_ever::main,
        )
        .listing(
            "dropped_reader",
            "drop a reader: who notices",
            dropped_reader::main,
        )
        .listing(
            "into_head",
            "four children whose reader has left",
            into_head::main,
        )
        .needs("python3")
        .listing(
            "two_readers",
            "two readers, and only one is read",
            two_readers::main,
        )
        .listing("full_disk", "write to a disk that is full", full_disk::main)
        .listing("emptied", "two ways to lose a file", emptied::main)
        .listing(
            "write_then_rename",
            "replace a file only on success",
            write_then_rename::main,
        )
        .child("speaker", children::speaker)
        .child("println_for_ever", children::println_for_ever)
        .child("writeln_for_ever", children::writeln_for_ever)
        .next("Next: cargo run -p chapter4")
        .main()
}
