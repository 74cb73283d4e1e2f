//! Which row a page opens at: the one that an author names by what it shows, or
//! the one that tells most.

use crate::ends::SHORT_MS;
use crate::picture::Picture;
use crate::row::{ArrowKind, Life, Row, RowKind};
use crate::what::What;
use crate::words;
use crate::xray::{LONG, XRay};
use recording::Outcome;

/// A row, and what it shows.
pub(crate) struct Shown<'a> {
    pub row: &'a Row,
    pub round: usize,
    /// Each as an author would name it: `sh waits for cat`.
    pub labels: Vec<String>,
    living: usize,
}

impl XRay {
    /// The row that a page opens at.
    ///
    /// Without a name: the deadlock, else the longest wait, else a zombie or a
    /// death by a signal, else the last of the rows at which most processes live.
    ///
    /// `shows` names a row by what it shows: `deadlock`, `zombie sh`,
    /// `sh waits for cat`, `sh waits`, `SIGPIPE yes`, `sh starts sleep`,
    /// `sh ends`, `sh collects sleep`, `orphan sleep`, `closed sleep`,
    /// `stopped sh`, `output ready`; with `round 2` before it, of that round only.
    /// Of several the longest wait, else the first.
    ///
    /// # Errors
    /// No row shows it; the message names what is nearest.
    pub fn opening(&self, shows: Option<&str>) -> Result<u32, String> {
        let shown = self.shown();
        let Some(asked) = shows.map(str::trim).filter(|it| !it.is_empty()) else {
            return Ok(self.by_default(&shown));
        };
        let (round, what) = of_round(asked);
        let rows = shown
            .iter()
            .filter(|it| round.is_none_or(|round| it.round == round));
        let fits = |it: &&Shown| {
            let output = it.row.output.as_ref();
            let is_output = |text: &str| output.is_some_and(|it| it.text.contains(text));
            it.labels.iter().any(|it| it == what)
                || what.strip_prefix("output ").is_some_and(is_output)
        };
        let longest = rows.filter(fits).max_by(|a, b| by_idle(a.row, b.row));
        longest
            .map(|it| it.row.n)
            .ok_or_else(|| self.nearest(&shown, asked, what))
    }

