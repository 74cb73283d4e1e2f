//! From events to rows, one at a time.

use crate::channels::Tie;
use crate::launcher::Launcher;
use crate::moment::Moment;
use crate::process::Process;
use crate::row::{Column, End, Row, RowKind, Stream};
use crate::run::Run;
use crate::table::Table;
use crate::what::What;
use recording::traced::{Did, Pid, PipeId, ProcessEvent, Sleep, Waker};
use recording::{Event, Kind, Outcome};
use std::collections::HashMap;

/// A page with more rows is slow, and nobody reads them.
pub const MOST_ROWS: usize = 2000;

/// A quiet time of so many seconds is no accident of a busy machine.
pub(crate) const LONG: f64 = 0.1;

/// Of an output more bytes are counted only.
const MOST_BYTES: usize = 400;

/// What a traced run shows: give it the run's events, and it makes rows of them.
pub struct XRay {
    pub(crate) title: String,
    pub(crate) run: Run,
    pub(crate) table: Table,
    launcher: Launcher,
    pub(crate) root: Option<Pid>,
    /// How the root was started: a child of the same program is told from it.
    pub(crate) root_argv: Vec<String>,
    /// When something last happened.
    pub(crate) moved: f64,
    /// The row of the quiet time that still lasts.
    pub(crate) quiet: Option<u32>,
    /// The row of the last long one.
    pub(crate) last_quiet: Option<u32>,
    /// What was folding before the quiet time: it goes on if that was short.
    pub(crate) paused: HashMap<(Column, RowKind), u32>,
    /// Rows that say that nobody holds an end any more, by whom it was let go.
    pub(crate) claims: HashMap<(Pid, Tie, End), u32>,
    /// Those who were seen asleep.
    pub(crate) sleepers: Vec<Pid>,
    /// Rows that may take in more of the same, of columns that are shared.
    pub(crate) folding: HashMap<(Column, RowKind), u32>,
    /// How many rounds have begun: from 1.
    pub(crate) round: usize,
    /// The line of the first start since all that it started were collected.
    pub(crate) first_line: Option<u32>,
    /// The child of that start, and the program that it ran.
    pub(crate) opener: Option<Pid>,
    pub(crate) first_program: Option<String>,
    /// When it was last seen how processes sleep.
    pub(crate) seen_at: f64,
    /// Rows that were not made, as there were too many.
    left_out: usize,
}

impl XRay {
    /// `title` is what the program itself is called: the listing's name.
    pub fn new(title: &str) -> Self {
        XRay {
            title: title.to_owned(),
            run: Run::default(),
            table: Table::default(),
            launcher: Launcher::default(),
            root: None,
            root_argv: Vec::new(),
            moved: 0.0,
            quiet: None,
            last_quiet: None,
            paused: HashMap::new(),
            claims: HashMap::new(),
            sleepers: Vec::new(),
            folding: HashMap::new(),
            round: 1,
            first_line: None,
            opener: None,
            first_program: None,
            seen_at: 0.0,
            left_out: 0,
        }
    }

