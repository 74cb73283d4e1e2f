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
    listing::chapter!("The kitchen")
        .listing(
            "who_am_i",
            "ask the kernel who you are",
            listings::who_am_i::main,
        )
        .python("three_threads.py", "three threads in one process")
        .listing(
            "the_room",
            "find a function, a constant and three values in memory",
            listings::the_room::main,
        )
        .listing(
            "outside_the_heap",
            "memory that has no name",
            listings::outside_the_heap::main,
        )
        .listing(
            "deep_stack",
            "the stack before, during and after a deep call",
            listings::deep_stack::main,
        )
        .listing(
            "one_tray_too_many",
            "a child whose stack is full",
            listings::one_tray_too_many::main,
        )
        .listing(
            "mapped_not_given",
            "ask for 1 GiB, use a tenth of it",
            listings::mapped_not_given::main,
        )
        .listing(
            "now_and_then",
            "how often 100,000 boxes ask for memory",
            listings::now_and_then::main,
        )
        .listing(
            "freed_and_kept",
            "what freed memory does to the process's size",
            listings::freed_and_kept::main,
        )
        .python("many_dishes.py", "a hundred processes, all asleep")
        .listing(
            "a_sleeper",
            "how often a sleeping process is woken",
            listings::a_sleeper::main,
        )
        .listing(
            "too_few_stoves",
            "twice as many busy processes as there are CPUs",
            listings::too_few_stoves::main,
        )
        .python(
            "what_a_switch_saves.py",
            "thousands of switches, with little memory and much",
        )
        .listing(
            "one_pid_two_programs",
            "one process, two programs in turn",
            listings::one_pid_two_programs::main,
        )
        .python("fork_exec_wait.py", "fork, exec, exit and wait by hand")
        .python("what_a_child_gets.py", "signals and descriptors in a child")
        .listing(
            "a_finished_dish",
            "what is left of a child that has ended",
            listings::a_finished_dish::main,
        )
        .listing(
            "what_lives_on",
            "a grandchild and a file outlive the child",
            listings::what_lives_on::main,
        )
        .child("one_tray_too_many", children::one_tray_too_many)
        .next("Next: cargo run -p chapter1")
        .main()
}
