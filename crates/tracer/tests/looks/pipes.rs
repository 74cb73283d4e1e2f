//! Pipes: who waits for bytes, who for room, and who for ever.

use crate::family::{Family, bytes, room};
use recording::traced::{Limit, Waker};
use std::process::{Command, Stdio};

#[test]
fn a_child_that_fills_a_pipe_which_its_parent_does_not_read() {
    let mut family =
        Family::python("from subprocess import *; Popen(['seq', '100000'], stdout=PIPE).wait()");
    assert_eq!(family.stuck(2), ["first", "seq"]);
    let (names, seen) = family.until(|_, _| true);
    let write = names.sleep(&seen, "seq", "write");
    let pipe = room(write);
    let fill = seen.pipes.iter().find(|it| it.pipe == pipe).unwrap();
    assert!(fill.full && fill.capacity == 65536 && fill.bytes > 32768);
    assert_eq!(names.wakers(&seen, "seq"), ["first"]);
    let child = Some(names.pid("seq"));
    let wait = names.sleep(&seen, "first", "wait4");
    assert_eq!(wait.on, [Waker::Child { child }]);
}

/// The second child reads from the first, and holds the first one's other pipe.
#[test]
fn bytes_and_room_are_told_apart() {
    let mut family = Family::python(
        "from subprocess import *
child = Popen(['cat'], stdin=PIPE, stdout=PIPE)
child.stdin.write(b'x' * 300000)",
    );
    assert_eq!(family.stuck(2), ["cat", "first"]);
    let (names, seen) = family.until(|_, _| true);
    let to_cat = room(names.sleep(&seen, "first", "write"));
    let from_cat = room(names.sleep(&seen, "cat", "write"));
    assert!(to_cat != from_cat);
}

#[test]
fn one_that_holds_the_end_whose_closing_it_waits_for() {
    let mut family = Family::python("import os; r, w = os.pipe(); os.read(r, 1)");
    assert_eq!(family.stuck(1), ["first"]);
    let (names, seen) = family.until(|_, _| true);
    assert_eq!(names.wakers(&seen, "first"), ["first"]);
}

#[test]
fn one_that_gave_its_own_writing_end_to_a_child_that_ends() {
    let mut family = Family::python(
        "import os, subprocess
r, w = os.pipe()
subprocess.Popen(['echo'], stdout=w)
open(r, 'rb').read()",
    );
    let (names, deadlock) = family.deadlock();
    assert_eq!(deadlock.stuck, [names.pid("first")]);
}

/// The second child was started with the first one's writing end, and waits for
/// its own.
#[test]
fn a_sibling_that_inherited_the_end() {
    let mut family = Family::python(
        "import os, subprocess
one = subprocess.Popen(['cat'], stdin=-1)
os.set_inheritable(one.stdin.fileno(), True)
other = subprocess.Popen(['sort'], stdin=-1, close_fds=False)
one.stdin.close()
one.wait()",
    );
    assert_eq!(family.stuck(3), ["cat", "first", "sort"]);
    let (names, seen) = family.until(|_, _| true);
    assert_eq!(names.wakers(&seen, "cat"), ["sort"]);
    assert_eq!(names.wakers(&seen, "sort"), ["first"]);
}

/// `multiprocessing` says so itself: join before get is a deadlock.
#[test]
fn a_queue_that_is_joined_before_it_is_read() {
    let mut family = Family::python(
        "import multiprocessing
fork = multiprocessing.get_context('fork')
queue = fork.Queue()
child = fork.Process(target=lambda: queue.put('x' * 1000000))
child.start()
child.join()",
    );
    assert_eq!(family.stuck(2), ["first", "python3"]);
}

#[test]
fn a_daemon_holds_the_end_and_sleeps() {
    let mut family =
        Family::python("import subprocess; subprocess.run('sleep 600 &', shell=True, stdout=-1)");
    // The shell has ended; its parent reads on.
    let (names, seen) = family.waits_without_deadlock(&[("sleep", "nanosleep")]);
    assert_eq!(names.wakers(&seen, "first"), ["sleep"]);
    let sleep = names.sleep(&seen, "sleep", "nanosleep");
    assert_eq!(
        (&sleep.on[..], sleep.limit_ms),
        (&[Waker::Clock][..], Some(600_000.0))
    );
}

#[test]
fn any_holder_of_the_other_end_will_do() {
    let mut family = Family::python(
        "import os, subprocess
r, w = os.pipe()
subprocess.Popen(['sleep', '600'], stdout=w)
os.read(r, 1)",
    );
    family.waits_without_deadlock(&[("first", "read"), ("sleep", "nanosleep")]);
    let (names, seen) = family.until(|_, _| true);
    assert_eq!(names.wakers(&seen, "first"), ["first", "sleep"]);
}

