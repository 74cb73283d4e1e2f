//! What each thing that a process did means for the table.

use crate::channels::ends;
use crate::moment::Moment;
use crate::row::{End, RowKind};
use crate::what::{LetGo, What};
use crate::xray::XRay;
use recording::traced::{Descriptor, Did, Pid, ProcessEvent};

impl XRay {
    pub(crate) fn did(&mut self, t: f64, event: &ProcessEvent) {
        let (pid, line) = (event.pid, event.line);
        let rows = self.last();
        self.take_deed(Moment { t, pid, line }, &event.did);
        if let Some(n) = self.last().filter(|_| self.last() != rows) {
            self.named_in(pid, n);
        }
    }

    fn take_deed(&mut self, moment: Moment, did: &Did) {
        let pid = moment.pid;
        match did {
            Did::Spawned {
                child, descriptors, ..
            } => self.spawned(moment, *child, descriptors),
            Did::Executed { argv, descriptors } => self.executed(moment, argv, descriptors),
            Did::Descriptors { descriptors } => {
                self.run.moved(pid);
                self.run.exchange(pid, descriptors.clone());
                self.streams_of_a_copy(pid);
                self.take_back(pid);
            }
            Did::Threads { count } => {
                self.run.moved(pid);
                if let Some(process) = self.run.touch(pid) {
                    process.threads = *count;
                }
            }
            Did::Closed { descriptors } => self.closed(moment, descriptors),
            Did::Sent { signal, to, group } => self.sent(moment, *signal, to, *group),
            Did::Signalled {
                signal,
                from,
                action,
            } => {
                self.signalled(moment, *signal, *from, *action);
            }
            Did::Stopped { signal } => self.stopped(moment, *signal),
            Did::Continued => self.continued(moment),
            Did::Exiting { outcome } | Did::Exited { outcome } => self.ended(moment, *outcome),
            Did::Reaped { by, .. } => self.reaped(moment, *by),
            Did::Orphaned { to } => self.orphaned(moment, *to),
        }
    }

    /// A row names a process that has not run a program of its own yet: it is
    /// called otherwise soon.
    pub(crate) fn named_in(&mut self, pid: Pid, n: u32) {
        let process = self.run.processes.get_mut(&pid);
        if let Some(process) = process.filter(|it| !it.ran) {
            process.named_in.push(n);
        }
    }

    pub(crate) fn closed(&mut self, Moment { t, pid, line }: Moment, closed: &[Descriptor]) {
        self.run.moved(pid);
        let Some(process) = self.run.get(pid) else {
            return;
        };
        let mut left = process.descriptors.clone();
        left.retain(|it| !closed.iter().any(|gone| gone.fd == it.fd));
        let abandoned = self.run.exchange(pid, left);
        let gone = self.run.let_go(&abandoned);
        self.tell_closed(Moment { t, pid, line }, gone);
    }

    /// Who let go of an end turns out to hold it still: shells keep a copy of a
    /// stream while they lead it elsewhere (`dup(2)`). Its row says so then.
    fn take_back(&mut self, pid: Pid) {
        if self.claims.is_empty() {
            return;
        }
        let descriptors = self.run.get(pid).map(|it| it.descriptors.clone());
        for (tie, held) in descriptors.iter().flatten().filter_map(ends) {
            for &end in held {
                let Some(n) = self.claims.remove(&(pid, tie, end)) else {
                    continue;
                };
                self.table.amend(n, |_, what| {
                    let What::Closed { gone, .. } = what else {
                        return;
                    };
                    let is_it =
                        |it: &&mut LetGo| it.tie == tie && it.writers == (end == End::Write);
                    if let Some(it) = gone.iter_mut().find(is_it) {
                        it.is_kept = true;
                        it.wakes.clear();
                    }
                });
            }
        }
    }

    pub(crate) fn tell_closed(&mut self, Moment { t, pid, line }: Moment, gone: Vec<LetGo>) {
        if gone.is_empty() {
            return;
        }
        let who = self.run.name(pid);
        let keys: Vec<_> = gone
            .iter()
            .map(|it| (pid, it.tie, if it.writers { End::Write } else { End::Read }))
            .collect();
        if let Some(n) = self.last()
            && matches!(self.table.what(n), Some(What::Closed { who: it, .. }) if *it == who)
        {
            self.table.amend(n, |_, what| {
                if let What::Closed { gone: all, .. } = what {
                    all.extend(gone);
                }
            });
            self.table.tell_all(&mut self.run, n);
            self.claims.extend(keys.into_iter().map(|key| (key, n)));
            return;
        }
        let row = self.row(RowKind::Closed, Moment { t, pid, line });
        if let Some(n) = self.push(row, What::Closed { who, gone }) {
            self.claims.extend(keys.into_iter().map(|key| (key, n)));
        }
    }
}
