//! Deadlocks, and what looks like one, of made-up processes.

mod limits;
mod signals;

use super::deadlock::deadlock;
use super::wakers::Waits;
use crate::look::{Children, Fd, On, PipeInode, Process, Sleep, Snapshot, SocketInode, State, To};
use recording::traced::Pid;
use std::collections::BTreeSet;
use std::sync::Arc;

const R: bool = false;
const W: bool = true;

fn pipe(inode: u64) -> PipeInode {
    PipeInode { device: 0, inode }
}

fn fd(fd: i32, to: To) -> Fd {
    Fd {
        fd,
        to,
        flags: 0,
        locks: vec![],
    }
}

fn sleep(on: &[On]) -> Option<Sleep> {
    Some(Sleep {
        call: "futex",
        on: on.to_vec(),
        limit_ms: None,
    })
}

/// One that sleeps in one thread, and holds these ends.
fn process(parent: Pid, on: &[On], ends: &[(u64, bool)]) -> Process {
    Process::made_up(parent, vec![sleep(on)], holding(ends))
}

fn holding(ends: &[(u64, bool)]) -> Vec<Fd> {
    let end = |(at, &(inode, writes)): (usize, &(u64, bool))| {
        let to = To::Pipe {
            pipe: pipe(inode),
            reads: !writes,
            writes,
        };
        fd(at as i32, to)
    };
    ends.iter().enumerate().map(end).collect()
}

fn numbered(mut process: Process, pid: Pid) -> (Pid, Process) {
    process.numbers = vec![pid];
    (pid, process)
}

struct Made {
    snapshot: Snapshot,
    outside: BTreeSet<PipeInode>,
    moved: BTreeSet<Pid>,
}

fn made(processes: Vec<(Pid, Process)>) -> Made {
    let numbered = processes.into_iter().map(|(pid, it)| numbered(it, pid));
    Made {
        snapshot: Snapshot {
            processes: numbered.map(|(pid, it)| (pid, Arc::new(it))).collect(),
            ..Snapshot::default()
        },
        outside: BTreeSet::new(),
        moved: BTreeSet::new(),
    }
}

impl Made {
    fn outside(mut self, inode: u64) -> Made {
        self.outside.insert(pipe(inode));
        self
    }

    fn moved(mut self, pid: Pid) -> Made {
        self.moved.insert(pid);
        self
    }

    fn stuck(&self) -> Vec<Pid> {
        self.stuck_but(&BTreeSet::new())
    }

    fn stuck_but(&self, unseen: &BTreeSet<Pid>) -> Vec<Pid> {
        let all = self.snapshot.processes.keys().copied();
        let stood = all.filter(|pid| !self.moved.contains(pid)).collect();
        let waits = Waits::new(&self.snapshot, &self.outside);
        deadlock(&waits, &stood, unseen).map_or(vec![], |it| it.stuck)
    }
}

fn two_that_write_to_each_other() -> Vec<(Pid, Process)> {
    vec![
        (1, process(0, &[On::Room(pipe(7))], &[(7, W), (8, R)])),
        (2, process(1, &[On::Room(pipe(8))], &[(7, R), (8, W)])),
    ]
}

#[test]
fn two_that_write_to_each_other_are_stuck() {
    assert_eq!(made(two_that_write_to_each_other()).stuck(), [1, 2]);
}

#[test]
fn a_reader_waits_for_a_writer_that_runs() {
    let reader = (1, process(0, &[On::Bytes(pipe(7))], &[(7, R)]));
    let writer = Process::made_up(1, vec![None], holding(&[(7, W)]));
    assert_eq!(made(vec![reader, (2, writer)]).stuck(), [] as [Pid; 0]);
}

#[test]
fn whoever_moved_between_the_looks_may_do_so_again() {
    let made = made(two_that_write_to_each_other()).moved(2);
    assert_eq!(made.stuck(), [] as [Pid; 0]);
}

#[test]
fn somebody_outside_may_write() {
    let one = || (1, process(0, &[On::Bytes(pipe(7))], &[(7, R), (7, W)]));
    assert_eq!(made(vec![one()]).stuck(), [1]);
    assert_eq!(made(vec![one()]).outside(7).stuck(), [] as [Pid; 0]);
}

#[test]
fn an_end_that_nobody_is_seen_to_hold_may_be_anybodys() {
    let reader = (1, process(0, &[On::Bytes(pipe(7))], &[(7, R)]));
    assert_eq!(made(vec![reader]).stuck(), [] as [Pid; 0]);
}

#[test]
fn any_holder_will_do() {
    let reader = (1, process(0, &[On::Bytes(pipe(7))], &[(7, R), (7, W)]));
    let sleeper = (2, process(1, &[On::Clock], &[(7, W)]));
    assert_eq!(made(vec![reader, sleeper]).stuck(), [] as [Pid; 0]);
}

#[test]
fn any_one_of_several_things_will_do() {
    let on = [On::Bytes(pipe(7)), On::Clock];
    let one = (1, process(0, &on, &[(7, R), (7, W)]));
    assert_eq!(made(vec![one]).stuck(), [] as [Pid; 0]);
}

#[test]
fn another_thread_of_the_holder_will_do() {
    let cat = (2, process(1, &[On::Room(pipe(8))], &[(8, W)]));
    let threads = vec![sleep(&[On::Child(Children::One(2))]), None];
    let parent = (1, Process::made_up(0, threads, holding(&[(8, R)])));
    assert_eq!(made(vec![parent, cat]).stuck(), [] as [Pid; 0]);
}