    /// The X-ray of a whole run.
    pub fn of<'a>(title: &str, events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut xray = XRay::new(title);
        for event in events {
            xray.take(event);
        }
        xray
    }

    /// What the program itself is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// All rows as they are by now.
    pub fn rows(&self) -> &[Row] {
        &self.table.rows
    }

    /// Takes the run's next event. The rows are new, or replace earlier ones of
    /// the same number.
    pub fn take(&mut self, event: &Event) -> Vec<Row> {
        self.event(event);
        self.table.fresh()
    }

    fn event(&mut self, Event { t, kind }: &Event) {
        let t = *t;
        if self.launcher.hides(kind) {
            return;
        }
        match kind {
            Kind::Seen(seen) => self.seen(t, seen),
            Kind::Started { pid, .. } => self.begin(t, *pid),
            Kind::Process(event) => self.process(t, event),
            Kind::Stdout(bytes) => self.output(t, Stream::Stdout, &bytes.0),
            Kind::Stderr(bytes) => self.output(t, Stream::Stderr, &bytes.0),
            Kind::Exited { outcome, .. } => self.over(t, *outcome),
            Kind::LeftBehind { name, .. } => {
                self.note(t, format!("{name} was left behind, and is killed"));
            }
            Kind::TimedOut { seconds } => {
                self.note(
                    t,
                    format!("The run is killed: it took longer than {seconds} s"),
                );
            }
            Kind::Exceeded { most, what } => {
                self.note(
                    t,
                    format!("The run is killed: it took more than {most} {what}"),
                );
            }
            Kind::Untraced { why } => self.note(t, why.clone()),
            Kind::Unknown => {}
        }
    }

    fn begin(&mut self, t: f64, pid: Pid) {
        if self.root.is_some() {
            return;
        }
        self.root = Some(pid);
        let column = self.run.columns.root(pid, &self.title);
        self.run
            .processes
            .insert(pid, Process::new(pid, None, column, None));
        self.run.dirty.insert(column);
        let who = self.title.clone();
        let line = None;
        let row = self.row(RowKind::Started, Moment { t, pid, line });
        self.push(row, What::Started { who });
    }

    fn process(&mut self, t: f64, event: &ProcessEvent) {
        if self.root.is_none() {
            // The first child of whoever runs the program is the program.
            match event.did {
                Did::Spawned { child, .. } => self.begin(t, child),
                _ => self.begin(t, event.pid),
            }
        }
        if let Did::Spawned {
            child, descriptors, ..
        } = &event.did
            && self.root == Some(*child)
        {
            self.run.exchange(*child, descriptors.clone());
            return;
        }
        if self.run.get(event.pid).is_none() {
            return;
        }
        match event.did {
            Did::Descriptors { .. } | Did::Threads { .. } => {}
            _ => self.wake(t),
        }
        self.did(t, event);
        self.run.relive(event.pid);
    }

    /// A quiet time is over.
    pub(crate) fn wake(&mut self, t: f64) {
        self.moved = t;
        if let Some(n) = self.quiet.take() {
            self.lasted(n, t);
        }
    }

    pub(crate) fn lasted(&mut self, n: u32, until: f64) {
        self.table.amend(n, |row, what| {
            let idle = rounded(until - row.t);
            row.idle = Some(idle);
            if let What::Quiet(quiet) = what {
                quiet.idle = Some(idle);
            }
        });
        let idle = self.table.row(n).and_then(|it| it.idle);
        if idle.is_some_and(|it| it >= LONG) {
            self.last_quiet = Some(n);
        } else {
            self.folding = std::mem::take(&mut self.paused);
        }
    }

    fn output(&mut self, t: f64, stream: Stream, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.wake(t);
        let (name, pipe) = match stream {
            Stream::Stdout => ("stdout", PipeId::STDOUT),
            Stream::Stderr => ("stderr", PipeId::STDERR),
        };
        // Who wrote it is not told; of one alone who could it is known.
        let channel = self.run.channels.pipe(pipe);
        let holders = channel.into_iter().flat_map(|it| it.holders(End::Write));
        let writers: Vec<_> = holders
            .filter(|it| !self.sleeps_on(t, *it))
            .take(2)
            .collect();
        if let [only] = *writers.as_slice() {
            self.run.moved(only);
        }
        let last = u32::try_from(self.table.len()).unwrap_or(0).wrapping_sub(1);
        let is_same =
            matches!(self.table.what(last), Some(What::Output { stream, .. }) if *stream == name);
        let n = if is_same {
            last
        } else {
            let mut row = Row::new(t, RowKind::Output);
            row.output = Some(crate::row::Output {
                stream,
                text: String::new(),
                left_out: 0,
            });
            let (bytes, left_out) = (Vec::new(), 0);
            let Some(n) = self.push(
                row,
                What::Output {
                    stream: name,
                    bytes,
                    left_out,
                },
            ) else {
                return;
            };
            n
        };
        self.table.amend(n, |row, what| {
            let What::Output {
                bytes: kept,
                left_out,
                ..
            } = what
            else {
                return;
            };
            let room = MOST_BYTES.saturating_sub(kept.len()).min(bytes.len());
            kept.extend(&bytes[..room]);
            *left_out += bytes.len() - room;
            if let Some(output) = &mut row.output {
                output.text = String::from_utf8_lossy(kept).into_owned();
                output.left_out = *left_out;
            }
        });
        self.table.tell_all(&mut self.run, n);
    }

    /// Whether it was seen asleep by the clock, until later than this.
    fn sleeps_on(&self, t: f64, pid: Pid) -> bool {
        let asleep = self.run.get(pid).and_then(|it| it.asleep.as_ref());
        let until = |sleep: &Sleep| {
            let by_clock = sleep.on.iter().all(|it| *it == Waker::Clock);
            let ms = sleep.limit_ms.filter(|_| by_clock)?;
            Some(self.seen_at + ms / 1e3)
        };
        asleep.is_some_and(|it| {
            let mut threads = it.threads.iter();
            threads.all(|sleep| until(sleep).is_some_and(|until| t < until))
        })
    }

    fn over(&mut self, t: f64, outcome: Outcome) {
        self.wake(t);
        let ended = self
            .root
            .and_then(|it| self.run.get(it))
            .is_some_and(|it| it.outcome.is_some());
        if !ended {
            self.note(t, format!("{} has ended: {outcome}", self.title));
        }
        if self.left_out > 0 {
            self.count_left_out(t, Some(format!("{} has ended: {outcome}", self.title)));
        }
        if let Some(n) = self.last() {
            self.table.tell_all(&mut self.run, n);
        }
    }

    fn note(&mut self, t: f64, text: String) {
        self.wake(t);
        self.push(Row::new(t, RowKind::Over), What::Over(text));
    }

    pub(crate) fn last(&self) -> Option<u32> {
        u32::try_from(self.table.len()).ok()?.checked_sub(1)
    }

    /// A row about a process.
    pub(crate) fn row(&self, kind: RowKind, Moment { t, pid, line }: Moment) -> Row {
        let process = self.run.get(pid);
        let of_start = process.and_then(|it| it.line);
        Row {
            at: process.map(|it| it.column),
            line: line.or(of_start),
            dim: line.is_none() && of_start.is_some(),
            ..Row::new(t, kind)
        }
    }

    /// Adds a row, unless there are too many: then that is told instead.
    pub(crate) fn push(&mut self, row: Row, what: What) -> Option<u32> {
        use RowKind::{Ended, Reaped, Spawned};
        if !matches!(row.kind, Spawned | Ended | Reaped) {
            self.folding.clear();
        }
        if self.table.len() + 1 >= MOST_ROWS {
            self.left_out += 1;
            if self.left_out.is_power_of_two() {
                self.count_left_out(row.t, None);
            }
            return None;
        }
        let n = self.table.push(row, what);
        self.table.tell_all(&mut self.run, n);
        Some(n)
    }

    fn count_left_out(&mut self, t: f64, then: Option<String>) {
        let rows = self.left_out;
        if self.table.len() < MOST_ROWS {
            self.table
                .push(Row::new(t, RowKind::Over), What::LeftOut { rows, then });
        } else if let Some(n) = self.last() {
            self.table
                .amend(n, |_, what| *what = What::LeftOut { rows, then });
            self.table.tell_all(&mut self.run, n);
        }
    }
}

/// To the microsecond, as events tell their times.
pub(crate) fn rounded(seconds: f64) -> f64 {
    (seconds.max(0.0) * 1e6).round() / 1e6
}
