//! What each thing that a process did means for the table.

use crate::process::{Expected, Process};
use crate::row::{Arrow, ArrowKind, Column, RowKind};
use crate::what::{LetGo, What};
use crate::xray::XRay;
use recording::traced::{Descriptor, Did, Pid, ProcessEvent, SignalAction};

const SIGPIPE: i32 = 13;
const SIGCHLD: i32 = 17;

impl XRay {
    pub(crate) fn did(&mut self, t: f64, event: &ProcessEvent) {
        let (pid, line) = (event.pid, event.line);
        let rows = self.last();
        self.take_deed(t, (pid, line), &event.did);
        if let Some(n) = self.last().filter(|_| self.last() != rows) {
            self.named_in(pid, n);
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

    fn take_deed(&mut self, t: f64, (pid, line): (Pid, Option<u32>), did: &Did) {
        match did {
            Did::Spawned {
                child, descriptors, ..
            } => self.spawned(t, (pid, line), *child, descriptors),
            Did::Executed { argv, descriptors } => self.executed(t, (pid, line), argv, descriptors),
            Did::Descriptors { descriptors } => {
                self.run.moved(pid);
                self.run.exchange(pid, descriptors.clone());
                self.streams_of_a_copy(pid);
            }
            Did::Threads { count } => {
                self.run.moved(pid);
                if let Some(process) = self.run.touch(pid) {
                    process.threads = *count;
                }
            }
            Did::Closed { descriptors } => self.closed(t, (pid, line), descriptors),
            Did::Sent { signal, to, group } => self.sent(t, (pid, line), *signal, to, *group),
            Did::Signalled {
                signal,
                from,
                action,
            } => {
                self.signalled(t, (pid, line), *signal, *from, *action);
            }
            Did::Stopped { signal } => self.stopped(t, (pid, line), *signal),
            Did::Continued => self.continued(t, (pid, line)),
            Did::Exiting { outcome } | Did::Exited { outcome } => {
                self.ended(t, (pid, line), *outcome)
            }
            Did::Reaped { by, zombie_ms } => self.reaped(t, (pid, line), *by, *zombie_ms),
            Did::Orphaned { to } => self.orphaned(t, (pid, line), *to),
        }
    }

    fn spawned(
        &mut self,
        t: f64,
        (pid, line): (Pid, Option<u32>),
        child: Pid,
        descriptors: &[Descriptor],
    ) {
        self.run.moved(pid);
        let Some(parent) = self.run.get(pid) else {
            return;
        };
        let (from, of_start) = (parent.column, parent.line);
        let is_root = self.root == Some(pid);
        let round = (is_root && self.starts_afresh(line)).then(|| {
            self.run.columns.next_round();
            self.folding.clear();
            self.run.columns.round + 1
        });
        if is_root && (round.is_some() || self.first_line.is_none()) {
            self.first_line = line;
        }
        let column = self.run.columns.place(child, from, line);
        let process = Process::new(child, Some(pid), column, line.or(of_start));
        self.run.processes.insert(child, process);
        self.run.dirty.insert(column);
        self.run.others += 1;
        self.run.children += usize::from(is_root);
        self.run.exchange(child, descriptors.to_vec());
        self.streams_of_a_copy(child);
        let start = self.tell_start(t, (pid, line), child, round);
        if let Some(child) = self.run.touch(child) {
            child.start = start;
        }
    }

    fn tell_start(
        &mut self,
        t: f64,
        (pid, line): (Pid, Option<u32>),
        child: Pid,
        round: Option<usize>,
    ) -> Option<u32> {
        let parent = self.run.get(pid)?.column;
        let column = self.run.get(child)?.column;
        if let Some(n) = self.folds_into(column, RowKind::Spawned) {
            self.table.amend(n, |_, what| {
                if let What::Spawned { count, .. } = what {
                    *count += 1;
                }
            });
            self.table.tell_column(&mut self.run, column, n);
            return Some(n);
        }
        let mut row = self.row(t, RowKind::Spawned, pid, line);
        row.at = Some(column);
        row.round = round;
        row.arrows = arrow(ArrowKind::Spawn, parent, column);
        let what = What::Spawned {
            by: self.run.name(pid),
            argv: Vec::new(),
            name: self.run.name(child),
            count: 1,
        };
        let n = self.push(row, what)?;
        self.folding.insert((column, RowKind::Spawned), n);
        Some(n)
    }

    /// All that the listing itself started has been collected, and it starts
    /// again: by the line of the first start, or when nobody else is left.
    fn starts_afresh(&self, line: Option<u32>) -> bool {
        let is_again = line.is_some() && line == self.first_line;
        let has_started = self.run.columns.order().len() > 1;
        has_started && self.run.children == 0 && (is_again || self.run.others == 0)
    }

    /// The row that takes in another of the same, in a column of several.
    pub(crate) fn folds_into(&self, column: Column, kind: RowKind) -> Option<u32> {
        let is_shared = self.run.columns.is_shared(column);
        self.folding
            .get(&(column, kind))
            .copied()
            .filter(|_| is_shared)
    }

    fn executed(
        &mut self,
        t: f64,
        (pid, line): (Pid, Option<u32>),
        argv: &[String],
        descriptors: &[Descriptor],
    ) {
        self.run.moved(pid);
        let was = self.run.name(pid);
        let Some(process) = self.run.touch(pid) else {
            return;
        };
        let is_first = !std::mem::replace(&mut process.ran, true);
        let (before, life, start) = (process.column, process.life(), process.start);
        process.threads = 1;
        let abandoned = self.run.exchange(pid, descriptors.to_vec());
        let is_root = self.root == Some(pid);
        if is_root && is_first {
            self.root_argv = argv.to_vec();
            self.run.inherited(pid);
            return;
        }
        let (program, argv) = self.program(argv);
        let column = self.run.columns.runs(pid, before, life, &program);
        if let Some(process) = self.run.touch(pid) {
            process.column = column;
        }
        self.run.dirty.insert(column);
        self.run.inherited(pid);
        let gone = self.run.let_go(pid, &abandoned);
        let is_told =
            is_first && start.is_some_and(|n| self.start_of(t, (pid, line), n, before, &argv));
        if is_told {
            self.rename(pid, &was);
        } else {
            let row = self.row(t, RowKind::Executed, pid, line);
            self.push(row, What::Executed { who: was, argv });
        }
        self.tell_closed(t, (pid, line), gone);
    }

    /// Tells in the row of a start which program it was; not, if something else
    /// was told of it in between.
    fn start_of(
        &mut self,
        t: f64,
        (pid, line): (Pid, Option<u32>),
        n: u32,
        before: Column,
        program: &[String],
    ) -> bool {
        let Some(process) = self.run.get(pid) else {
            return false;
        };
        let (column, parent) = (process.column, process.started_by);
        if self.last_quiet.is_some_and(|it| it > n) {
            return false;
        }
        let name = self.run.name(pid);
        let is_one_of_many = matches!(self.table.what(n), Some(What::Spawned { count: 2.., .. }));
        if column != before && is_one_of_many {
            self.table.amend(n, |_, what| {
                if let What::Spawned { count, .. } = what {
                    *count -= 1;
                }
            });
            let parent = parent.unwrap_or(pid);
            let of_start = self
                .table
                .row(n)
                .and_then(|it| it.line)
                .filter(|_| line.is_none());
            let Some(n) = self.tell_start(t, (parent, line.or(of_start)), pid, None) else {
                return true;
            };
            return self.start_of(t, (pid, line), n, column, program);
        }
        self.table.amend(n, |row, what| {
            if let What::Spawned { argv, name: it, .. } = what {
                if argv.is_empty() {
                    *argv = program.to_vec();
                }
                *it = name;
            }
            row.at = Some(column);
            for arrow in row.arrows.iter_mut().filter(|it| it.to == before) {
                arrow.to = column;
            }
        });
        if self.last() == Some(n) {
            self.table.tell_all(&mut self.run, n);
        } else {
            self.table.tell_column(&mut self.run, column, n);
        }
        true
    }

    /// Rows since its start call it by the name that it has now.
    fn rename(&mut self, pid: Pid, before: &str) {
        let now = self.run.name(pid);
        let process = self.run.processes.get_mut(&pid);
        let rows = process.map(|it| std::mem::take(&mut it.named_in));
        for n in rows.unwrap_or_default() {
            self.table.amend(n, |_, what| what.rename(before, &now));
        }
    }

    /// What a process that runs this is called, and its command. A child of the
    /// chapter's own program (`chapter5 child NAME`) has its name from there.
    fn program(&self, argv: &[String]) -> (String, Vec<String>) {
        if let [own, child, name, ..] = argv
            && child == "child"
            && self
                .root_argv
                .first()
                .is_some_and(|it| base(it) == base(own))
        {
            return (name.clone(), argv[2..].to_vec());
        }
        let Some(first) = argv.first() else {
            return ("a program".to_owned(), Vec::new());
        };
        let mut argv = argv.to_vec();
        argv[0] = base(first).to_owned();
        (argv[0].clone(), argv)
    }

    /// A copy that runs no program has pipes where a program has its streams: it
    /// goes on as a part of its parent, and the pipes are drawn.
    fn streams_of_a_copy(&mut self, pid: Pid) {
        let Some(process) = self.run.get(pid) else {
            return;
        };
        let streams = process
            .descriptors
            .iter()
            .filter(|it| it.fd < 3 && !it.cloexec);
        let ties: Vec<_> = streams
            .filter_map(crate::channels::ends)
            .map(|it| it.0)
            .collect();
        for tie in ties {
            self.run.show(tie);
        }
    }

    fn closed(&mut self, t: f64, (pid, line): (Pid, Option<u32>), closed: &[Descriptor]) {
        self.run.moved(pid);
        let Some(process) = self.run.get(pid) else {
            return;
        };
        let mut left = process.descriptors.clone();
        left.retain(|it| !closed.iter().any(|gone| gone.fd == it.fd));
        let abandoned = self.run.exchange(pid, left);
        let gone = self.run.let_go(pid, &abandoned);
        self.tell_closed(t, (pid, line), gone);
    }

    fn tell_closed(&mut self, t: f64, (pid, line): (Pid, Option<u32>), gone: Vec<LetGo>) {
        if gone.is_empty() {
            return;
        }
        let who = self.run.name(pid);
        if let Some(n) = self.last()
            && matches!(self.table.what(n), Some(What::Closed { who: it, .. }) if *it == who)
        {
            self.table.amend(n, |_, what| {
                if let What::Closed { gone: all, .. } = what {
                    all.extend(gone);
                }
            });
            self.table.tell_all(&mut self.run, n);
            return;
        }
        let row = self.row(t, RowKind::Closed, pid, line);
        self.push(row, What::Closed { who, gone });
    }

    fn sent(
        &mut self,
        t: f64,
        (pid, line): (Pid, Option<u32>),
        signal: i32,
        to: &[Pid],
        group: bool,
    ) {
        self.run.moved(pid);
        let is_alive = |it: &Pid| self.run.get(*it).is_some_and(Process::is_alive);
        let alive: Vec<_> = to.iter().copied().filter(is_alive).collect();
        let is_late = alive.is_empty();
        let whom = if is_late { to.to_vec() } else { alive };
        let names = self.run.names(whom.iter().copied());
        // Signal 0 only asks whether somebody is there (`kill(2)`).
        if signal == 0 || names.is_empty() {
            return;
        }
        let mut row = self.row(t, RowKind::Sent, pid, line);
        if let Some(from) = self.run.get(pid).map(|it| it.column) {
            let to = whom.iter().filter_map(|it| self.run.get(*it));
            row.arrows = to
                .flat_map(|it| arrow(ArrowKind::Signal, from, it.column))
                .collect();
            row.arrows.sort();
            row.arrows.dedup();
        }
        let what = What::Sent {
            by: self.run.name(pid),
            signal,
            to: names,
            group,
            is_late,
            answers: Vec::new(),
        };
        let Some(n) = self.push(row, what).filter(|_| !is_late) else {
            return;
        };
        for pid in whom {
            self.named_in(pid, n);
            if let Some(process) = self.run.touch(pid) {
                process.expected.push(Expected { signal, row: n });
            }
        }
    }

    fn signalled(
        &mut self,
        t: f64,
        (pid, line): (Pid, Option<u32>),
        signal: i32,
        from: Option<Pid>,
        action: SignalAction,
    ) {
        // Each end of a child rings it: that has rows already.
        if signal == SIGCHLD {
            return;
        }
        if action != SignalAction::Ignored {
            self.run.moved(pid);
        }
        let who = self.run.name(pid);
        let Some(process) = self.run.touch(pid) else {
            return;
        };
        let told = process.expected.iter().position(|it| it.signal == signal);
        if let Some(at) = told {
            let n = process.expected.swap_remove(at).row;
            if action != SignalAction::Default {
                self.table.amend(n, |_, what| {
                    if let What::Sent { answers, .. } = what
                        && !answers.contains(&(who.clone(), action))
                    {
                        answers.push((who, action));
                    }
                });
            }
            return;
        }
        if let Some(n) = self.last()
            && matches!(self.table.what(n), Some(What::Signal { who: it, signal: last, .. }) if *it == who && *last == signal)
        {
            self.table.amend(n, |_, what| {
                if let What::Signal { times, .. } = what {
                    *times += 1;
                }
            });
            return;
        }
        let sender = from.filter(|it| signal != SIGPIPE && self.run.get(*it).is_some());
        let mut row = self.row(t, RowKind::Signal, pid, line);
        if let (Some(to), Some(from)) = (row.at, sender.and_then(|it| self.run.get(it))) {
            row.arrows = arrow(ArrowKind::Signal, from.column, to);
        }
        let from = sender.map(|it| self.run.name(it));
        let what = What::Signal {
            who,
            signal,
            from,
            action,
            times: 1,
        };
        let n = self.push(row, what);
        if signal == SIGPIPE
            && action == SignalAction::Default
            && let Some(process) = self.run.touch(pid)
        {
            process.broken_pipe = n;
        }
    }

    fn stopped(&mut self, t: f64, (pid, line): (Pid, Option<u32>), signal: i32) {
        self.run.moved(pid);
        if let Some(process) = self.run.touch(pid) {
            process.is_stopped = true;
        }
        self.run.relive(pid);
        let row = self.row(t, RowKind::Stopped, pid, line);
        let who = self.run.name(pid);
        self.push(row, What::Stopped { who, signal });
    }

    fn continued(&mut self, t: f64, (pid, line): (Pid, Option<u32>)) {
        let Some(process) = self.run.touch(pid).filter(|it| it.is_stopped) else {
            return;
        };
        process.is_stopped = false;
        self.run.relive(pid);
        let row = self.row(t, RowKind::Continued, pid, line);
        let who = self.run.name(pid);
        self.push(row, What::Continued { who });
    }
}

pub(crate) fn arrow(kind: ArrowKind, from: Column, to: Column) -> Vec<Arrow> {
    vec![Arrow { kind, from, to }]
}

fn base(path: &str) -> &str {
    let path = path.split(' ').next().unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}
