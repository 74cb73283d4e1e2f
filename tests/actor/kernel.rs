//! The calls that std has not.
#![expect(unsafe_code, reason = "fork, clone and signals have no safe form")]

use crate::account;
use recording::Outcome;
use recording::traced::Pid;
use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::ptr::null_mut;

/// Where a child finds the pipe in which it says that it is ready, and the one
/// from which it gets its parent's word.
const TELLS: RawFd = 90;
const HEARS: RawFd = 91;

/// The ends of the root's pipe by which it sees that all others have ended.
const WITNESS: RawFd = 92;
const WITNESSED: RawFd = 93;

/// The status of who handled a signal.
const HANDLED: i32 = 40;

pub fn pid() -> Pid {
    std::process::id()
}

pub fn leave_no_cores() {
    let none = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: it reads `none`, which lives.
    unsafe { libc::setrlimit(libc::RLIMIT_CORE, &none) };
}

/// Ends the process at once, whatever other threads do.
pub fn end(code: i32) -> ! {
    account::ends(Outcome::Code(code));
    // SAFETY: it does not return, and nothing is left to be dropped.
    unsafe { libc::_exit(code) }
}

pub fn die(signal: i32) -> ! {
    account::ends(Outcome::Signal(signal));
    // SAFETY: a default action calls nothing; the pid is our own. After a raw
    // clone libc's `raise` would send to the parent's thread.
    unsafe {
        libc::signal(signal, libc::SIG_DFL);
        libc::kill(libc::getpid(), signal);
        loop {
            libc::pause();
        }
    }
}

pub fn ignore(signal: i32) {
    // SAFETY: nothing is called when the signal comes.
    unsafe { libc::signal(signal, libc::SIG_IGN) };
}

/// Ends of children are told by no zombies, and by the signal's default.
pub fn want_no_zombies() {
    // SAFETY: zeros are a value: the default action, with nothing blocked. Nothing
    // is called when the signal comes.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = libc::SIG_DFL;
        action.sa_flags = libc::SA_NOCLDWAIT;
        libc::sigaction(libc::SIGCHLD, &action, null_mut());
    }
}

pub fn adopt_orphans() {
    // SAFETY: it takes numbers.
    unsafe { libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1) };
}

pub fn close_a_copy() {
    // SAFETY: nobody else has the number of the copy.
    unsafe { libc::close(libc::dup(libc::STDIN_FILENO)) };
}

pub fn handle(signal: i32) {
    extern "C" fn leave(_: i32) {
        // SAFETY: `_exit` may be called in a handler (signal-safety(7)).
        unsafe { libc::_exit(HANDLED) }
    }
    // SAFETY: `leave` calls nothing that a handler may not.
    unsafe { libc::signal(signal, leave as *const () as libc::sighandler_t) };
}

pub fn send(pid: i32, signal: i32) {
    // SAFETY: it takes numbers. A negative one is a group.
    let sent = unsafe { libc::kill(pid, signal) };
    assert_eq!(
        sent,
        0,
        "kill {signal} {pid}: {}",
        io::Error::last_os_error()
    );
}

pub fn lead_group() {
    // SAFETY: it takes numbers.
    unsafe { libc::setpgid(0, 0) };
}

pub fn lead_session() {
    // SAFETY: it takes nothing.
    unsafe { libc::setsid() };
}

/// Ends this thread alone.
pub fn end_thread() -> ! {
    // SAFETY: the thread's stack holds nothing that another uses.
    unsafe { libc::syscall(libc::SYS_exit, 0) };
    unreachable!("exit(2) returns to nobody")
}

/// A pipe that no exec inherits.
pub fn pipe() -> (OwnedFd, OwnedFd) {
    let pipe = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC);
    pipe.expect("a pipe can be made")
}

/// The child's ends, as numbers: a child between vfork and exec may own nothing.
#[derive(Clone, Copy)]
pub struct Ends {
    tells: RawFd,
    hears: RawFd,
}

impl Ends {
    pub fn of(tells: &OwnedFd, hears: &OwnedFd) -> Ends {
        let (tells, hears) = (tells.as_raw_fd(), hears.as_raw_fd());
        Ends { tells, hears }
    }

    /// Puts them where the child looks for them.
    pub fn take(self) {
        // SAFETY: the numbers are open in the child, and nobody there owns those
        // that are replaced.
        unsafe {
            libc::dup2(self.tells, TELLS);
            libc::dup2(self.hears, HEARS);
        }
    }
}

pub fn tell_ready() {
    // SAFETY: it reads one byte that lives.
    let told = unsafe { libc::write(TELLS, b"r".as_ptr().cast(), 1) };
    assert_eq!(told, 1, "nobody hears that it is ready");
}

/// Waits for the parent's word. A parent that is gone says none: then it ends.
pub fn hold() {
    loop {
        let mut byte = 0_u8;
        // SAFETY: it writes one byte that lives.
        match unsafe { libc::read(HEARS, (&raw mut byte).cast(), 1) } {
            1 => return,
            0 => end(99),
            _ if io::Error::last_os_error().kind() == io::ErrorKind::Interrupted => {}
            _ => end(98),
        }
    }
}

