//! The tables of a runtime, and what was measured.

use crate::table;
use anyhow::ensure;
use std::collections::BTreeMap;

pub const PAGE: &str = "readers.md";

/// Of each call its cells, in the order of the columns.
pub type Cells = BTreeMap<String, Vec<String>>;

pub fn add(cells: &mut Cells, call: &str, cell: String) {
    cells.entry(call.to_owned()).or_default().push(cell);
}

/// Whether the tables below some headings have just the calls and cells that
/// were measured; the tables share their columns out among them.
pub fn compare(headings: &[&str], measured: &Cells) -> anyhow::Result<()> {
    let mut told = Cells::new();
    for heading in headings {
        for row in table::rows(PAGE, heading)? {
            let call = row[0].replace('`', "");
            for cell in &row[1..] {
                add(&mut told, &call, cell.clone());
            }
        }
    }
    ensure!(
        told == *measured,
        "the tables below {headings:?} are not what was measured:\n{}",
        differences(&told, measured)
    );
    Ok(())
}

/// As rows, ready to be looked at.
fn differences(told: &Cells, measured: &Cells) -> String {
    let unlike = measured
        .iter()
        .filter(|(call, cells)| told.get(*call) != Some(cells));
    let measured_rows = unlike.map(|(call, cells)| {
        let page = told
            .get(call)
            .map_or("nothing".to_owned(), |row| row.join(" | "));
        format!("`{call}` | {}\n  the page: {page}", cells.join(" | "))
    });
    let not_measured = told
        .keys()
        .filter(|call| !measured.contains_key(*call))
        .map(|call| format!("`{call}` was not measured"));
    measured_rows
        .chain(not_measured)
        .collect::<Vec<_>>()
        .join("\n")
}
