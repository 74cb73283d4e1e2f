//! Locks on files, FIFOs, terminals.

use crate::family::Family;
use recording::traced::Waker;

#[test]
fn two_fifos_opened_in_opposite_order_are_a_hint_and_no_claim() {
    let mut family = Family::sh(
        "mkfifo a b
cat a b & (exec 4>b 3>a) &
wait",
    );
    let is_opening = |call: &str| call.starts_with("open");
    let (_, seen) = family.until(|_, seen| {
        let opening = seen
            .asleep
            .iter()
            .filter(|it| is_opening(&it.threads[0].call));
        opening.count() == 2
    });
    let opening = seen
        .asleep
        .iter()
        .filter(|it| is_opening(&it.threads[0].call));
    let mut openers: Vec<(String, bool)> = opening
        .flat_map(|it| &it.threads[0].on)
        .map(|on| match on {
            Waker::Opener { path, writer } => (path.clone(), *writer),
            other => panic!("{other:?}"),
        })
        .collect();
    openers.sort();
    assert_eq!(openers, [("a".to_owned(), true), ("b".to_owned(), false)]);
    family.waits_without_deadlock(&[]);
}

/// Who has it open is named; but anybody may open it too, so nothing is claimed.
#[test]
fn a_fifo_that_is_open_is_a_pipe_to_which_anybody_may_write() {
    let mut family = Family::python(
        "import os, subprocess
os.mkfifo('f')
child = subprocess.Popen(['cat', 'f'])
f = open('f', 'w')
child.wait()",
    );
    let (names, seen) = family.waits_without_deadlock(&[("first", "wait4"), ("cat", "read")]);
    assert_eq!(names.wakers(&seen, "cat"), ["first"]);
}

#[test]
fn a_lock_that_the_parent_holds_and_its_child_wants() {
    for lock in ["fcntl.flock", "fcntl.lockf"] {
        let program = format!(
            "import fcntl, os
one = open('lock', 'w'); {lock}(one, fcntl.LOCK_EX)
if os.fork() == 0:
    {lock}(open('lock', 'w'), fcntl.LOCK_EX)
os.wait()"
        );
        let mut family = Family::python(&program);
        let (names, deadlock) = family.deadlock();
        assert_eq!(deadlock.stuck.len(), 2, "{lock}");
        let (_, seen) = family.until(|_, _| true);
        let first = names.pid("first");
        let child = seen.asleep.iter().find(|it| it.pid != first).unwrap();
        let mut on = child.threads[0].on.iter();
        let holders = on.find_map(|on| match on {
            Waker::Lock { holders } => Some(holders.clone()),
            _ => None,
        });
        // A child has the open file of its parent's flock too, and so holds it.
        let holds_it_too = lock == "fcntl.flock";
        let mut expected = vec![first];
        expected.extend(holds_it_too.then_some(child.pid));
        expected.sort_unstable();
        assert_eq!(holders, Some(expected), "{lock}");
    }
}

#[test]
fn two_that_lock_two_files_in_opposite_order() {
    let mut family = Family::python(
        "import fcntl, os
r, w = os.pipe()
s, x = os.pipe()
ours, theirs = ('a', 'b') if os.fork() else ('b', 'a')
mine = open(ours, 'w')
fcntl.flock(mine, fcntl.LOCK_EX)
if ours == 'a': os.write(w, b'x'), os.read(s, 1)
else: os.write(x, b'x'), os.read(r, 1)
fcntl.flock(open(theirs, 'w'), fcntl.LOCK_EX)",
    );
    assert_eq!(family.stuck(2), ["first", "python3"]);
    let (names, seen) = family.until(|_, _| true);
    assert_eq!(names.wakers(&seen, "first"), ["python3"]);
    assert_eq!(names.wakers(&seen, "python3"), ["first"]);
}

#[test]
fn a_lock_that_a_daemon_inherited() {
    let mut family = Family::sh(
        "(flock 9; sleep 600 & exit) 9>lock
exec 8>lock
flock 8",
    );
    let (names, seen) =
        family.waits_without_deadlock(&[("flock", "flock"), ("sleep", "nanosleep")]);
    assert_eq!(names.wakers(&seen, "flock"), ["sleep"]);
}

#[test]
fn a_lock_that_somebody_outside_holds() {
    let mut family = Family::sh("mkfifo go; : <go; exec flock lock true");
    let lock = std::fs::File::create(family.folder().join("lock")).unwrap();
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive).unwrap();
    std::fs::write(family.folder().join("go"), "").unwrap();
    let (names, seen) = family.waits_without_deadlock(&[("first", "flock")]);
    let on = &names.sleep(&seen, "first", "flock").on;
    assert_eq!(on[..], [Waker::Lock { holders: vec![] }]);
}

#[test]
fn somebody_may_type_at_a_terminal() {
    let mut family = Family::python(
        "import os, subprocess
ours, theirs = os.openpty()
subprocess.Popen(['cat'], stdin=theirs).wait()",
    );
    let (names, seen) = family.waits_without_deadlock(&[("first", "wait4"), ("cat", "read")]);
    assert_eq!(names.sleep(&seen, "cat", "read").on, [Waker::Terminal]);
}
