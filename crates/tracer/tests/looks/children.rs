//! Waits for children, in each form that there is.

use crate::family::Family;
use recording::traced::{Asleep, Waker};

#[test]
fn a_wait_for_any_child_waits_for_each_of_them() {
    let mut family = Family::sh("sleep 600 & sleep 600 & sleep 600 & wait");
    family.until(|names, seen| {
        // dash waits for any child by the signal of its end, others by the call.
        let waits = ["wait4", "rt_sigsuspend"];
        waits.iter().any(|call| names.sleeps(seen, "first", call))
            && names.sleeps(seen, "sleep", "nanosleep")
            && names.wakers(seen, "first").len() == 3
    });
    assert_eq!(family.look().deadlock, None);
}

#[test]
fn waitid_names_its_child_by_number_by_group_and_by_pidfd() {
    for wait in [
        "os.waitid(os.P_PID, child, os.WEXITED)",
        "os.waitid(os.P_PGID, os.getpgid(0), os.WEXITED)",
        "os.waitid(os.P_PIDFD, os.pidfd_open(child), os.WEXITED)",
        "os.waitid(os.P_ALL, 0, os.WEXITED)",
        "select.select([os.pidfd_open(child)], [], [])",
    ] {
        let program = format!(
            "import os, select, subprocess
child = subprocess.Popen(['sleep', '600']).pid
{wait}"
        );
        let mut family = Family::python(&program);
        let call = if wait.contains("waitid") {
            "waitid"
        } else {
            "select"
        };
        let calls = [("first", call), ("sleep", "nanosleep")];
        let (names, seen) = family.waits_without_deadlock(&calls);
        assert_eq!(names.wakers(&seen, "first"), ["sleep"], "{wait}");
        let child = Some(names.pid("sleep"))
            .filter(|_| !wait.contains("P_PGID") && !wait.contains("P_ALL"));
        assert_eq!(
            names.sleep(&seen, "first", call).on,
            [Waker::Child { child }],
            "{wait}"
        );
    }
}

/// The child of a `vfork` opens a FIFO that nobody else opens, before its exec.
#[test]
fn a_vfork_waits_for_the_exec_of_its_child() {
    let mut family = Family::python(
        "import os, subprocess
other = subprocess.Popen(['sleep', '600'])
os.mkfifo('fifo')
os.posix_spawn('/bin/cat', ['cat'], {}, file_actions=[(os.POSIX_SPAWN_OPEN, 0, 'fifo', os.O_RDONLY, 0)])",
    );
    let opens = |it: &Asleep| it.threads[0].call.starts_with("open");
    let (names, seen) = family.until(|_, seen| {
        let mut asleep = seen.asleep.iter();
        asleep.any(|it| it.threads[0].on == [Waker::Exec]) && seen.asleep.iter().any(opens)
    });
    let child = seen.asleep.iter().find(|it| opens(it)).unwrap();
    let opener = Waker::Opener {
        path: "fifo".to_owned(),
        writer: true,
    };
    assert_eq!(child.threads[0].on, [opener]);
    assert_eq!(names.asleep(&seen, "first").wakers, [child.pid]);
    assert_eq!(family.look().deadlock, None);
}

/// `kill -STOP` is no deadlock: somebody may send a CONT.
#[test]
fn a_stopped_child_may_be_continued() {
    let mut family = Family::python(
        "import os, signal, subprocess
r, w = os.pipe()
child = subprocess.Popen(['cat'], stdin=r)
child.send_signal(signal.SIGSTOP)
child.wait()",
    );
    let (names, seen) = family.until(|names, seen| {
        // It has its name a moment after Python has heard that it runs.
        names.sleeps(seen, "first", "wait4")
            && !names.wakers(seen, "first").is_empty()
            && !seen.asleep.iter().any(|it| names.of(it.pid) == "cat")
    });
    assert_eq!(names.wakers(&seen, "first"), ["cat"]);
    for _ in 0..3 {
        assert_eq!(family.look().deadlock, None);
    }
}

/// The parent's main thread has ended, another waits.
#[test]
fn a_process_whose_first_thread_has_ended_lives() {
    let mut family = Family::python(
        "import ctypes, threading, subprocess
child = subprocess.Popen(['cat'], stdin=-1)
threading.Thread(target=child.wait).start()
ctypes.CDLL(None).pthread_exit(None)",
    );
    assert_eq!(family.stuck(2), ["cat", "first"]);
}

/// Its parent knows the child by another number than we do.
#[test]
fn in_a_pid_namespace_no_stranger_is_named() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("not tried: only root may make a PID namespace");
        return;
    }
    let mut family = Family::sh(
        "exec unshare --pid --fork --mount-proc python3 -c \"
import subprocess
subprocess.Popen(['cat'], stdin=-1).wait()\"",
    );
    let (names, deadlock) = family.deadlock();
    let (_, seen) = family.until(|_, _| true);
    let child = Some(names.pid("cat"));
    let wait = names.sleep(&seen, "python3", "wait4");
    assert_eq!(wait.on, [Waker::Child { child }]);
    assert!(deadlock.stuck.contains(&names.pid("cat")));
}

#[test]
fn of_fifty_children_the_one_that_is_waited_for_is_named() {
    let mut family = Family::python(
        "import subprocess
children = [subprocess.Popen(['sleep', '600']) for _ in range(50)]
children[30].wait()",
    );
    let (names, seen) =
        family.until(|names, seen| names.sleeps(seen, "first", "wait4") && seen.asleep.len() == 51);
    assert_eq!(names.wakers(&seen, "first"), ["sleep"]);
    assert_eq!(family.look().deadlock, None);
}
