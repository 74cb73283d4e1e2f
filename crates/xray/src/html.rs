//! The table for a page without JavaScript, and for print.

use crate::picture::Picture;
use crate::row::{Column, Life, Row, RowKind};
use crate::words::{duration, times};
use crate::xray::{LONG, XRay};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A printed table with more rows is passed over.
const MOST: usize = 15;

/// The table: one HTML block without an empty line. `open` is the row that it
/// marks, and keeps.
pub fn table(xray: &XRay, open: u32) -> String {
    let rows = xray.rows();
    let kept = kept(rows, open);
    let mut picture = Picture::default();
    let mut body = String::new();
    let mut left_out = 0;
    for row in rows {
        picture.take(row);
        if kept.contains(&row.n) {
            push_gap(&mut body, std::mem::take(&mut left_out));
            push_row(&mut body, row, &picture, row.n == open);
        } else {
            left_out += 1;
        }
    }
    push_gap(&mut body, left_out);
    let heads = ["Time", "What happened", "Line", "Who lives then"];
    let heads: String = heads.iter().fold(String::new(), |mut all, it| {
        let _ = write!(all, "<th scope=\"col\">{it}</th>");
        all
    });
    format!(
        "<table class=\"xray-rows\"><caption>{}</caption><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody></table>",
        escaped(&caption(xray, rows.len(), kept.len()))
    )
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

fn push_gap(body: &mut String, rows: usize) {
    if rows > 0 {
        let rows = times_rows(rows);
        let _ = writeln!(
            body,
            "<tr class=\"left-out\"><td colspan=\"4\">{rows} left out</td></tr>"
        );
    }
}

fn times_rows(rows: usize) -> String {
    match rows {
        1 => "1 row is".to_owned(),
        rows => format!("{rows} rows are"),
    }
}

fn push_row(body: &mut String, row: &Row, picture: &Picture, is_open: bool) {
    let class = if is_open { " class=\"open\"" } else { "" };
    let line = row
        .line
        .filter(|_| !row.dim)
        .map_or(String::new(), |it| it.to_string());
    let mut text = escaped(&row.text);
    if let Some(round) = row.round {
        text = format!("Round {round}: {text}");
    }
    let lives: Vec<_> = picture.living().map(|it| lives(picture, it)).collect();
    let _ = writeln!(
        body,
        "<tr{class}><th scope=\"row\">{}</th><td>{text}</td><td>{line}</td><td>{}</td></tr>",
        duration(row.t),
        escaped(&lives.join(", ")),
    );
}

/// `sh, a zombie`
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

/// As it must stand in the HTML of a page; mdBook would act on two braces.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '{' => out.push_str("&#123;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
