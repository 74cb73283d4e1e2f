//! Processes and threads that begin.

use super::proc;
use super::ptrace::{self, Stop, Tid};
use super::tracer::Tracer;
use recording::traced::{Did, SpawnCall};

impl Tracer {
    /// The program, by the supervisor. The supervisor is let go of, and the program
    /// is followed.
    pub(super) fn program_is_born(&mut self, program: Tid) {
        self.program = Some(program);
        self.processes.add(program, self.supervisor);
        self.begin(program);
    }

    /// A thread has stopped of which nobody has told yet: its process, if the stop
    /// can be followed. The first stop of a process is kept until whoever started it
    /// tells of it, as long as that one lives to do so.
    pub(super) fn newborn_stopped(&mut self, tid: Tid, stop: Stop) -> anyhow::Result<Option<Tid>> {
        let Some((pid, parent)) = proc::process_and_parent(tid) else {
            self.newborn.remove(&tid);
            ptrace::go_on(tid, 0);
            return Ok(None);
        };
        if pid == self.supervisor {
            ptrace::let_go(tid);
            return Ok(None);
        }
        if let Some(process) = self.processes.get(pid).filter(|_| pid != tid) {
            if stop == Stop::Attached && process.exiting.is_empty() {
                self.newborn.insert(tid);
                return Ok(None);
            }
            self.newborn.remove(&tid);
            self.processes.add_thread(tid, pid);
            self.tell_threads(pid, None)?;
            return Ok(Some(pid));
        }
        let supervisor_will = parent == self.supervisor && self.program.is_none();
        if stop == Stop::Attached && (self.will_be_told(parent) || supervisor_will) {
            self.newborn.insert(tid);
            return Ok(None);
        }
        self.newborn.remove(&tid);
        self.born(tid, parent, SpawnCall::Fork, None)?;
        Ok(Some(tid))
    }

    /// Whether somebody may still tell of a child of this process: the process itself;
    /// or, with `CLONE_PARENT`, one of those whose parent it is too.
    fn will_be_told(&self, parent: Tid) -> bool {
        match self.processes.get(parent) {
            Some(it) => !it.told_exiting,
            None => {
                let mut all = self.processes.all.values();
                all.any(|it| it.parent == parent && !it.told_exiting)
            }
        }
    }

    /// Those that have stopped, and whose starter has ended before it told of them.
    pub(super) fn adopt_newborn(&mut self) -> anyhow::Result<()> {
        for tid in self.newborn.clone() {
            if let Some(pid) = self.newborn_stopped(tid, Stop::Attached)? {
                debug_assert_eq!(self.processes.of(tid), Some(pid));
                self.go_on_unless_behind(tid);
            }
        }
        Ok(())
    }

    /// A thread of `parent` has started a process.
    pub(super) fn spawned(&mut self, tid: Tid, parent: Tid, how: SpawnCall) -> anyhow::Result<()> {
        // One that was killed meanwhile is not let go on: its exit would be missed.
        let Some(child) = ptrace::started(tid) else {
            return Ok(());
        };
        let line = self.line_of_stopped(tid, parent);
        self.born(child, parent, how, line)?;
        self.go_on_unless_behind(tid);
        Ok(())
    }

    /// It has started a process or a thread.
    pub(super) fn cloned(&mut self, tid: Tid, pid: Tid) -> anyhow::Result<()> {
        // As in `spawned`.
        let Some(child) = ptrace::started(tid) else {
            return Ok(());
        };
        let is_known = self.processes.of(child).is_some();
        let of = proc::process_and_parent(child).map(|(of, _)| of);
        if !is_known && of == Some(child) {
            return self.spawned(tid, pid, SpawnCall::Clone);
        }
        // A thread may have come and gone by now; a process waits to be told of.
        if !is_known && of == Some(pid) {
            self.processes.add_thread(child, pid);
            let line = self.line_of_stopped(tid, pid);
            self.tell_threads(pid, line)?;
        }
        self.begin(child);
        self.go_on_unless_behind(tid);
        Ok(())
    }

    fn born(
        &mut self,
        child: Tid,
        parent: Tid,
        how: SpawnCall,
        line: Option<u32>,
    ) -> anyhow::Result<()> {
        if self.processes.of(child).is_some() {
            return Ok(());
        }
        self.tell_descriptors(parent)?;
        self.processes.add(child, parent);
        // With CLONE_PARENT it is another's child.
        if let Some((actual, end_signal)) = proc::parent_and_end_signal(child)
            && let Some(process) = self.processes.get_mut(child)
        {
            process.parent = actual;
            process.end_signal = end_signal;
        }
        let descriptors = self.processes.get(child).map(|it| it.descriptors.clone());
        let did = Did::Spawned {
            child: child.cast_unsigned(),
            how,
            descriptors: descriptors.unwrap_or_default(),
        };
        self.tell_from(line, parent, did)?;
        self.begin(child);
        Ok(())
    }

    /// Lets a new thread begin if it has stopped already.
    fn begin(&mut self, tid: Tid) {
        if self.newborn.remove(&tid) {
            self.go_on_unless_behind(tid);
        }
    }

    /// A process that is killed while it starts another never stops to tell of it, nor
    /// does a thread that ends since another one executes a program.
    pub(super) fn adopt_untold_children(&mut self, pid: Tid) -> anyhow::Result<()> {
        for child in proc::children(pid) {
            self.born(child, pid, SpawnCall::Fork, None)?;
        }
        Ok(())
    }

    pub(super) fn tell_threads(&mut self, pid: Tid, line: Option<u32>) -> anyhow::Result<()> {
        let count = self.processes.get(pid).map_or(0, |it| it.threads.len());
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.tell_from(line, pid, Did::Threads { count })
    }
}