#[test]
fn a_time_limit_alone_ends_it() {
    let mut family = Family::python(
        "import select, subprocess
child = subprocess.Popen(['cat'], stdin=-1, stdout=-1)
select.select([child.stdout], [], [], 600)",
    );
    let (names, deadlock) = family.deadlock();
    let limit = Limit {
        pid: names.pid("first"),
        ms: 600_000.0,
    };
    assert_eq!(deadlock.limits, [limit]);
    assert_eq!(deadlock.stuck.len(), 2);
}

/// `poll` with more descriptors than one would think: a pipe is the hundredth.
#[test]
fn a_poll_of_many_descriptors_is_read_whole() {
    let mut family = Family::python(
        "import os, select, subprocess
poll = select.poll()
for _ in range(100): poll.register(os.pipe()[0], select.POLLIN)
child = subprocess.Popen(['sleep', '600'], stdout=-1)
poll.register(child.stdout, select.POLLIN)
poll.poll()",
    );
    let (names, seen) = family.waits_without_deadlock(&[("first", "poll"), ("sleep", "nanosleep")]);
    assert_eq!(names.wakers(&seen, "first"), ["first", "sleep"]);
    assert_eq!(names.sleep(&seen, "first", "poll").on.len(), 101);
}

#[test]
fn an_epoll_for_room_is_no_wait_for_bytes() {
    let mut family = Family::python(
        "import os, select, subprocess
child = subprocess.Popen(['sleep', '600'], stdin=-1)
epoll = select.epoll()
os.set_blocking(child.stdin.fileno(), False)
while child.stdin.raw.write(b'x' * 4096): pass
epoll.register(child.stdin, select.EPOLLOUT)
epoll.poll()",
    );
    let (names, seen) =
        family.waits_without_deadlock(&[("first", "epoll"), ("sleep", "nanosleep")]);
    let pipe = room(names.sleep(&seen, "first", "epoll"));
    assert_eq!(names.wakers(&seen, "first"), ["sleep"]);
    assert!(seen.pipes.iter().any(|it| it.pipe == pipe && it.full));
}

#[test]
fn a_select_on_nothing_waits_for_a_signal() {
    let mut family = Family::python("import select; select.select([], [], [])");
    let (names, seen) = family.waits_without_deadlock(&[("first", "select")]);
    assert_eq!(names.sleep(&seen, "first", "select").on, [Waker::Signal]);
}

/// A pipeline that is idle because its first reads a run's stream.
#[test]
fn whoever_is_outside_may_write() {
    let mut command = Command::new("sh");
    command.args(["-c", "cat | grep x | cat"]);
    let mut family = Family::start_with(&mut command, Stdio::piped());
    let (names, seen) = family.waits_without_deadlock(&[("cat", "read"), ("grep", "read")]);
    assert_eq!(names.wakers(&seen, "grep"), ["cat"]);
    let reads_stdin = seen.asleep.iter().flat_map(|it| &it.threads);
    let mut streams = reads_stdin.filter(|it| it.call == "read").map(bytes);
    assert!(streams.any(|pipe| pipe.0 == 0));
}

#[test]
fn tail_grep_and_head_are_no_deadlock() {
    let mut family =
        Family::sh("seq 2 > log; tail -f log | grep --line-buffered . | head -n 2; wait");
    family.until(|names, seen| {
        names.sleeps(seen, "grep", "read")
            && !seen.asleep.iter().any(|it| names.of(it.pid) == "head")
    });
    for _ in 0..20 {
        assert_eq!(family.look().deadlock, None);
    }
}

/// It moves between any two looks, though each finds all asleep.
#[test]
fn a_ping_pong_between_two_looks_is_none() {
    let mut family = Family::python(
        "import os
r, w = os.pipe()
s, x = os.pipe()
if os.fork() == 0:
    while True: os.write(x, os.read(r, 1))
while True:
    os.write(w, b'x')
    os.read(s, 1)",
    );
    for _ in 0..300 {
        assert_eq!(family.look().deadlock, None);
    }
}

#[test]
fn a_splice_waits_for_room_or_for_bytes() {
    let mut family = Family::python(
        "import os
r, w = os.pipe()
s, x = os.pipe()
if os.fork() == 0: os.splice(r, x, 4096)
os.wait()",
    );
    let pids = family.until(|_, seen| seen.asleep.iter().any(|it| it.threads[0].call == "splice"));
    let splice = pids
        .1
        .asleep
        .iter()
        .flat_map(|it| &it.threads)
        .find(|it| it.call == "splice");
    assert!(matches!(splice.unwrap().on[..], [Waker::Bytes { .. }]));
    assert_eq!(family.stuck(2).len(), 2);
}
