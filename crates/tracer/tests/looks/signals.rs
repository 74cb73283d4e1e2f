//! Whoever has a function for a signal may be woken by it; and looking disturbs no
//! signal.

use crate::family::{Family, python};
use recording::traced::Waker;
use std::collections::BTreeSet;
use std::io::Write;
use std::process::Stdio;

#[test]
fn a_function_for_a_signal_may_set_what_is_waited_for() {
    let mut family = Family::python(
        "import signal, threading
heard = threading.Event()
signal.signal(signal.SIGUSR1, lambda *_: heard.set())
heard.wait()",
    );
    family.waits_without_deadlock(&[("first", "futex")]);
}

/// A server that waits to be told to end.
#[test]
fn a_term_may_set_what_is_waited_for() {
    let mut family = Family::python(
        "import signal, threading
end = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: end.set())
end.wait()",
    );
    family.waits_without_deadlock(&[("first", "futex")]);
}

/// sort catches all that would end it, and removes its files then: nothing of it
/// gives it what it waits for.
#[test]
fn one_that_only_cleans_up_is_stuck_all_the_same() {
    let mut family = Family::python(
        "import signal, subprocess
signal.signal(signal.SIGTERM, lambda *_: None)
subprocess.Popen(['sort'], stdin=-1).wait()",
    );
    assert_eq!(family.stuck(2), ["first", "sort"]);
}

#[test]
fn an_alarm_ends_a_wait() {
    let mut family = Family::python(
        "import signal, subprocess
signal.signal(signal.SIGALRM, lambda *_: None)
signal.alarm(600)
subprocess.Popen(['cat'], stdin=-1).wait()",
    );
    family.waits_without_deadlock(&[("first", "wait4"), ("cat", "read")]);
}

/// No look shows an alarm that kills: whoever heard it set has to say so.
#[test]
fn an_alarm_that_was_heard_of_is_believed() {
    let mut family = Family::python(
        "import signal, subprocess
signal.alarm(600)
subprocess.Popen(['cat'], stdin=-1).wait()",
    );
    let (_, deadlock) = family.deadlock();
    let unseen: BTreeSet<u32> = [family.id()].into();
    let seen = family
        .lookout
        .look(deadlock.stuck, &unseen, &mut |_, _| None);
    assert_eq!(seen.deadlock, None);
}

#[test]
fn a_timer_may_send_a_signal() {
    let mut family = Family::sh("mkfifo f; exec timeout --foreground 600 cat 0<>f");
    let (names, seen) = family.waits_without_deadlock(&[("first", ""), ("cat", "read")]);
    assert_eq!(names.wakers(&seen, "cat"), ["cat", "first"]);
}

#[test]
fn pause_waits_for_a_signal() {
    let mut family = Family::python("import signal; signal.pause()");
    let (names, seen) = family.waits_without_deadlock(&[("first", "pause")]);
    assert_eq!(names.sleep(&seen, "first", "pause").on, [Waker::Signal]);
}

#[test]
fn sigwait_waits_for_a_signal() {
    let mut family = Family::python("import signal; signal.sigwait([signal.SIGUSR1])");
    let (names, seen) = family.waits_without_deadlock(&[("first", "sigtimedwait")]);
    assert_eq!(
        names.sleep(&seen, "first", "sigtimedwait").on,
        [Waker::Signal]
    );
}

#[test]
fn who_awaits_the_signal_of_a_childs_end_awaits_the_child() {
    let mut family = Family::python(
        "import signal, subprocess
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
child = subprocess.Popen(['cat'], stdin=-1)
signal.sigwait([signal.SIGCHLD])",
    );
    assert_eq!(family.stuck(2), ["cat", "first"]);
    let (names, seen) = family.until(|_, _| true);
    assert_eq!(names.wakers(&seen, "first"), ["cat"]);
}

/// A pipe whose both ends a process has, and whose writer never blocks, is its
/// bell: the end of a child rings it.
#[test]
fn the_end_of_a_child_rings_the_bell_of_its_parent() {
    let mut family = Family::python(
        "import os, signal, subprocess
r, w = os.pipe()
os.set_blocking(w, False)
signal.set_wakeup_fd(w)
signal.signal(signal.SIGCHLD, lambda *_: None)
signal.signal(signal.SIGINT, signal.SIG_DFL)
child = subprocess.Popen(['sleep', '600'])
os.read(r, 1)",
    );
    let (names, seen) = family.waits_without_deadlock(&[("first", "read"), ("sleep", "nanosleep")]);
    assert_eq!(names.wakers(&seen, "first"), ["sleep"]);
    let child = [Waker::Child { child: None }];
    assert_eq!(names.sleep(&seen, "first", "read").on, child);
}