pub fn witness() {
    let (reader, writer) = pipe();
    // SAFETY: nobody owns the numbers that are replaced.
    unsafe {
        libc::dup2(writer.as_raw_fd(), WITNESS);
        libc::dup2(reader.as_raw_fd(), WITNESSED);
    }
}

pub fn last_one_out() {
    // SAFETY: the numbers are the root's own, and a byte that lives is written to.
    unsafe {
        libc::close(WITNESS);
        let mut byte = 0_u8;
        while libc::read(WITNESSED, (&raw mut byte).cast(), 1) != 0 {}
    }
}

/// 0 in the child, its pid in the parent.
pub fn fork() -> i32 {
    // SAFETY: the child does what the actor does, and libc's fork has set its
    // locks free.
    unsafe { libc::fork() }
}

/// `clone(2)` as it is, with no stack: like fork, without libc's part.
pub fn clone(flags: i32) -> i32 {
    // SAFETY: with a copy of the memory the child goes on as after a fork. No other
    // thread runs that could hold a lock: those of a plan are waited for.
    let pid = unsafe { libc::syscall(libc::SYS_clone, flags, 0, 0, 0, 0) };
    i32::try_from(pid).expect("a pid is an int")
}

pub fn clone3() -> i32 {
    // SAFETY: all zero is a value of it: no flags.
    let mut arguments: libc::clone_args = unsafe { std::mem::zeroed() };
    arguments.exit_signal = libc::SIGCHLD as u64;
    let size = size_of::<libc::clone_args>();
    // SAFETY: as with `clone`; the arguments live, and are as long as is said.
    let pid = unsafe { libc::syscall(libc::SYS_clone3, &raw mut arguments, size) };
    i32::try_from(pid).expect("a pid is an int")
}

/// What a child runs that shares its parent's memory until then.
pub struct Image {
    pub program: CString,
    pub argv: Vec<CString>,
    /// If there is no such program, and for a plan that has none.
    pub or_exit: i32,
    pub ends: Option<Ends>,
}

impl Image {
    /// Returns only if it cannot be run.
    pub fn run(&self) {
        let mut argv: Vec<_> = self.argv.iter().map(|it| it.as_ptr()).collect();
        argv.push(std::ptr::null());
        // SAFETY: the strings live, and a null ends them.
        unsafe { libc::execv(self.program.as_ptr(), argv.as_ptr()) };
    }
}

/// A child on a stack of its own, in its parent's memory; the parent sleeps until
/// it has become another program, or has ended: `vfork(2)`, as libc's `posix_spawn`
/// does it.
pub fn vfork(image: &Image) -> i32 {
    struct Child<'a> {
        image: &'a Image,
        argv: Vec<*const libc::c_char>,
    }
    extern "C" fn child(it: *mut libc::c_void) -> i32 {
        // SAFETY: the parent made it and sleeps. The child only calls the kernel.
        unsafe {
            let it = &*it.cast::<Child>();
            if let Some(ends) = it.image.ends {
                ends.take();
            }
            libc::execv(it.image.program.as_ptr(), it.argv.as_ptr());
            libc::_exit(it.image.or_exit)
        }
    }
    let mut argv: Vec<_> = image.argv.iter().map(|it| it.as_ptr()).collect();
    argv.push(std::ptr::null());
    let mut it = Child { image, argv };
    let mut stack = vec![0_u128; 4096];
    let top = stack.as_mut_ptr_range().end;
    let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
    // SAFETY: the stack and what the child reads live until it is done with them,
    // for the parent sleeps.
    unsafe { libc::clone(child, top.cast(), flags, (&raw mut it).cast()) }
}

pub fn posix_spawn(image: &Image) -> i32 {
    let mut argv: Vec<_> = image.argv.iter().map(|it| it.as_ptr().cast_mut()).collect();
    argv.push(null_mut());
    let mut pid = 0;
    // SAFETY: all that it reads lives, nulls end the lists, and the actions are
    // made before they are used, and destroyed after.
    unsafe {
        let mut actions = std::mem::zeroed();
        libc::posix_spawn_file_actions_init(&mut actions);
        if let Some(ends) = image.ends {
            libc::posix_spawn_file_actions_adddup2(&mut actions, ends.tells, TELLS);
            libc::posix_spawn_file_actions_adddup2(&mut actions, ends.hears, HEARS);
        }
        let program = image.program.as_ptr();
        let no_attributes = std::ptr::null();
        let failed = libc::posix_spawn(
            &mut pid,
            program,
            &actions,
            no_attributes,
            argv.as_ptr(),
            environ(),
        );
        libc::posix_spawn_file_actions_destroy(&mut actions);
        assert_eq!(
            failed,
            0,
            "posix_spawn: {}",
            io::Error::from_raw_os_error(failed)
        );
    }
    pid
}

fn environ() -> *const *mut libc::c_char {
    unsafe extern "C" {
        static environ: *const *mut libc::c_char;
    }
    // SAFETY: libc sets it before `main`, and the actor changes no variable.
    unsafe { environ }
}
