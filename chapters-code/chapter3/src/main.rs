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
    pub mod leave_and_end;
    pub mod line_ends;
    pub mod not_text;
    pub mod rust_prints;
    pub mod shell_quotes;
    pub mod split_character;
    pub mod two_readers;
    pub mod who_holds_back;
    pub mod write_then_rename;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Standard output", {
        hello_stdout: "capture stdout, as bytes and as text",
        hello_stdout.py: "the same in Python",
        shell_quotes: "one line, with a shell and without",
        notes_example.py: "one line of a child, and what it leaves open",
        line_ends: "what read, lines and split keep of a line's end",
        not_text: "output that is not UTF-8",
        split_character: "a character cut in two by two reads",
        split_character.py: "the same carry in Python",
        three_buffers.py: "count the bytes in each of three buffers",
        first_line: "whether the first line arrives first"
            needs ["python3", "script", "stdbuf"],
        what_is_there.py: "two reads of 4,096 bytes",
        who_holds_back: "which tools hold their lines back"
            needs ["awk", "stdbuf"],
        rust_prints: "when a Rust child's lines leave it",
        errs_for_ever: "a loop over lines that would not end",
        leave_and_end: "one line of a child, and nothing left of it",
        dropped_reader: "drop a reader: who notices",
        into_head: "four children whose reader has left" needs ["python3"],
        two_readers: "two readers, and only one is read",
        full_disk: "write to a disk that is full",
        emptied: "two ways to lose a file",
        write_then_rename: "replace a file only on success",
    })
    .child("speaker", children::speaker)
    .child("println_for_ever", children::println_for_ever)
    .child("writeln_for_ever", children::writeln_for_ever)
    .next("Next: cargo run -p chapter4")
    .main()
}
