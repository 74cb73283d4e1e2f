//! "The same command, elsewhere": each row is made to happen by its case, a small
//! program of a shell or of Python that stands, by the section, in a file here.

mod case;
mod given;
mod page;
mod running;

use crate::table;
use anyhow::{Context, ensure};
use case::Case;
use libtest_mimic::Trial;
use page::{PAGE, row};
use running::Running;
use tests::harness;

/// A row that nobody made to happen, and that cites its source, ends in this.
const CITED: &str = "‡";

/// What the page calls a section, and the file with its cases.
const SECTIONS: [(&str, &str); 8] = [
    ("Process 1 of a container", "process-one"),
    ("systemd", "systemd"),
    ("cron", "cron"),
    ("ssh", "ssh"),
    ("sudo", "sudo"),
    ("A terminal", "terminal"),
    ("Small starters", "starters"),
    ("CI, editors, a desktop", "ci"),
];

pub fn tests() -> Vec<Trial> {
    let mut tests = given::tests();
    for (heading, file) in SECTIONS {
        let name = format!("surroundings: each row of {heading:?} is a case, or cited");
        let whole = move || each_row_has_its_case(heading, file).map_err(harness::failed);
        tests.push(Trial::test(name, whole));
        for case in case::read(file) {
            tests.push(running::trial(&case, {
                let case = case.clone();
                move || holds(heading, &case)
            }));
        }
    }
    tests
}

fn each_row_has_its_case(heading: &str, file: &str) -> anyhow::Result<()> {
    let cases = case::read(file);
    let rows = table::rows(PAGE, heading)?;
    for row in &rows {
        let of_it = cases.iter().filter(|it| row[0].starts_with(&it.row));
        let wanted = usize::from(!row[1].ends_with(CITED));
        let found = of_it.count();
        ensure!(found == wanted, "{}: {found} cases", row[0]);
    }
    let made = rows.iter().filter(|it| !it[1].ends_with(CITED)).count();
    ensure!(made == cases.len(), "{file}: a case without a row");
    Ok(())
}

/// What happens is what the case says, and the row has the words for it.
fn holds(heading: &str, case: &Case) -> anyhow::Result<()> {
    let row = row(heading, &case.row)?;
    for words in &case.says {
        ensure!(row.iter().any(|it| it.contains(words)), "{words}: {row:?}");
    }
    let Running {
        printed,
        complained,
    } = running::run(case)?;
    let wanted = case.prints.as_deref().context("it prints nothing")?;
    ensure!(
        printed == wanted,
        "printed {printed:?}, and not {wanted:?}; it said {complained}"
    );
    Ok(())
}
