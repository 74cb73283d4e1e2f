//! A row of a table, and how it is made to happen.

use super::folder::{Folder, STARTER};
use crate::table::{self, Row, code};
use anyhow::{Context, bail, ensure};
use std::fmt::Write;
use std::path::Path;
use tests::starting::{By, Outcome, PANICKED, Start};

pub const PAGE: &str = "errors-of-a-start.md";

/// A row that a filter made, in the kernel's place, ends in this.
const BY_FILTER: &str = "†";

/// A row that nobody made, and that cites its source, ends in this.
const CITED: &str = "‡";

/// One case: what its row's last cell says, and how it is prepared.
pub struct Case {
    /// A piece of the row's last cell.
    pub words: &'static str,
    pub prepare: fn(&Folder) -> anyhow::Result<Start>,
    /// Who starts it in Rust. All of them print the same.
    pub rust: &'static [By],
    /// How its last cell ends.
    pub mark: &'static str,
}

impl Case {
    pub const fn new(words: &'static str, prepare: fn(&Folder) -> anyhow::Result<Start>) -> Case {
        Case {
            words,
            prepare,
            rust: &[By::Std, By::Duct],
            mark: "",
        }
    }

    /// Its row bears the mark of a filter.
    pub const fn marked(self) -> Case {
        Case {
            mark: BY_FILTER,
            ..self
        }
    }

    /// Its row says where it stands, since it cannot be made to happen here.
    pub const fn cited(words: &'static str) -> Case {
        Case {
            mark: CITED,
            ..Case::new(words, |_| bail!("nobody makes it happen"))
        }
    }

    pub const fn by(self, rust: &'static [By]) -> Case {
        Case { rust, ..self }
    }

    /// What Rust and what Python say of it, as cells have it.
    ///
    /// # Errors
    /// It cannot be made to happen, or std and duct say different things.
    fn measure(&self) -> anyhow::Result<(Vec<String>, Vec<String>)> {
        let mut rust: Option<Vec<String>> = None;
        for by in self.rust {
            let told = told(&self.outcome(*by)?);
            let first = rust.get_or_insert_with(|| told.clone());
            ensure!(told == *first, "one says {first:?}, {by:?} says {told:?}");
        }
        let mut python = told(&self.outcome(By::Python)?);
        // What a program says is the same, whoever has started it.
        if rust
            .as_ref()
            .is_some_and(|it| it.len() > 1 && it[0] == python[0])
        {
            python.remove(0);
        }
        Ok((rust.unwrap_or_default(), python))
    }

    fn outcome(&self, by: By) -> anyhow::Result<Outcome> {
        let folder = Folder::new()?;
        let start = (self.prepare)(&folder)?;
        start.outcome(by, Path::new(STARTER), folder.path())
    }
}

/// What is printed, a piece each.
fn told(outcome: &Outcome) -> Vec<String> {
    let said = outcome.said.lines();
    let said = said.filter(|line| !line.starts_with("note: run with") && !line.is_empty());
    let panicked = outcome.said.contains(PANICKED);
    let told: Vec<_> = match (&outcome.error, &outcome.status) {
        (Some(error), _) => vec![error.to_owned()],
        (None, status) => said
            .skip(usize::from(panicked))
            .take(1)
            .map(str::to_owned)
            .chain(status.clone())
            .collect(),
    };
    told.iter().map(|it| shortened(it)).collect()
}

/// A text with its long row of `x` cut out.
pub fn shortened(text: &str) -> String {
    let long = "x".repeat(100);
    match (text.find(&long), text.rfind(&long)) {
        (Some(start), Some(last)) => {
            let rest = text[last + long.len()..].trim_start_matches('x');
            format!("{}…{rest}", &text[..start])
        }
        _ => text.to_owned(),
    }
}

/// Makes each row of a table happen.
///
/// # Errors
/// A row says what did not happen, or is missing, or has no case.
pub fn hold(heading: &str, cases: &[Case]) -> anyhow::Result<()> {
    let mut rows = table::rows(PAGE, heading)?;
    let mut faults = String::new();
    for case in cases {
        let at = rows
            .iter()
            .position(|row| row.last().is_some_and(|it| it.contains(case.words)));
        let row = at.map(|at| rows.remove(at)).unwrap_or_default();
        if case.mark == CITED {
            let cites = row
                .last()
                .is_some_and(|it| it.contains("](https://") && it.ends_with(CITED));
            if !cites {
                writeln!(faults, "{}: it is not cited", case.words)?;
            }
            continue;
        }
        let measured = case.measure().with_context(|| case.words.to_owned());
        let (rust, python) = match measured {
            Ok(measured) => measured,
            Err(error) => {
                writeln!(faults, "{error:#}")?;
                continue;
            }
        };
        let fault = case.fault(&row, &rust, &python);
        if let Some(fault) = fault {
            writeln!(
                faults,
                "{fault}: | {} | {} | {} |",
                line(&rust),
                line(&python),
                case.words
            )?;
        }
    }
    for row in rows {
        writeln!(faults, "no case makes this row happen: {}", row.join(" | "))?;
    }
    if !faults.is_empty() {
        bail!("{heading}:\n{faults}");
    }
    Ok(())
}

fn line(pieces: &[String]) -> String {
    let quoted: Vec<_> = pieces.iter().map(|it| format!("`{it}`")).collect();
    quoted.join("; ")
}

impl Case {
    fn fault(&self, row: &Row, rust: &[String], python: &[String]) -> Option<String> {
        let [in_rust, in_python, what] = &row[..] else {
            return Some(format!("{} cells", row.len()));
        };
        if code(in_rust) != rust {
            return Some(format!("Rust does not say {in_rust}"));
        }
        // Where versions differ, the cell has each of them.
        if !in_python
            .replace("` or `", "`\n`")
            .lines()
            .any(|it| code(it) == python)
        {
            return Some(format!("Python does not say {in_python}"));
        }
        let mark = [BY_FILTER, CITED].into_iter().find(|it| what.ends_with(it));
        (mark.unwrap_or_default() != self.mark).then(|| format!("it ends in {mark:?}"))
    }
}
