//! The listings that are deadlocked at some time of their run, made by reading
//! them, before any of them ran under a tracer.
//!
//! The rule. A set of processes is deadlocked while every thread of each sleeps,
//! and all who could wake it are threads of the set: then nobody of them can ever
//! move. A wait is over when any holder of the other end acts, so one holder
//! outside of the set, or one that moves, is enough for no deadlock. A wait with
//! a time limit (`recv_timeout`, `wait_timeout`, `select`) still is one: "only a
//! time limit of X will end it". A thread that sleeps for a time and then acts
//! (`thread::sleep`, `sleep 60`) is none, and whoever waits for it waits for a
//! clock. What lies outside of the run can wake anybody, and is no part of this.
//!
//! One that stood in the first list stands in the second now: its one thread waits
//! with a limit, and for nobody who is left ([`LIMIT_ALONE`]).

use std::fmt;

/// Processes that wait for each other, or for themselves.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadlock {
    /// Their programs, in alphabetical order; [`LISTING`] is the listing's own
    /// process.
    pub stuck: &'static [&'static str],
    /// The time limit of the listing's own wait, in milliseconds: it alone ends
    /// the deadlock.
    pub limit_ms: u32,
}

/// The process that the run started, whatever its program is called.
pub const LISTING: &str = "(listing)";

/// A listing, and its deadlocks in the order in which they come.
pub struct Deadlocked {
    pub listing: &'static str,
    pub deadlocks: &'static [Deadlock],
}

const fn stuck(stuck: &'static [&'static str], limit_ms: u32) -> Deadlock {
    Deadlock { stuck, limit_ms }
}

const fn deadlocked(listing: &'static str, deadlocks: &'static [Deadlock]) -> Deadlocked {
    Deadlocked { listing, deadlocks }
}

pub const DEADLOCKED: &[Deadlocked] = &[
    // The second child writes one byte more to stderr than the pipe holds. The
    // listing holds the reading end and reads stdout in a thread; `main` waits
    // for that thread.
    deadlocked("chapter2/full_pipe", &[stuck(&[LISTING, "sh"], 1000)]),
    // The first child's stderr is read. The second fills its stdout, which the
    // listing holds and does not read.
    deadlocked("chapter2/wrong_repair", &[stuck(&[LISTING, "sh"], 1000)]),
    // The second child reads its stdin, whose writer the listing holds. Its
    // threads: one reads the child's stdout, one waits for a second for an
    // interval of `threading.Timer`, which is a wait for `cancel` with a limit.
    // No kernel tells that from a `recv_timeout`, and the sentence is true.
    deadlocked(
        "chapter3/what_is_there.py",
        &[stuck(&[LISTING, "sh"], 1000)],
    ),
    // The child has ended. The expression `cook` holds the writing end of the
    // pipe that the listing's own thread reads: it waits for itself.
    deadlocked("chapter4/held_writer", &[stuck(&[LISTING], 1000)]),
    // Of 200,000 bytes the listing's thread writes what two pipes hold. cat's
    // stdout is full, which the listing holds and does not read; so is its stdin.
    deadlocked("chapter5/feed_first", &[stuck(&[LISTING, "cat"], 1000)]),
    // ffmpeg writes into a full pipe, whose reader the listing holds while it
    // waits half a second for ffmpeg's end, before and after an INT: ffmpeg
    // takes the INT and stays in its write.
    deadlocked("chapter6/deaf_ffmpeg", &[stuck(&[LISTING, "ffmpeg"], 500)]),
    // The same for 300 ms before each INT, in each of three rounds.
    deadlocked(
        "chapter6/second_interrupt",
        &[
            stuck(&[LISTING, "ffmpeg"], 300),
            stuck(&[LISTING, "ffmpeg"], 300),
            stuck(&[LISTING, "ffmpeg"], 300),
        ],
    ),
    // In both rounds the tone fills a pipe that the listing holds, and the
    // listing waits for its end.
    deadlocked(
        "chapter6/unread_seconds",
        &[
            stuck(&[LISTING, "chapter6"], 1000),
            stuck(&[LISTING, "chapter6"], 1000),
        ],
    ),
    // With `info` ffmpeg fills its stderr, whose reader the listing holds. (With
    // `error` it comes to its end.)
    deadlocked(
        "chapter6/unread_stderr",
        &[stuck(&[LISTING, "ffmpeg"], 3000)],
    ),
    // cat answers. sort answers nothing before the end of its stdin, whose writer
    // the listing holds while it waits for the answer.
    deadlocked(
        "chapter7/answer_in_time",
        &[stuck(&[LISTING, "sort"], 1000)],
    ),
    // The third question stays in Python's buffer. The shell reads, `select`
    // waits for the shell.
    deadlocked("chapter7/calculator.py", &[stuck(&[LISTING, "sh"], 1000)]),
    // The second child is a copy of the listing, before its exec: it waits for a lock
    // that was held when it was copied, and nobody in it lets go of that. A thread of
    // the listing reads whether the exec has failed, and `main` waits for that thread.
    deadlocked(
        "chapter8/preexec_lock.py",
        &[stuck(&[LISTING, "python3"], 1000)],
    ),
    // The shell reads a word from the listing, which waits for the rest of a line:
    // in Rust by three methods, and in Python.
    deadlocked(
        "chapter8/half_a_line",
        &[stuck(&[LISTING, "sh"], 500), stuck(&[LISTING, "sh"], 500)],
    ),
    deadlocked("chapter8/half_a_line.py", &[stuck(&[LISTING, "sh"], 500)]),
    deadlocked("chapter8/kept_half", &[stuck(&[LISTING, "sh"], 500)]),
    // sort reads until the listing drops `hatch`, and the listing waits for
    // sort's end.
    deadlocked(
        "enough-rust/cloned_to_compile",
        &[stuck(&[LISTING, "sort"], 1000)],
    ),
    // The second line stays in Python's buffer. The shell reads, `select` waits for the
    // shell.
    deadlocked(
        "reference/select_and_readline.py",
        &[stuck(&[LISTING, "sh"], 1000)],
    ),
    // Both threads have ended, and who still holds a sender is the receiver: it
    // waits for itself.
    deadlocked("enough-rust/until_all_are_gone", &[stuck(&[LISTING], 1000)]),
];

