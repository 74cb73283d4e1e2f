//! Sockets, and event loops, which live on them.

use crate::family::Family;
use recording::traced::{Limit, Target, Waker};
use std::process::{Command, Stdio};

#[test]
fn two_that_send_to_each_other_and_read_nothing() {
    let mut family = Family::python(
        "import os, socket
one, other = socket.socketpair()
if os.fork() == 0:
    one.close()
    other.sendall(b'x' * 10000000)
else:
    other.close()
    one.sendall(b'x' * 10000000)",
    );
    assert_eq!(family.stuck(2).len(), 2);
    let (names, seen) = family.until(|_, _| true);
    let first = names.asleep(&seen, "first");
    let child = seen.asleep.iter().find(|it| it.pid != first.pid).unwrap();
    assert_eq!(first.wakers, [child.pid]);
    assert_eq!(child.wakers, [first.pid]);
    assert!(matches!(first.threads[0].on[..], [Waker::Socket { .. }]));
}

/// `SO_RCVTIMEO`, as Rust's `set_read_timeout` sets it.
#[test]
fn a_sockets_own_time_limit_is_told() {
    let mut family = Family::python(
        "import socket, struct
one, other = socket.socketpair()
one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack('ll', 600, 0))
one.recv(1)",
    );
    let (_, deadlock) = family.deadlock();
    let pid = family.id();
    assert_eq!(deadlock.limits, [Limit { pid, ms: 600_000.0 }]);
}

#[test]
fn a_socket_of_the_run_is_told_with_its_peer() {
    let mut family = Family::python(
        "import socket, subprocess
one, other = socket.socketpair()
subprocess.Popen(['cat'], stdin=other).wait()",
    );
    assert_eq!(family.stuck(2), ["cat", "first"]);
    let first = family.id();
    let cat = family.names().pid("cat");
    family.lookout.descriptors(cat);
    let ours = family.lookout.descriptors(first).unwrap();
    let theirs = family.lookout.descriptors(cat).unwrap();
    let Target::Socket {
        socket,
        peer: Some(peer),
    } = theirs[0].to
    else {
        panic!("{theirs:?}");
    };
    let target = Target::Socket {
        socket: peer,
        peer: Some(socket),
    };
    assert!(ours.iter().any(|it| it.to == target), "{ours:?}");
}

#[test]
fn two_ends_of_a_connection_that_both_wait_for_data() {
    let mut family = Family::python(
        "import os, socket
server = socket.create_server(('127.0.0.1', 0))
if os.fork() == 0:
    client = socket.create_connection(server.getsockname())
    server.close()
    client.recv(1)
else:
    connection, _ = server.accept()
    server.close()
    connection.recv(1)",
    );
    assert_eq!(family.stuck(2).len(), 2);
}

#[test]
fn anybody_may_connect_to_who_listens() {
    let mut family = Family::python(
        "import socket
socket.create_server(('127.0.0.1', 0)).accept()",
    );
    let (names, seen) = family.waits_without_deadlock(&[("first", "accept")]);
    let on = &names.sleep(&seen, "first", "accept").on;
    assert!(matches!(on[..], [Waker::Socket { .. }]));
}

#[test]
fn a_socket_whose_peer_is_outside_may_be_written_to() {
    let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
    let theirs = Stdio::from(std::os::fd::OwnedFd::from(theirs));
    let mut family = Family::start_with(&mut Command::new("cat"), theirs);
    family.waits_without_deadlock(&[("first", "read")]);
    drop(ours);
}

/// A pipe's end that was sent and not received has no holder meanwhile.
#[test]
fn an_end_on_its_way_may_arrive() {
    let mut family = Family::python(
        "import os, socket
r, w = os.pipe()
one, other = socket.socketpair()
socket.send_fds(one, [b'x'], [w])
os.close(w)
if os.fork() == 0:
    os.read(r, 1)
os.wait()",
    );
    family.waits_without_deadlock(&[("first", "wait4"), ("python3", "read")]);
}

/// `asyncio` pauses its reading of what nobody takes, and waits for the child's
/// end.
#[test]
fn an_event_loop_that_does_not_read_its_child() {
    let mut family = Family::python(
        "import asyncio
async def main():
    child = await asyncio.create_subprocess_exec('seq', '1000000', stdout=-1)
    await child.wait()
asyncio.run(main())",
    );
    assert_eq!(family.stuck(2), ["first", "seq"]);
    let (names, seen) = family.until(|_, _| true);
    assert_eq!(names.wakers(&seen, "first"), ["seq"]);
}

#[test]
fn an_event_loop_whose_child_waits_for_its_stdin() {
    let mut family = Family::python(
        "import asyncio
async def main():
    child = await asyncio.create_subprocess_exec('sort', stdin=-1, stdout=-1)
    await child.stdout.read()
asyncio.run(main())",
    );
    assert_eq!(family.stuck(2), ["first", "sort"]);
}

#[test]
fn an_event_loop_that_waits_for_an_interrupt_is_idle() {
    let mut family = Family::python(
        "import asyncio, signal
async def main():
    end = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, end.set)
    await end.wait()
asyncio.run(main())",
    );
    let (names, seen) = family.waits_without_deadlock(&[("first", "epoll")]);
    assert_eq!(names.sleep(&seen, "first", "epoll").on, [Waker::Signal]);
}

#[test]
fn an_event_loop_that_sleeps_waits_for_the_clock() {
    let mut family = Family::python("import asyncio; asyncio.run(asyncio.sleep(600))");
    let (names, seen) = family.waits_without_deadlock(&[("first", "epoll")]);
    let sleep = names.sleep(&seen, "first", "epoll");
    assert!(sleep.limit_ms.unwrap() > 1000.0);
}
