//! Chapter 7: its listings, in reading order.

mod listings {
    pub mod a_life;
    pub mod answer_in_time;
    pub mod background_reader;
    pub mod calculator;
    pub mod ctrl_c;
    pub mod dies_with_parent;
    pub mod fifty_zombies;
    pub mod gone_and_running;
    pub mod hung_up;
    pub mod kill_then_wait;
    pub mod lock_left;
    pub mod missed_grandchild;
    pub mod only_waiting;
    pub mod orphan;
    pub mod politely_then_firmly;
    pub mod relay;
    pub mod still_running;
    pub mod two_listeners;
    pub mod wait_here_kill_there;
    pub mod watchdog;
    pub mod whole_group;
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
        .listing(
            "missed_grandchild",
            "kill, and whom it misses",
            missed_grandchild::main,
        )
        .needs("bash")
        .listing(
            "whole_group",
            "the same kill, to a child and to its group",
            whole_group::main,
        )
        .listing("ctrl_c", "whom Ctrl-C reaches", ctrl_c::main)
        .needs("script")
        .listing(
            "background_reader",
            "a group in the background reads the terminal",
            background_reader::main,
        )
        .needs("script")
        .listing("a_life", "one child in all its states", a_life::main)
        .listing(
            "fifty_zombies",
            "fifty children that nobody waits for",
            fifty_zombies::main,
        )
        .python(
            "fifty_zombies.py",
            "the same in Python, which asks when it forgets",
        )
        .listing(
            "orphan",
            "who takes a child whose parent has ended",
            orphan::main,
        )
        .listing(
            "dies_with_parent",
            "a child that does not outlive its parent",
            dies_with_parent::main,
        )
        .needs("setpriv")
        .listing(
            "lock_left",
            "what TERM leaves, and what KILL leaves",
            lock_left::main,
        )
        .listing(
            "politely_then_firmly",
            "end a child and its group: ask, wait, make",
            politely_then_firmly::main,
        )
        .python("politely.py", "the same in Python")
        .listing(
            "wait_here_kill_there",
            "wait in two threads, kill in a third",
            wait_here_kill_there::main,
        )
        .next("Next: cargo run -p chapter8")
        .main()
}