#[test]
fn a_bell_that_only_a_stuck_child_could_ring_is_never_rung() {
    let mut family = Family::python(
        "import os, select, signal, subprocess
r, w = os.pipe()
os.set_blocking(w, False)
signal.set_wakeup_fd(w)
signal.signal(signal.SIGCHLD, lambda *_: None)
signal.signal(signal.SIGINT, signal.SIG_DFL)
child = subprocess.Popen(['cat'], stdin=-1)
poll = select.poll()
poll.register(r, select.POLLIN)
poll.poll(600000)",
    );
    assert_eq!(family.stuck(2), ["cat", "first"]);
    let (names, seen) = family.until(|_, _| true);
    assert_eq!(names.wakers(&seen, "first"), ["cat"]);
    assert_eq!(seen.deadlock.unwrap().limits[0].ms, 600_000.0);
}

/// A careless function may block, where a good one would not.
#[test]
fn a_function_for_a_signal_may_write_to_any_pipe_of_its_own() {
    let mut family = Family::python(
        "import os, signal
r, w = os.pipe()
signal.signal(signal.SIGTERM, lambda *_: os.write(w, b'x'))
os.read(r, 1)",
    );
    let (names, seen) = family.waits_without_deadlock(&[("first", "read")]);
    assert_eq!(names.sleep(&seen, "first", "read").on, [Waker::Signal]);
}

/// With nobody left who could ring, a limit is a sleep.
#[test]
fn a_bell_with_a_limit_and_no_child_is_a_sleep() {
    let mut family = Family::python(
        "import os, select
r, w = os.pipe()
os.set_blocking(w, False)
os.set_blocking(r, False)
import signal; signal.signal(signal.SIGINT, signal.SIG_DFL)
poll = select.poll()
poll.register(r, select.POLLIN)
poll.poll(600000)",
    );
    let (names, seen) = family.waits_without_deadlock(&[("first", "poll")]);
    assert_eq!(names.sleep(&seen, "first", "poll").on, [Waker::Clock]);
}

/// A call that a signal interrupted goes on as another, with its arguments.
#[test]
fn a_call_that_was_stopped_and_continued_is_still_known() {
    let mut family = Family::python(
        "import select, subprocess
child = subprocess.Popen(['cat'], stdin=-1, stdout=-1)
poll = select.poll()
poll.register(child.stdout, select.POLLIN)
poll.poll(600000)",
    );
    family.until(|names, seen| names.sleeps(seen, "first", "poll"));
    family.is_stopped_and_continued();
    assert_eq!(family.stuck(2), ["cat", "first"]);
    let (names, seen) = family.until(|_, _| true);
    assert_eq!(names.wakers(&seen, "first"), ["cat"]);
    assert!(family.was_restarted());
}

/// So does a sleep, with what was left of it: of `clock_nanosleep(2)`, and of
/// `nanosleep(2)`, whose arguments stand elsewhere.
#[test]
fn a_sleep_that_was_stopped_and_continued_is_still_a_sleep() {
    let by_number = format!(
        "import ctypes
long = ctypes.c_long * 2
ctypes.CDLL(None).syscall({}, long(600, 0), long())",
        libc::SYS_nanosleep
    );
    for mut family in [Family::sh("exec sleep 600"), Family::python(&by_number)] {
        family.until(|names, seen| names.sleeps(seen, "first", "nanosleep"));
        family.is_stopped_and_continued();
        let (names, seen) = family.waits_without_deadlock(&[("first", "nanosleep")]);
        assert!(family.was_restarted());
        let sleep = names.sleep(&seen, "first", "nanosleep");
        assert_eq!(sleep.on, [Waker::Clock]);
        let left = sleep.limit_ms.unwrap();
        assert!((500_000.0..600_000.0).contains(&left), "{left}");
    }
}

/// Who looks holds no end for longer than it takes: each `yes` hears of its
/// reader's end, which comes while its pipe is looked at.
#[test]
fn each_sigpipe_arrives_while_its_pipe_is_looked_at() {
    let mut command = python();
    command.args([
        "-c",
        "import subprocess, sys
arrived = 0
for line in sys.stdin:
    yes = subprocess.Popen(['yes'], stdout=-1)
    sys.stdin.readline()
    yes.stdout.close()
    arrived += yes.wait() == -13
sys.exit(arrived)",
    ]);
    let mut family = Family::start_with(&mut command, Stdio::piped());
    let mut stdin = family.first.stdin.take().unwrap();
    for _ in 0..30 {
        stdin.write_all(b"start\n").unwrap();
        family.until(|_, seen| seen.pipes.iter().any(|it| it.full));
        stdin.write_all(b"close\n").unwrap();
        family.until(|_, seen| !seen.pipes.iter().any(|it| it.full));
    }
    drop(stdin);
    assert_eq!(family.first.wait().unwrap().code(), Some(30));
}
