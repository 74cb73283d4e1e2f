//! Chapter 1: its listings, in reading order.

mod children;
mod listings {
    pub mod argument_injection;
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
    pub mod missing;
    pub mod no_shell;
    pub mod not_found;
    pub mod not_startable;
    pub mod through_a_shell;
    pub mod uncaptured;
    pub mod which_tool;
    pub mod working_folder;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Run a command")
        .listing(
            "hello",
            "run a command and print what it says",
            listings::hello::main,
        )
        .python("hello.py", "the same in Python")
        .listing(
            "uncaptured",
            "output comes back only if captured",
            listings::uncaptured::main,
        )
        .python("popen.py", "the notes' example of Popen, asked further")
        .listing(
            "flush_first",
            "your own words before the child's",
            listings::flush_first::main,
        )
        .listing(
            "failing",
            "a command that fails, checked and unchecked",
            listings::failing::main,
        )
        .python("failing.py", "the same in Python, and a signal")
        .listing(
            "killed",
            "a command that a signal ended",
            listings::killed::main,
        )
        .listing(
            "how_it_ended",
            "a big status, a panic, an abort",
            listings::how_it_ended::main,
        )
        .listing(
            "missing",
            "a program that is not there",
            listings::missing::main,
        )
        .listing(
            "not_found",
            "one message for three mistakes",
            listings::not_found::main,
        )
        .listing(
            "not_startable",
            "a file that is there and does not start",
            listings::not_startable::main,
        )
        .listing(
            "limits",
            "an argument too long, and one with a NUL",
            listings::limits::main,
        )
        .listing(
            "no_shell",
            "what only a shell would understand",
            listings::no_shell::main,
        )
        .python("no_shell.py", "lists, strings and shell=True in Python")
        .listing(
            "through_a_shell",
            "the safe way to a shell",
            listings::through_a_shell::main,
        )
        .listing(
            "argument_injection",
            "a file name that is taken for an option",
            listings::argument_injection::main,
        )
        .listing(
            "working_folder",
            "what the working directory changes",
            listings::working_folder::main,
        )
        .listing(
            "which_tool",
            "whose ./tool runs",
            listings::which_tool::main,
        )
        .listing(
            "look_up",
            "PATH decides which program a name is",
            listings::look_up::main,
        )
        .listing(
            "exported",
            "which variables a child sees",
            listings::exported::main,
        )
        .needs("bash")
        .listing(
            "env_nesting",
            "the inner env wins, and when it is read",
            listings::env_nesting::main,
        )
        .listing(
            "in_the_open",
            "arguments and environment are no secret",
            listings::in_the_open::main,
        )
        .child("exit_259", children::exit_259)
        .child("panic", children::panic)
        .child("abort", children::abort)
        .next("Next: cargo run -p chapter2")
        .main()
}
