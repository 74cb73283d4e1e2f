//! Which line of the listing's own source brings about what is told.

use super::proc;
use super::ptrace::{self, Tid};
use super::tracer::Tracer;
use crate::lines::{Innermost, Lines};
use std::path::Path;
use std::thread;

/// How often a thread is looked at until it sleeps.
const LOOKS: u32 = 50;

impl Tracer {
    /// The program runs: a chapter, whose first argument names its listing. Of
    /// another program no source is found, and no line.
    pub(super) fn find_listing(&mut self, pid: Tid, argv: &[String]) {
        let program = format!("/proc/{pid}/exe");
        self.lines = argv
            .get(1)
            .map(|listing| Lines::new(Path::new(&program), listing));
    }

    /// It runs another program, or is not there any more.
    pub(super) fn forget_lines(&mut self, pid: Tid) {
        if let Some(lines) = &mut self.lines {
            lines.forget(pid.cast_unsigned());
        }
    }

    /// The line at which a thread is stopped.
    pub(super) fn line_of_stopped(&mut self, tid: Tid, pid: Tid) -> Option<u32> {
        let registers = ptrace::registers(tid)?;
        self.lines.as_mut()?.line(pid.cast_unsigned(), registers)
    }

    /// The line at which a thread sleeps.
    pub(super) fn line_of_sleeping(&mut self, tid: Tid, pid: Tid) -> Option<u32> {
        // One that has just been heard of may be about to sleep.
        let looks = (0..LOOKS).map(|_| {
            let innermost = Innermost::of_sleeping(tid.cast_unsigned());
            if innermost.is_none() {
                thread::yield_now();
            }
            innermost
        });
        let innermost = looks.flatten().next()?;
        self.lines.as_mut()?.line(pid.cast_unsigned(), innermost)
    }

    /// The line from which a thread, which begins to end, ends its process: where it
    /// exits, or where it was killed, if it was its only thread.
    pub(super) fn line_of_end(&mut self, tid: Tid, pid: Tid) -> Option<u32> {
        let threads = self.processes.get(pid)?.threads.len();
        let ends_all =
            threads == 1 || proc::call(tid).is_some_and(|(call, _)| call == libc::SYS_exit_group);
        ends_all.then(|| self.line_of_stopped(tid, pid)).flatten()
    }

    /// The line that a thread of the process has come to, for which it gets a signal
    /// from the kernel: a write that nobody reads, an abort.
    pub(super) fn line_of_signal(&mut self, tid: Tid, pid: Tid, signal: i32) -> Option<u32> {
        let own = [
            libc::SIGABRT,
            libc::SIGBUS,
            libc::SIGFPE,
            libc::SIGILL,
            libc::SIGPIPE,
            libc::SIGSEGV,
        ];
        let from = ptrace::sender(tid);
        let by_itself = own.contains(&signal) && from.is_none_or(|from| from == pid);
        by_itself.then(|| self.line_of_stopped(tid, pid)).flatten()
    }
}
