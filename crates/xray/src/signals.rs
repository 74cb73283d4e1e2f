//! Who sends a signal, what becomes of it, and who is stopped.

use crate::moment::Moment;
use crate::process::{Expected, Process};
use crate::row::{ArrowKind, RowKind, arrow};
use crate::what::What;
use crate::xray::XRay;
use recording::traced::{Pid, SignalAction};

const SIGPIPE: i32 = 13;
const SIGCHLD: i32 = 17;

impl XRay {
    pub(crate) fn sent(
        &mut self,
        Moment { t, pid, line }: Moment,
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
        let mut row = self.row(RowKind::Sent, Moment { t, pid, line });
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

    pub(crate) fn signalled(
        &mut self,
        Moment { t, pid, line }: Moment,
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
        let mut row = self.row(RowKind::Signal, Moment { t, pid, line });
        if let (Some(to), Some(from)) = (row.at, sender.and_then(|it| self.run.get(it))) {
            row.arrows = arrow(ArrowKind::Signal, from.column, to);
        }
        // Whoever has ended sends nothing more: the kernel names it as the sender of
        // what its child asked for (`PR_SET_PDEATHSIG`).
        let has_ended = |it: &Pid| self.run.get(*it).is_some_and(|it| !it.is_alive());
        let ended = sender.filter(has_ended).map(|it| self.run.name(it));
        let from = sender.filter(|it| !has_ended(it));
        let what = What::Signal {
            who,
            signal,
            from: from.map(|it| self.run.name(it)),
            ended,
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

    pub(crate) fn stopped(&mut self, Moment { t, pid, line }: Moment, signal: i32) {
        self.run.moved(pid);
        if let Some(process) = self.run.touch(pid) {
            process.is_stopped = true;
        }
        self.run.relive(pid);
        let row = self.row(RowKind::Stopped, Moment { t, pid, line });
        let who = self.run.name(pid);
        // The signal's arrival and the stop are one thing.
        if let Some(n) = self.last()
            && matches!(self.table.what(n), Some(What::Signal { who: it, signal: last, .. }) if *it == who && *last == signal)
        {
            self.table.amend(n, |row, what| {
                (row.kind, *what) = (RowKind::Stopped, What::Stopped { who, signal });
            });
            self.table.tell_all(&mut self.run, n);
            return;
        }
        self.push(row, What::Stopped { who, signal });
    }

    pub(crate) fn continued(&mut self, Moment { t, pid, line }: Moment) {
        let Some(process) = self.run.touch(pid).filter(|it| it.is_stopped) else {
            return;
        };
        process.is_stopped = false;
        self.run.relive(pid);
        let row = self.row(RowKind::Continued, Moment { t, pid, line });
        let who = self.run.name(pid);
        self.push(row, What::Continued { who });
    }
}
