//! Threads that wait for each other, and memory that processes share.

use crate::family::Family;
use recording::traced::Waker;

#[test]
fn two_threads_that_hold_each_others_lock() {
    let mut family = Family::python(
        "import threading
a, b, both = threading.Lock(), threading.Lock(), threading.Barrier(2)
def take(first, second):
    with first:
        both.wait()
        with second: pass
for pair in (a, b), (b, a): threading.Thread(target=take, args=pair).start()",
    );
    let (names, deadlock) = family.deadlock();
    assert_eq!(deadlock.stuck, [family.id()]);
    let (_, seen) = family.until(|_, _| true);
    let first = names.asleep(&seen, "first");
    let threads: u32 = first.threads.iter().map(|it| it.threads).sum();
    assert_eq!((threads, first.threads.len()), (3, 1), "equal ones once");
    assert_eq!(first.threads[0].on, [Waker::Thread]);
    assert_eq!(first.wakers, [] as [u32; 0]);
}

#[test]
fn a_lock_taken_twice() {
    let mut family = Family::python(
        "import threading
lock = threading.Lock()
lock.acquire()
lock.acquire()",
    );
    assert_eq!(family.stuck(1), ["first"]);
}

#[test]
fn a_thread_that_sleeps_may_release_a_lock() {
    let mut family = Family::python(
        "import threading, time
lock = threading.Lock()
lock.acquire()
threading.Thread(target=time.sleep, args=[600]).start()
lock.acquire()",
    );
    family.waits_without_deadlock(&[("first", "futex"), ("first", "nanosleep")]);
}

/// `multiprocessing` keeps its locks in memory that other processes have too.
#[test]
fn shared_memory_may_be_anybodys() {
    let mut family = Family::python(
        "import multiprocessing, time
lock = multiprocessing.Lock()
lock.acquire()
def release():
    time.sleep(600)
    lock.release()
multiprocessing.get_context('fork').Process(target=release).start()
lock.acquire()",
    );
    let (names, seen) =
        family.waits_without_deadlock(&[("first", "futex"), ("python3", "nanosleep")]);
    assert_eq!(
        names.sleep(&seen, "first", "futex").on,
        [Waker::SharedMemory]
    );
}

/// The lock lies in memory of which no file has a name, and both wait.
#[test]
fn a_lock_in_shared_memory_that_nobody_can_release() {
    let mut family = Family::python(
        "import multiprocessing
lock = multiprocessing.Lock()
lock.acquire()
child = multiprocessing.get_context('fork').Process(target=lock.acquire)
child.start()
child.join()",
    );
    assert_eq!(family.stuck(2), ["first", "python3"]);
    let (names, seen) = family.until(|_, _| true);
    assert_eq!(names.wakers(&seen, "python3"), ["first"]);
}

/// Made under a name of its own first, which is gone: but it has another.
#[test]
fn a_semaphore_that_has_a_name_is_open_to_anybody() {
    let mut family = Family::python(
        "import _multiprocessing, os
name = f'/tracer-looks-{os.getpid()}'
_multiprocessing.SemLock(1, 0, 1, name, False).acquire()",
    );
    let file = format!("/dev/shm/sem.tracer-looks-{}", family.id());
    let (names, seen) = family.waits_without_deadlock(&[("first", "futex")]);
    std::fs::remove_file(file).unwrap();
    let on = &names.sleep(&seen, "first", "futex").on;
    assert_eq!(on[..], [Waker::SharedMemory]);
}

#[test]
fn an_eventfd_that_all_wait_for_is_written_by_nobody() {
    let mut family = Family::python(
        "import os
counter = os.eventfd(0)
os.fork()
os.eventfd_read(counter)",
    );
    assert_eq!(family.stuck(2), ["first", "python3"]);
}

#[test]
fn an_idle_pool_of_processes_is_none() {
    let mut family = Family::python(
        "import multiprocessing, time
with multiprocessing.get_context('fork').Pool(3): time.sleep(600)",
    );
    family.until(|names, seen| names.sleeps(seen, "first", "nanosleep") && seen.asleep.len() == 4);
    for _ in 0..5 {
        assert_eq!(family.look().deadlock, None);
    }
}

/// Idle workers wait for work: they move nobody.
#[test]
fn idle_workers_of_a_pool_do_not_help_a_stuck_thread() {
    let mut family = Family::python(
        "import concurrent.futures as f, subprocess
pool = f.ThreadPoolExecutor(4)
list(pool.map(lambda x: __import__('time').sleep(0.1), range(4)))
child = subprocess.Popen(['sort'], stdin=-1, stdout=-1)
pool.submit(child.stdout.read).result()",
    );
    assert_eq!(family.stuck(2), ["first", "sort"]);
}

#[test]
fn a_join_waits_for_one_thread() {
    let mut family = Family::python(
        "import ctypes, threading, subprocess
child = subprocess.Popen(['cat'], stdin=-1, stdout=-1)
c = ctypes.CDLL(None)
@ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
def run(_): child.stdout.read()
it = ctypes.c_ulong()
c.pthread_create(ctypes.byref(it), None, run, None)
c.pthread_join(it, None)",
    );
    assert_eq!(family.stuck(2), ["cat", "first"]);
    let (names, seen) = family.until(|_, _| true);
    let futex = names.sleep(&seen, "first", "futex");
    assert_eq!(futex.on, [Waker::Thread]);
}
