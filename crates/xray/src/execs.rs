//! A process runs another program, mostly the first of its own.

use crate::channels::ends;
use crate::columns::copy_of;
use crate::moment::Moment;
use crate::row::{Column, RowKind};
use crate::what::What;
use crate::words::file_name;
use crate::xray::XRay;
use recording::traced::{Descriptor, Pid};

impl XRay {
    pub(crate) fn executed(
        &mut self,
        Moment { t, pid, line }: Moment,
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
        if is_first {
            self.opens_with(pid, &program);
        }
        let column = self.run.columns.runs(pid, before, life, &program);
        if let Some(process) = self.run.touch(pid) {
            process.column = column;
        }
        self.run.dirty.insert(column);
        self.rename_columns();
        self.run.inherited(pid);
        let gone = self.run.let_go(&abandoned);
        let is_told = is_first
            && start.is_some_and(|n| self.start_of(Moment { t, pid, line }, n, before, &argv));
        if is_told {
            self.rename(pid, &was);
        } else {
            let row = self.row(RowKind::Executed, Moment { t, pid, line });
            self.push(row, What::Executed { who: was, argv });
        }
        self.tell_closed(Moment { t, pid, line }, gone);
    }

    /// A process that ends without having run a program, as where there is no such
    /// program, is none of its siblings that did: it gets a column of its own.
    pub(crate) fn ran_nothing(&mut self, Moment { t, pid, line }: Moment) {
        let Some(process) = self.run.get(pid).filter(|it| !it.ran) else {
            return;
        };
        let (before, life, start) = (process.column, process.life(), process.start);
        let parent = process.started_by.and_then(|it| self.run.get(it));
        let (true, Some(parent)) = (self.run.columns.is_shared(before), parent) else {
            return;
        };
        let (was, copy) = (
            self.run.name(pid),
            copy_of(self.run.columns.name(parent.column)),
        );
        let column = self.run.columns.runs(pid, before, life, &copy);
        if column == before {
            return;
        }
        if let Some(process) = self.run.touch(pid) {
            process.column = column;
        }
        self.run.dirty.insert(column);
        if let Some(n) = start {
            self.start_of(Moment { t, pid, line }, n, before, &[]);
        }
        self.rename(pid, &was);
    }

    /// Tells in the row of a start which program it was; not, if something else
    /// was told of it in between.
    pub(crate) fn start_of(
        &mut self,
        Moment { t, pid, line }: Moment,
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
            self.run.dirty.insert(before);
            self.table.tell_column(&mut self.run, before, n);
            let parent = parent.unwrap_or(pid);
            let of_start = self
                .table
                .row(n)
                .and_then(|it| it.line)
                .filter(|_| line.is_none());
            let Some(n) = self.tell_start(
                Moment {
                    t,
                    pid: parent,
                    line: line.or(of_start),
                },
                pid,
                None,
            ) else {
                return true;
            };
            return self.start_of(Moment { t, pid, line }, n, column, program);
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
    pub(crate) fn rename(&mut self, pid: Pid, before: &str) {
        let now = self.run.name(pid);
        let process = self.run.processes.get_mut(&pid);
        let rows = process.map(|it| std::mem::take(&mut it.named_in));
        for n in rows.unwrap_or_default() {
            self.table.amend(n, |_, what| what.rename(before, &now));
        }
    }

    /// Who came first is told by its line from one of the same name that came later.
    fn rename_columns(&mut self) {
        for (column, before) in std::mem::take(&mut self.run.columns.renamed) {
            self.run.dirty.insert(column);
            let now = self.run.columns.name(column).to_owned();
            let first = self.run.get(self.run.columns.shown(column));
            let start = first.and_then(|it| it.start).unwrap_or(0);
            for n in start..self.table.len() as u32 {
                self.table.amend(n, |_, what| what.rename(&before, &now));
            }
        }
    }

    /// What a process that runs this is called, and its command. A child of the
    /// chapter's own program (`chapter5 child NAME`) has its name from there.
    pub(crate) fn program(&self, argv: &[String]) -> (String, Vec<String>) {
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
    pub(crate) fn streams_of_a_copy(&mut self, pid: Pid) {
        let Some(process) = self.run.get(pid) else {
            return;
        };
        let streams = process
            .descriptors
            .iter()
            .filter(|it| it.fd < 3 && !it.cloexec);
        let ties: Vec<_> = streams.filter_map(ends).map(|it| it.0).collect();
        for tie in ties {
            self.run.show(tie);
        }
    }
}

fn base(path: &str) -> &str {
    let path = path.split(' ').next().unwrap_or(path);
    file_name(path)
}
