//! Chapter 4: its listings, in reading order.

mod listings {
    pub mod answer_on_stderr;
    pub mod data_and_progress;
    pub mod held_writer;
    pub mod only_stderr;
    pub mod progress_bar;
    pub mod runs_and_starts;
    pub mod stderr_of_ls;
    pub mod stop_at_the_first_error;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Standard error", {
        stderr_of_ls: "start ls, and capture its errors only",
        stderr_of_ls.py: "the same with Popen",
        runs_and_starts: "two runs in a row, two starts at once",
        what_popen_holds.py: "what Popen captures unless asked",
        forgotten_child.py: "a Popen that nobody waits for",
        only_stderr: "read stderr as it comes, and nothing else",
        stop_at_the_first_error: "kill the child when it reports an error",
        answer_on_stderr: "answer the questions that a child asks",
        answer_on_stderr.py: "the same in Python",
        progress_bar: "lines that end with a carriage return",
        held_writer: "an end of file that does not come",
        data_and_progress: "both streams, each as it comes",
    })
    .next("Next: cargo run -p chapter5")
    .main()
}