    /// The rows with what each shows.
    pub(crate) fn shown(&self) -> Vec<Shown<'_>> {
        let mut picture = Picture::default();
        let mut round = 1;
        let rows = self.rows().iter().map(|row| {
            picture.take(row);
            round = row.round.unwrap_or(round);
            Shown {
                row,
                round,
                labels: labels(row, self.table.what(row.n), &picture),
                living: picture.living().count(),
            }
        });
        rows.collect()
    }

    fn by_default(&self, shown: &[Shown<'_>]) -> u32 {
        let longest = |fits: &dyn Fn(&Row) -> bool| {
            let rows = shown.iter().map(|it| it.row).filter(|it| fits(it));
            rows.max_by(|a, b| by_idle(a, b)).map(|it| it.n)
        };
        let waits = |row: &Row| row.arrows.iter().any(|it| it.kind == ArrowKind::Wait);
        let is_long = |row: &Row| row.idle.is_some_and(|it| it >= LONG);
        let killed = |row: &Row| {
            let outcome = match self.table.what(row.n) {
                Some(What::Ended(ended)) => ended.outcome,
                _ => None,
            };
            matches!(outcome, Some(Outcome::Signal(_)))
        };
        let was_zombie = |row: &Row| {
            let what = self.table.what(row.n);
            matches!(what, Some(What::Reaped { zombie, .. }) if *zombie * 1e3 >= SHORT_MS)
        };
        let most = shown.iter().max_by_key(|it| it.living).map(|it| it.row.n);
        longest(&|row| row.kind == RowKind::Deadlock)
            .or_else(|| longest(&|row| row.kind == RowKind::Seen && waits(row) && is_long(row)))
            .or_else(|| longest(&|row| row.kind == RowKind::Seen && is_long(row)))
            .or_else(|| longest(&was_zombie))
            .or_else(|| longest(&killed))
            .or(most)
            .unwrap_or(0)
    }

    fn nearest(&self, shown: &[Shown<'_>], asked: &str, what: &str) -> String {
        let labels = shown.iter().flat_map(|it| {
            let round = it.round;
            it.labels.iter().map(move |label| (round, label))
        });
        let likeness = |label: &str| strsim::normalized_levenshtein(label, what);
        let nearest = labels
            .rev()
            .max_by(|a, b| likeness(a.1).total_cmp(&likeness(b.1)));
        let title = self.title();
        match nearest {
            Some((1, label)) => {
                format!("no row of {title} shows `{asked}`; the nearest is `{label}`")
            }
            Some((round, label)) => {
                format!("no row of {title} shows `{asked}`; the nearest is `round {round} {label}`")
            }
            None => format!("no row of {title} shows `{asked}`: it has none"),
        }
    }
}

/// The longer idle is greater, and of equal ones the earlier row.
fn by_idle(a: &Row, b: &Row) -> std::cmp::Ordering {
    let idle = |row: &Row| row.idle.unwrap_or(0.0);
    idle(a).total_cmp(&idle(b)).then(b.n.cmp(&a.n))
}

/// `round 2 deadlock`
fn of_round(asked: &str) -> (Option<usize>, &str) {
    let words = asked
        .strip_prefix("round ")
        .and_then(|it| it.split_once(' '));
    match words.map(|(number, what)| (number.parse(), what)) {
        Some((Ok(round), what)) => (Some(round), what.trim()),
        _ => (None, asked),
    }
}

/// What a row shows, as an author may name it.
fn labels(row: &Row, what: Option<&What>, picture: &Picture) -> Vec<String> {
    let name = |column| picture.name(column).to_owned();
    let mut labels = Vec::new();
    let is_quiet = matches!(row.kind, RowKind::Seen | RowKind::Deadlock);
    if row.kind == RowKind::Deadlock {
        labels.push("deadlock".to_owned());
    }
    for arrow in &row.arrows {
        let (from, to) = (name(arrow.from), name(arrow.to));
        match arrow.kind {
            ArrowKind::Spawn => {
                labels.extend([format!("{from} starts {to}"), format!("start {to}")]);
            }
            ArrowKind::Reap => labels.push(format!("{to} collects {from}")),
            ArrowKind::Wait => labels.push(format!("{from} waits for {to}")),
            ArrowKind::Stuck => {
                labels.push(format!("{from} waits for {to}"));
                labels.push(format!("deadlock {from}"));
            }
            ArrowKind::Signal => {}
        }
    }
    if is_quiet {
        for column in picture.living() {
            match picture.life(column) {
                Life::Asleep => labels.push(format!("{} waits", name(column))),
                Life::Stopped => labels.push(format!("stopped {}", name(column))),
                _ => {}
            }
        }
    }
    if is_quiet || row.kind == RowKind::Reaped || row.kind == RowKind::Ended {
        let zombies = picture
            .living()
            .filter(|it| picture.life(*it) == Life::Zombie);
        labels.extend(zombies.map(|it| format!("zombie {}", name(it))));
    }
    let orphans = row
        .changes
        .boxes
        .iter()
        .filter(|(_, it)| it.orphan == Some(true));
    labels.extend(orphans.map(|(column, _)| format!("orphan {}", name(*column))));
    labels.extend(of_what(what));
    if row.kind == RowKind::Over {
        labels.push("over".to_owned());
    }
    labels
}

fn of_what(what: Option<&What>) -> Vec<String> {
    match what {
        Some(What::Ended(ended)) => {
            let who = &ended.who;
            let mut labels = vec![format!("{who} ends"), format!("end {who}")];
            if let Some(Outcome::Signal(number)) = ended.outcome {
                labels.push(format!("{} {who}", words::signal(number)));
            }
            labels
        }
        Some(What::Sent { signal, to, .. }) => {
            let signal = words::signal(*signal);
            to.iter().map(|it| format!("{signal} {it}")).collect()
        }
        Some(What::Signal { who, signal, .. }) => vec![format!("{} {who}", words::signal(*signal))],
        Some(What::Closed { who, .. }) => vec![format!("closed {who}")],
        Some(What::Reaped { who, .. }) => vec![format!("zombie {who}")],
        Some(What::Stopped { who, .. }) => vec![format!("stopped {who}")],
        Some(What::Continued { who }) => vec![format!("continued {who}")],
        Some(What::Executed { who, argv }) => {
            let program = argv.first().map_or("", String::as_str);
            vec![format!("{who} becomes {program}")]
        }
        Some(What::Output { .. }) => vec!["output".to_owned()],
        _ => Vec::new(),
    }
}
