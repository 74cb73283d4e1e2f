//! The rows that a table on paper has, without scripts: some of them, in words.

use crate::picture::Picture;
use crate::row::{Column, Life, Row, RowKind};
use crate::words::{duration, times};
use crate::xray::{LONG, XRay};
use std::collections::BTreeSet;

/// A printed table with more rows is passed over.
const MOST: usize = 15;

/// A table in words.
pub struct Printed {
    /// A sentence.
    pub caption: String,
    /// From top to bottom.
    pub lines: Vec<Line>,
}

/// A row of it.
pub enum Line {
    /// A row of the X-ray.
    Row {
        /// As many as [`Printed::HEADS`].
        cells: [String; 4],
        /// It is the row at which the X-ray opens.
        is_open: bool,
    },
    /// How many rows are not here.
    LeftOut(String),
}

impl Printed {
    /// What stands above the columns.
    pub const HEADS: [&str; 4] = ["Time", "What happened", "Line", "Who lives then"];

    /// The table of an X-ray. `open` is the row that it marks, and keeps.
    pub fn of(xray: &XRay, open: u32) -> Printed {
        let rows = xray.rows();
        let kept = kept(rows, open);
        let mut picture = Picture::default();
        let mut lines = Vec::new();
        let mut left_out = 0;
        for row in rows {
            picture.take(row);
            if kept.contains(&row.n) {
                lines.extend(gap(std::mem::take(&mut left_out)));
                lines.push(Line::Row {
                    cells: cells(row, &picture),
                    is_open: row.n == open,
                });
            } else {
                left_out += 1;
            }
        }
        lines.extend(gap(left_out));
        Printed {
            caption: caption(xray, rows.len(), kept.len()),
            lines,
        }
    }
}

fn caption(xray: &XRay, all: usize, kept: usize) -> String {
    let title = xray.title();
    let processes = match xray.processes() {
        1 => "one process".to_owned(),
        count => format!("{count} processes"),
    };
    let rows = if kept < all {
        format!(", in {kept} of {all} rows")
    } else {
        String::new()
    };
    format!("What {processes} did when {title} ran{rows}.")
}

/// Which rows stay: the opened one, those that tell most, and those around them.
fn kept(rows: &[Row], open: u32) -> BTreeSet<u32> {
    let mut by_weight: Vec<_> = rows.iter().map(|row| (weight(row, open), row.n)).collect();
    by_weight.sort_unstable();
    by_weight.into_iter().take(MOST).map(|it| it.1).collect()
}

/// The least stays first.
fn weight(row: &Row, open: u32) -> u32 {
    let is_long = row.idle.is_some_and(|it| it >= LONG);
    match row.kind {
        _ if row.n == open => 0,
        RowKind::Started | RowKind::Over => 1,
        RowKind::Deadlock => 2,
        RowKind::Seen if is_long => 3,
        RowKind::Spawned => 4 + row.n.abs_diff(open) / 8,
        RowKind::Ended | RowKind::Closed | RowKind::Sent => 5 + row.n.abs_diff(open) / 8,
        RowKind::Output => 6 + row.n.abs_diff(open) / 8,
        _ => 7 + row.n.abs_diff(open) / 8,
    }
}

fn gap(rows: usize) -> Option<Line> {
    (rows > 0).then(|| Line::LeftOut(format!("{} left out", times_rows(rows))))
}

fn times_rows(rows: usize) -> String {
    match rows {
        1 => "1 row is".to_owned(),
        rows => format!("{rows} rows are"),
    }
}

fn cells(row: &Row, picture: &Picture) -> [String; 4] {
    let line = row.line.filter(|_| !row.dim);
    let line = line.map_or(String::new(), |it| it.to_string());
    let text = match row.round {
        Some(round) => format!("Round {round}: {}", row.text),
        None => row.text.clone(),
    };
    let lives: Vec<_> = picture.living().map(|it| lives(picture, it)).collect();
    [duration(row.t), text, line, lives.join(", ")]
}

/// `sh (zombie)`
fn lives(picture: &Picture, column: Column) -> String {
    let count = picture.boxes.get(&column).and_then(|it| it.count);
    let name = times(count.unwrap_or(1), picture.name(column));
    match picture.life(column) {
        Life::Runs | Life::Gone => name,
        Life::Asleep => format!("{name} (asleep)"),
        Life::Stopped => format!("{name} (stopped)"),
        Life::Zombie => format!("{name} (zombie)"),
    }
}
