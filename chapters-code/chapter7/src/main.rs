//! Chapter 7: its listings, in reading order.

mod listings {
    pub mod a_life;
    pub mod answer_in_time;
    pub mod answers_at_once;
    pub mod asks_at_terminal;
    pub mod background_reader;
    pub mod blocked_term;
    pub mod calculator;
    pub mod ctrl_c;
    pub mod dies_with_parent;
    pub mod echo_gone;
    pub mod ended_by_ctrl_c;
    pub mod fifty_zombies;
    pub mod gone_and_running;
    pub mod grandparent;
    pub mod handler_stays;
    pub mod hung_up;
    pub mod kill_then_wait;
    pub mod lock_left;
    pub mod loop_goes_on;
    pub mod missed_grandchild;
    pub mod new_session;
    pub mod only_waiting;
    pub mod own_group;
    pub mod politely_then_firmly;
    pub mod reads_your_keyboard;
    pub mod relay;
    pub mod status_lost;
    pub mod still_running;
    pub mod two_groups;
    pub mod two_listeners;
    pub mod wait_here_kill_there;
    pub mod watchdog;
    pub mod whole_group;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Conversations", {
        still_running: "a line of a child, and whether it still runs",
        still_running.py: "two kinds of None",
        watchdog: "a watchdog that dies of what it watches for",
        gone_and_running: "a child that is gone and has not ended",
        calculator: "ask a child, hear its answer, ask again",
        calculator.py: "the same, and a question that stays here",
        two_listeners: "two that wait for each other's words",
        answers_at_once: "the repair: a child that sends each line at once",
        relay: "your own stdin, line by line, to a child",
        hung_up: "words to a child that has gone",
        only_waiting: "a deadline that passes, and a job that goes on",
        kill_then_wait: "a job that may take a second, and no longer",
        answer_in_time: "a deadline for a word",
        timeouts.py: "two timeouts in Python, and who kills",
        handler_stays: "the handler that a deadline leaves",
        missed_grandchild: "kill, and whom it misses" needs ["bash"],
        whole_group: "the same kill, to a child and to its group",
        two_groups: "a child in our group, and one in its own",
        ctrl_c: "whom Ctrl-C reaches" needs ["script"],
        ended_by_ctrl_c: "a thread that hears Ctrl-C, and ends the child",
        loop_goes_on: "a loop that a child keeps from ending" needs ["bash", "script"],
        own_group: "a group of its own, and whose stdin",
        background_reader: "a group in the background reads the terminal"
            needs ["script"],
        new_session: "a session of its own, and whose stdin" needs ["setsid"],
        reads_your_keyboard: "a session of its own reads the terminal"
            needs ["script", "setsid"],
        asks_at_terminal: "a child that asks at the terminal"
            needs ["script", "setsid"],
        lent_terminal.py: "a group that is lent the terminal",
        echo_gone: "what ffmpeg leaves of a terminal"
            needs ["ffmpeg", "mkfifo", "script"],
        terminals_end.py: "how a terminal's other end ends",
        a_life: "one child in all its states",
        fifty_zombies: "fifty children that nobody waits for",
        fifty_zombies.py: "the same in Python, which asks when it forgets",
        grandparent: "who takes a child whose parent has ended",
        dies_with_parent: "a child that does not outlive its parent"
            needs ["setpriv"],
        status_lost: "a parent that ignores SIGCHLD, and the mend",
        status_lost.py: "the same in Python, where it is a 0",
        blocked_term: "a signal that is blocked, or ignored, or heard",
        signal_names.py: "from a set of signals to their names",
        blocked_term.py: "a child that begins deaf",
        lock_left: "what TERM leaves, and what KILL leaves",
        politely_then_firmly: "end a child and its group: ask, wait, make",
        politely.py: "the same in Python",
        wait_here_kill_there: "wait in two threads, kill in a third",
    })
    .child("ask", listings::status_lost::ask)
    .child("mend", listings::status_lost::mend)
    .next("Next: cargo run -p chapter8")
    .main()
}
