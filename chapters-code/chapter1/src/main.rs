//! Chapter 1: its listings, in reading order.

mod children;
mod listings {
    pub mod argument_injection;
    pub mod common_stdout;
    pub mod env_nesting;
    pub mod exported;
    pub mod failing;
    pub mod flush_first;
    pub mod hello;
    pub mod how_it_ended;
    pub mod in_the_open;
    pub mod killed;
    pub mod limits;
    pub mod look_up;
    pub mod loop_once;
    pub mod missing;
    pub mod no_shell;
    pub mod not_found;
    pub mod not_startable;
    pub mod shared_place;
    pub mod through_a_shell;
    pub mod uncaptured;
    pub mod which_tool;
    pub mod working_folder;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Run a command", {
        hello: "run a command and print what it says",
        hello.py: "the same in Python",
        uncaptured: "output comes back only if captured",
        popen.py: "an example of Popen, asked further",
        flush_first: "your own words before the child's",
        failing: "a command that fails, checked and unchecked",
        failing.py: "the same in Python, and a signal",
        killed: "a command that a signal ended",
        how_it_ended: "a big status, two panics, an abort",
        missing: "a program that is not there",
        not_found: "one message for three mistakes",
        not_startable: "a file that is there and does not start",
        limits: "an argument too long, and one with a NUL",
        no_shell: "what only a shell would understand",
        no_shell.py: "lists, strings and shell=True in Python",
        through_a_shell: "the safe way to a shell",
        argument_injection: "a file name that is taken for an option",
        working_folder: "what the working directory changes",
        which_tool: "whose ./tool runs",
        look_up: "PATH decides which program a name is",
        exported: "which variables a child sees" needs ["bash"],
        env_nesting: "the inner env wins, and when it is read",
        in_the_open: "arguments and environment are no secret",
        shared_place: "a child that moves our place in a file",
        loop_once: "a loop over lines that runs once",
        common_stdout: "a child that sets a flag on our stdout"
            needs ["python3"],
    })
    .child("exit_259", children::exit_259)
    .child("panic", children::panic)
    .child("panic_in_a_thread", children::panic_in_a_thread)
    .child("abort", children::abort)
    .next("Next: cargo run -p chapter2")
    .main()
}