#[test]
fn idle_threads_move_nobody() {
    let cat = (2, process(1, &[On::Room(pipe(8))], &[(8, W)]));
    let threads = vec![
        sleep(&[On::Child(Children::One(2))]),
        sleep(&[On::Thread]),
        sleep(&[On::Thread]),
    ];
    let parent = (1, Process::made_up(0, threads, holding(&[(8, R)])));
    assert_eq!(made(vec![parent, cat]).stuck(), [1, 2]);
}

#[test]
fn who_waits_for_a_deadlock_is_part_of_it() {
    let mut processes = two_that_write_to_each_other();
    processes.push((3, process(0, &[On::Ended(1)], &[])));
    processes.push((4, process(0, &[On::Clock], &[])));
    assert_eq!(made(processes).stuck(), [1, 2, 3]);
}

type Doubt = fn(&mut Process);

/// Each of these, done to one of two that write to each other, is enough.
#[test]
fn what_cannot_be_seen_is_no_proof() {
    let doubts: [(&str, Doubt); 6] = [
        ("stopped", |it| it.state = State::Stopped),
        ("hidden", |it| it.fds = None),
        ("a timer", |it| it.has_timer = true),
        ("USR1 is handled", |it| {
            it.handled = 1 << (libc::SIGUSR1 - 1)
        }),
        ("ALRM is handled", |it| {
            it.handled = 1 << (libc::SIGALRM - 1)
        }),
        ("an io_uring", |it| {
            it.fds.as_mut().unwrap().push(fd(9, To::Uring))
        }),
    ];
    for (doubt, apply) in doubts {
        let mut processes = two_that_write_to_each_other();
        apply(&mut processes[1].1);
        assert_eq!(made(processes).stuck(), [] as [Pid; 0], "{doubt}");
    }
    let alarm = made(two_that_write_to_each_other()).stuck_but(&[2].into());
    assert_eq!(alarm, [] as [Pid; 0]);
}

#[test]
fn a_zombie_child_was_seen_too_early() {
    let parent = (1, process(0, &[On::Child(Children::Any)], &[]));
    let mut zombie = process(1, &[], &[]);
    (zombie.state, zombie.threads) = (State::Zombie, vec![]);
    assert_eq!(made(vec![parent, (2, zombie)]).stuck(), [] as [Pid; 0]);
}

#[test]
fn a_socket_is_read_by_who_holds_its_peer() {
    let (one, other) = (SocketInode(5), SocketInode(6));
    let socket = |socket, in_flight| To::Socket { socket, in_flight };
    let both = |in_flight| {
        let first = Process::made_up(
            0,
            vec![sleep(&[On::Data(one)])],
            vec![fd(3, socket(one, in_flight))],
        );
        let second = Process::made_up(
            1,
            vec![sleep(&[On::Data(other)])],
            vec![fd(3, socket(other, 0))],
        );
        let mut made = made(vec![(1, first), (2, second)]);
        made.snapshot.peers = [(one, other), (other, one)].into();
        made
    };
    assert_eq!(both(0).stuck(), [1, 2]);
    assert_eq!(
        both(1).stuck(),
        [] as [Pid; 0],
        "a descriptor is on its way"
    );
    let mut alone = both(0);
    alone.snapshot.peers.clear();
    assert_eq!(alone.stuck(), [] as [Pid; 0], "the peer is elsewhere");
}

#[test]
fn a_fifo_may_be_opened_by_anybody() {
    let fifo = PipeInode {
        device: 1,
        inode: 7,
    };
    let to = To::Pipe {
        pipe: fifo,
        reads: true,
        writes: true,
    };
    let one = Process::made_up(0, vec![sleep(&[On::Bytes(fifo)])], vec![fd(3, to)]);
    assert_eq!(made(vec![(1, one)]).stuck(), [] as [Pid; 0]);
}

#[test]
fn a_number_of_another_namespace_is_nobody_here() {
    // The parent calls its child 2; the process that is 2 here is a stranger.
    let mut parent = process(0, &[On::Child(Children::One(2))], &[]);
    let mut child = process(1, &[On::Clock], &[]);
    let stranger = process(0, &[On::Room(pipe(8))], &[(8, W), (8, R)]);
    parent.numbers = vec![40, 1];
    child.numbers = vec![41, 2];
    let mut made = made(vec![]);
    made.snapshot.processes = [(40, parent), (41, child), (2, stranger)]
        .map(|(pid, it)| (pid, Arc::new(it)))
        .into();
    for pid in [40, 41] {
        let process = Arc::make_mut(made.snapshot.processes.get_mut(&pid).unwrap());
        process.parent = if pid == 40 { 0 } else { 40 };
    }
    let waits = Waits::new(&made.snapshot, &made.outside);
    let wakers = waits.wakers(40, &On::Child(Children::One(2)));
    assert_eq!(wakers.pids, [41].into());
    assert_eq!(made.stuck(), [2]);
}

#[test]
fn a_thread_that_is_joined_must_move_itself() {
    let threads = |other| vec![sleep(&[On::Join(1)]), other];
    let stuck = Process::made_up(0, threads(sleep(&[On::Thread])), vec![]);
    assert_eq!(made(vec![(1, stuck)]).stuck(), [1]);
    let moves = Process::made_up(0, threads(sleep(&[On::Clock])), vec![]);
    assert_eq!(made(vec![(1, moves)]).stuck(), [] as [Pid; 0]);
}
