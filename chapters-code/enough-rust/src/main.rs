//! The appendix "Enough Rust for this book": its listings, in reading order.

mod children;

mod listings {
    pub mod cloned_to_compile;
    pub mod deadline;
    pub mod lent_then_given;
    pub mod lines_of_a_child;
    pub mod out_of_main;
    pub mod read_in_scope;
    pub mod shared_by_three;
    pub mod side_by_side;
    pub mod three_that_can_fail;
    pub mod until_all_are_gone;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Enough Rust for this book", {
        out_of_main: "what becomes of an error that leaves main",
        three_that_can_fail: "three question marks, three kinds of failure",
        lines_of_a_child: "lines as text, and as bytes",
        cloned_to_compile: "a clone that pleases the compiler, and hangs",
        lent_then_given: "lend the writer, then give it away",
        not_closed.py: "the same hang in Python, and its cure",
        side_by_side: "three children at once, a thread for each",
        read_in_scope: "threads that borrow, and both streams read",
        until_all_are_gone: "a channel ends when its last sender is gone",
        queue_has_no_end.py: "a queue that does not know its end",
        shared_by_three: "three threads wait for one child",
        deadline: "end a command that takes too long",
    })
    .child("no_such_help", children::no_such_help)
    .next("Next: a chapter of the book, for example cargo run -p chapter1")
    .main()
}
