//! The tables of a page, as its source has them.

use anyhow::{Context, ensure};
use std::fs;
use tests::book::root;

/// A row: its cells, from left to right, without the white space around them.
pub type Row = Vec<String>;

/// The rows of the table below a heading of a page of the appendix, without
/// the head of the table.
///
/// # Errors
/// There is no such page, heading or table, or a row has too few cells or too
/// many.
pub fn rows(page: &str, heading: &str) -> anyhow::Result<Vec<Row>> {
    let file = root().join("book/appendix-reference").join(page);
    let text = fs::read_to_string(&file).with_context(|| format!("reading {page}"))?;
    let lines = text
        .lines()
        .skip_while(|line| line.trim_start_matches('#').trim() != heading)
        .skip(1)
        .take_while(|line| !line.starts_with('#'));
    let lines = lines.skip_while(|line| !line.starts_with('|'));
    let mut table: Vec<Row> = lines
        .take_while(|line| line.starts_with('|'))
        .map(cells)
        .collect();
    ensure!(
        table.len() > 2,
        "{page} has no table below the heading {heading:?}"
    );
    let width = table[0].len();
    for row in &table {
        ensure!(row.len() == width, "{page}: {width} cells, but in {row:?}");
    }
    Ok(table.split_off(2))
}

/// The first of these rows whose first cell is so.
///
/// # Errors
/// As of [`rows`], or there is none.
pub fn row(page: &str, heading: &str, is_it: impl Fn(&str) -> bool) -> anyhow::Result<Row> {
    let mut rows = rows(page, heading)?.into_iter();
    rows.find(|row| is_it(&row[0]))
        .with_context(|| format!("{page} has no such row below {heading:?}"))
}

/// The pieces of a cell that are set as code.
pub fn code(cell: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = cell;
    while let Some(start) = rest.find('`') {
        let ticks = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let body = &rest[start + ticks..];
        let Some(end) = body.find(&"`".repeat(ticks)) else {
            break;
        };
        let piece = &body[..end];
        pieces.push(if ticks > 1 { piece.trim() } else { piece }.to_owned());
        rest = &body[end + ticks..];
    }
    pieces
}

/// `\|` is a bar in a cell, and ends none.
fn cells(line: &str) -> Row {
    let line = line.trim().trim_start_matches('|');
    let line = line.strip_suffix('|').unwrap_or(line);
    let line = line.replace("\\|", "\0");
    line.split('|')
        .map(|cell| cell.trim().replace('\0', "|"))
        .collect()
}