/// A listing that hangs for a while, or seems to, and is not deadlocked.
pub struct LooksSo {
    pub listing: &'static str,
    pub why_not: &'static str,
}

const fn looks_so(listing: &'static str, why_not: &'static str) -> LooksSo {
    LooksSo { listing, why_not }
}

const SLEEP_ENDS: &str = "whoever holds the end, or is waited for, is a `sleep`, and that ends";
const PYTHON_LOOKS: &str = "Python's wait with a limit sleeps and looks, twenty times a second";
const IT_SPINS: &str = "the listing does not sleep, it looks at /proc all the time";
const TERMINAL: &str = "they read a terminal, at which somebody may type: who does is `script`, \
                        which waits for what the listing writes";

/// Seen from outside, a `get` with nobody left is a futex with a limit; so is tokio's
/// sleep in chapter8/waiting_cooks, and a sleep that can be interrupted. "It waits
/// until its limit" is true of each, "deadlock" is not. Rust's `recv_timeout` is known
/// by its name on the stack; of a Python that has the interpreter's names only.
const LIMIT_ALONE: &str = "it waits for itself, but in its only thread and with a limit, as one \
                           waits that sleeps";

pub const LOOK_SO: &[LooksSo] = &[
    looks_so("chapter0/a_sleeper", SLEEP_ENDS),
    looks_so("chapter0/many_dishes.py", SLEEP_ENDS),
    looks_so("chapter0/what_lives_on", SLEEP_ENDS),
    looks_so("chapter1/in_the_open", IT_SPINS),
    looks_so(
        "chapter2/full_pipe.py",
        "the shell is stuck in a full pipe, but Python's wait with a limit looks again and again",
    ),
    looks_so("chapter3/dropped_reader", IT_SPINS),
    looks_so("chapter3/leave_and_end", SLEEP_ENDS),
    looks_so(
        "chapter3/two_readers",
        "the second seq sleeps at a full pipe, and the listing spins until it does, then reads",
    ),
    looks_so(
        "chapter3/who_holds_back",
        "each opens the FIFO for the other, and both come",
    ),
    looks_so("chapter4/progress_bar", SLEEP_ENDS),
    looks_so("chapter4/stop_at_the_first_error", SLEEP_ENDS),
    looks_so(
        "chapter5/end_kept",
        "yes is stuck in a full pipe, but the listing sleeps for a second and then drops its reader",
    ),
    looks_so("chapter5/end_left_open.py", PYTHON_LOOKS),
    looks_so("chapter5/grandchild", SLEEP_ENDS),
    looks_so("chapter5/one_read", IT_SPINS),
    looks_so("chapter5/reads_on", SLEEP_ENDS),
    looks_so("chapter5/torn_lines", IT_SPINS),
    looks_so("chapter5/who_holds", SLEEP_ENDS),
    looks_so(
        "chapter6/killed_ffmpeg",
        "ffmpeg fills the pipe while `kill` runs, and then the listing reads",
    ),
    looks_so(
        "chapter6/signal_then_drain",
        "tone and producer are stuck, but the listing sleeps for half a second, then takes all",
    ),
    looks_so(
        "chapter6/slow_consumer",
        "head and producer are stuck, but the listing sleeps for 10 ms at a time, then takes all",
    ),
    looks_so("chapter6/stop_in_time", SLEEP_ENDS),
    looks_so("chapter7/a_life", IT_SPINS),
    looks_so("chapter7/ctrl_c", TERMINAL),
    looks_so("chapter7/dies_with_parent", SLEEP_ENDS),
    looks_so("chapter7/fifty_zombies", IT_SPINS),
    looks_so("chapter7/gone_and_running", SLEEP_ENDS),
    looks_so("chapter7/handler_stays", SLEEP_ENDS),
    looks_so("chapter7/kill_then_wait", SLEEP_ENDS),
    looks_so("chapter7/missed_grandchild", SLEEP_ENDS),
    looks_so("chapter7/only_waiting", SLEEP_ENDS),
    looks_so("chapter7/grandparent", SLEEP_ENDS),
    looks_so("chapter7/politely.py", SLEEP_ENDS),
    looks_so("chapter7/politely_then_firmly", SLEEP_ENDS),
    looks_so("chapter7/reads_your_keyboard", TERMINAL),
    looks_so(
        "chapter7/relay",
        "its stdin is a stream of the run: somebody outside may write",
    ),
    looks_so("chapter7/timeouts.py", SLEEP_ENDS),
    looks_so(
        "chapter7/two_listeners",
        "tr and `main` read from each other, but the referee's thread sleeps for a second and \
         then drops the writing end",
    ),
    looks_so("chapter7/wait_here_kill_there", SLEEP_ENDS),
    looks_so("chapter7/whole_group", SLEEP_ENDS),
    looks_so("chapter8/first_served", SLEEP_ENDS),
    looks_so("chapter8/not_cancelled", SLEEP_ENDS),
    looks_so("chapter8/polite_limit", SLEEP_ENDS),
    looks_so("chapter8/stopped_clock", SLEEP_ENDS),
    looks_so(
        "chapter8/timed_out",
        "the runtime waits for its own timer, with nobody left to wait for: that is a sleep",
    ),
    looks_so("chapter8/timed_out.py", SLEEP_ENDS),
    looks_so("chapter8/two_talks", SLEEP_ENDS),
    looks_so(
        "chapter8/waiting_cooks",
        "the runtime waits for its own timers in a futex with a limit: that is a sleep",
    ),
    looks_so("enough-rust/deadline", SLEEP_ENDS),
    looks_so("enough-rust/not_closed.py", PYTHON_LOOKS),
    looks_so("enough-rust/queue_has_no_end.py", LIMIT_ALONE),
    looks_so("enough-rust/shared_by_three", SLEEP_ENDS),
];

/// What is to be claimed of a listing; nothing of most, and nothing of any
/// phrase of the phrasebook: none of them hangs.
pub fn of(listing: &str) -> &'static [Deadlock] {
    let found = DEADLOCKED.iter().find(|it| it.listing == listing);
    found.map_or(&[], |it| it.deadlocks)
}

impl fmt::Display for Deadlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stuck = self.stuck.join(" and ");
        write!(f, "{stuck}, until a limit of {} ms", self.limit_ms)
    }
}
