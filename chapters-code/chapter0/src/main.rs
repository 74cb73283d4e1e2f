//! Chapter 0: its listings, in reading order.

mod children;
mod listings {
    pub mod a_finished_dish;
    pub mod a_sleeper;
    pub mod deep_stack;
    pub mod freed_and_kept;
    pub mod mapped_not_given;
    pub mod now_and_then;
    pub mod one_pid_two_programs;
    pub mod one_tray_too_many;
    pub mod outside_the_heap;
    pub mod the_room;
    pub mod too_few_stoves;
    pub mod what_lives_on;
    pub mod who_am_i;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("The kitchen", {
        who_am_i: "ask the kernel who you are",
        three_threads.py: "three threads in one process",
        the_room: "find a function, a constant and three values in memory",
        outside_the_heap: "memory that has no name",
        deep_stack: "the stack before, during and after a deep call",
        one_tray_too_many: "a child whose stack is full",
        mapped_not_given: "ask for 1 GiB, use a tenth of it",
        now_and_then: "how often 100,000 boxes ask for memory",
        freed_and_kept: "what freed memory does to the process's size",
        trimmed.py: "memory that is given back on request",
        many_dishes.py: "a hundred processes, all asleep",
        a_sleeper: "how often a sleeping process is woken",
        too_few_stoves: "twice as many busy processes as there are CPUs",
        what_a_switch_saves.py:
            "thousands of switches, and no copy of the memory",
        one_pid_two_programs: "one process, two programs in turn",
        fork_exec_wait.py: "fork, exec, exit and wait by hand",
        what_a_child_gets.py: "signals and descriptors in a child",
        a_finished_dish: "what is left of a child that has ended",
        what_lives_on: "a grandchild and a file outlive the child",
    })
    .child("one_tray_too_many", children::one_tray_too_many)
    .next("Next: cargo run -p chapter1")
    .main()
}
