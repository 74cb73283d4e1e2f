//! Chapter 7: its listings, in reading order.

mod children;

mod listings {
    pub mod answer_in_time;
    pub mod calculator;
    pub mod gone_and_running;
    pub mod hung_up;
    pub mod kill_then_wait;
    pub mod only_waiting;
    pub mod relay;
    pub mod still_running;
    pub mod two_listeners;
    pub mod watchdog;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    use listings::*;
    listing::chapter!("Conversations")
        .listing(
            "still_running",
            "the notes' example, and whether its child still runs",
            still_running::main,
        )
        .python("still_running.py", "two kinds of None")
        .listing(
            "watchdog",
            "a watchdog that dies of what it watches for",
            watchdog::main,
        )
        .listing(
            "gone_and_running",
            "a child that is gone and has not ended",
            gone_and_running::main,
        )
        .listing(
            "calculator",
            "ask a child, hear its answer, ask again",
            calculator::main,
        )
        .python("calculator.py", "the same, and a question that stays here")
        .listing(
            "two_listeners",
            "two that wait for each other's words",
            two_listeners::main,
        )
        .listing(
            "relay",
            "your own stdin, line by line, to a child",
            relay::main,
        )
        .listing("hung_up", "words to a child that has gone", hung_up::main)
        .listing(
            "only_waiting",
            "what a deadline does, and what it leaves",
            only_waiting::main,
        )
        .listing(
            "kill_then_wait",
            "a job that may take a second, and no longer",
            kill_then_wait::main,
        )
        .listing(
            "answer_in_time",
            "a deadline for a word",
            answer_in_time::main,
        )
        .python("timeouts.py", "two timeouts in Python, and who kills")
        .next("Next: cargo run -p chapter8")
        .main()
}
