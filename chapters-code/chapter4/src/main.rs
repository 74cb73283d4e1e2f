//! Chapter 4: its listings, in reading order.

mod listings {
    pub mod answer_on_stderr;
    pub mod data_and_progress;
    pub mod held_writer;
    pub mod only_stderr;
    pub mod runs_and_starts;
    pub mod stderr_of_ls;
    pub mod stop_at_the_first_error;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Standard error")
        .listing(
            "stderr_of_ls",
            "start ls, and capture its errors only",
            listings::stderr_of_ls::main,
        )
        .python("stderr_of_ls.py", "the same with Popen")
        .listing(
            "runs_and_starts",
            "two runs in a row, two starts at once",
            listings::runs_and_starts::main,
        )
        .python("what_popen_holds.py", "what Popen captures unless asked")
        .python("forgotten_child.py", "a Popen that nobody waits for")
        .listing(
            "only_stderr",
            "read stderr as it comes, and nothing else",
            listings::only_stderr::main,
        )
        .listing(
            "stop_at_the_first_error",
            "kill the child when it reports an error",
            listings::stop_at_the_first_error::main,
        )
        .listing(
            "answer_on_stderr",
            "answer the questions that a child asks",
            listings::answer_on_stderr::main,
        )
        .python("answer_on_stderr.py", "the same in Python")
        .listing(
            "held_writer",
            "an end of file that does not come",
            listings::held_writer::main,
        )
        .listing(
            "data_and_progress",
            "both streams, each as it comes",
            listings::data_and_progress::main,
        )
        .next("Next: cargo run -p chapter5")
        .main()
}
