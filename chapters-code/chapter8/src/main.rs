//! Chapter 8: its listings, in reading order.

mod listings {
    pub mod accidents;
    pub mod chunk_sizes;
    pub mod computing_cooks;
    pub mod computing_tasks;
    pub mod counted_starts;
    pub mod early_helper;
    pub mod first_served;
    pub mod forked_pages;
    pub mod half_a_line;
    pub mod heavy_parent;
    pub mod hundred_children;
    pub mod kept_half;
    pub mod measured;
    pub mod not_cancelled;
    pub mod one_counter;
    pub mod pipe_sizes;
    pub mod polite_limit;
    pub mod start_costs;
    pub mod stopped_clock;
    pub mod text_busy;
    pub mod timed_out;
    pub mod two_at_once;
    pub mod two_talks;
    pub mod waiting_cooks;
}

use chapter8::{children, measure};
use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Many cooks", {
        waiting_cooks: "twenty waits at once, by threads, children and tasks",
        computing_cooks: "two cooks who compute, against one",
        computing_tasks: "two tasks that compute, and one thread for both",
        measured: "the chapter's program, run once for the book",
        counted_starts: "page faults of a hundred starts",
        start_costs: "how long a start takes",
        heavy_parent:
            "by bare name and by path, from a parent with much memory",
        forked_pages: "who pays for a fork: a page fault for every page",
        early_helper: "three ways to start a child of a large parent",
        forked_pages.py: "when Python forks, and when it does not",
        chunk_sizes: "the same file in small and in large chunks",
        pipe_sizes: "the same bytes through small and large pipes",
        one_counter: "a static in two threads, and in two children",
        accidents: "what a panic, an exit and an overflow take with them",
        one_crash.py: "a segmentation fault in a thread and in a child",
        text_busy: "a file that is ready, and cannot be started",
        preexec_lock.py: "a child that waits for a lock of its parent",
        stopped_clock: "a child that stops every other task",
        hundred_children: "who waits for a hundred children: threads, counted",
        two_talks: "two conversations at once, in one thread",
        timed_out: "what a timeout leaves behind, and who collects it",
        timed_out.py: "the same with asyncio",
        first_served: "the task that lost: its child, and its half-done work",
        polite_limit: "TERM, a wait with a limit, KILL",
        not_cancelled: "a task that cannot be cancelled",
        half_a_line: "half a line, lost under a timeout",
        kept_half: "a limit that loses nothing",
        half_a_line.py: "the same with asyncio",
        two_at_once: "six jobs, and never more than two at once",
    })
    .program(
        "measure",
        "the same job by threads, processes and tasks, on your machine",
        measure::main,
    )
    .child("cook", listings::one_counter::cook)
    .child("kitchen", listings::accidents::kitchen)
    .child("compute", children::compute)
    .child("wait", children::wait)
    .next("Next: cargo run -p chapter8 -- measure")
    .main()
}
