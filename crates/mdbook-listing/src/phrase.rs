//! A phrase: one task in duct, in std and in Python, one under the other.
//!
//! Each is a whole program that a test runs. What a page shows of it is its
//! cell: the first paragraph of `main`, and what it imports beyond the usual.

use crate::escape::escape;
use crate::figure::code;
use crate::inline;
use mdbook_markdown::pulldown_cmark::Options;
use recording::catalogue::{Fault, names_in, read_text, read_toml};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the phrases lie, relative to the book's root, a folder each.
pub(crate) const FOLDER: &str = "chapters-code/phrasebook/src/phrases";

/// A cell is read at a glance: so many lines, so many columns.
const MAX_CELL_LINES: usize = 14;
const MAX_CELL_COLUMNS: usize = 68;

/// Imports that every cell of its kind has. They are not shown.
const USUAL: [&str; 9] = [
    "use anyhow::Context;",
    "use anyhow::bail;",
    "use anyhow::ensure;",
    "use anyhow::{Context, ensure};",
    "use duct::cmd;",
    "use std::process::Command;",
    "use std::process::{Command, Stdio};",
    "use std::thread;",
    "import subprocess",
];

/// One task, and what all three programs do.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its folder's name: `run_checked`.
    pub name: String,
    pub says: Says,
    /// The three sources: duct, std, Python.
    sources: [String; 3],
}

/// What `phrase.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Says {
    /// The task in words: `Run a command, and stop if it fails`.
    pub task: String,
    /// What each of the three prints to stdout.
    pub prints: String,
    /// What each of the three prints to stderr.
    pub complains: String,
    /// The exit status of each.
    pub exit: i32,
    /// The files that each leaves, and what is in them, beside those in
    /// `files/` that it finds.
    pub leaves: BTreeMap<String, String>,
    /// How the three differ, in a line of Markdown.
    pub note: Option<String>,
}

/// The three ways to say it, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Duct,
    Std,
    Python,
}

impl Way {
    pub const ALL: [Way; 3] = [Way::Duct, Way::Std, Way::Python];

    /// What the page and the command line call it.
    pub fn name(self) -> &'static str {
        match self {
            Way::Duct => "duct",
            Way::Std => "std",
            Way::Python => "python",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Way::Duct => "duct.rs",
            Way::Std => "std.rs",
            Way::Python => "python.py",
        }
    }
}

/// The phrases of the book at `root`, by name. Public for the test that runs each
/// of them.
///
/// # Errors
/// A file of one is missing, cannot be read or says what it should not.
pub fn phrases(root: &Path) -> Result<Vec<Phrase>, Fault> {
    let names = names_in(root, Path::new(FOLDER))?.into_iter();
    names.map(|name| Phrase::read(root, name)).collect()
}

impl Phrase {
    fn read(root: &Path, name: String) -> Result<Phrase, Fault> {
        let folder = Path::new(FOLDER).join(&name);
        let [duct, std, python] = Way::ALL.map(|way| read_text(root, &folder.join(way.file())));
        let sources = [duct?, std?, python?];
        let says = read_toml(root, &folder.join("phrase.toml"))?.unwrap_or_default();
        Ok(Phrase {
            name,
            says,
            sources,
        })
    }

    /// The file of one of the three, relative to the book's root.
    pub fn source(&self, way: Way) -> PathBuf {
        Path::new(FOLDER).join(&self.name).join(way.file())
    }

    /// The files that each of the three finds when it starts, relative to the
    /// book's root; the folder may be absent.
    pub fn files(&self) -> PathBuf {
        Path::new(FOLDER).join(&self.name).join("files")
    }

    /// The figure's id: `phrase-run_checked`.
    pub(crate) fn id(&self) -> String {
        format!("phrase-{}", self.name)
    }

    /// What the page shows of one of the three.
    ///
    /// # Errors
    /// It is too long, or would leave something out.
    pub(crate) fn cell(&self, way: Way) -> Result<String, String> {
        let cell = match way {
            Way::Python => python_cell(&self.sources[way as usize]),
            Way::Duct | Way::Std => rust_cell(&self.sources[way as usize])?,
        };
        let lines = cell.lines().count();
        if !(1..=MAX_CELL_LINES).contains(&lines) {
            return Err(format!(
                "its cell has {lines} lines; 1 to {MAX_CELL_LINES} are read"
            ));
        }
        match cell
            .lines()
            .find(|line| line.chars().count() > MAX_CELL_COLUMNS)
        {
            Some(line) => Err(format!(
                "`{line}` is longer than {MAX_CELL_COLUMNS} columns"
            )),
            None => Ok(cell),
        }
    }

    /// What keeps it from being shown, with the file at fault.
    pub(crate) fn faults(&self, options: Options) -> Vec<(PathBuf, String)> {
        let cells = Way::ALL.into_iter().filter_map(|way| {
            let fault = self.cell(way).err()?;
            Some((self.source(way), fault))
        });
        let mut faults: Vec<_> = cells.collect();
        let toml = Path::new(FOLDER).join(&self.name).join("phrase.toml");
        if self.says.task.is_empty() {
            faults.push((toml.clone(), "it does not say its task".to_owned()));
        }
        let texts = self.texts().map(|text| inline::line(text, options));
        faults.extend(texts.filter_map(|text| Some((toml.clone(), text.err()?))));
        faults
    }

    /// The figure, and below it the note, as one HTML block.
    ///
    /// # Errors
    /// One of the [`Phrase::faults`].
    pub(crate) fn figure(&self, options: Options) -> Result<String, String> {
        let (id, name) = (self.id(), escape(&self.name));
        let task = inline::line(&self.says.task, options)?;
        let mut html = format!(
            "<figure class=\"listing phrase\" id=\"{id}\">\n\
             <figcaption><span class=\"caption\"><strong>{task}</strong></span> \
             <span class=\"path\">{name}</span></figcaption>\n"
        );
        for way in Way::ALL {
            let cell = code(&self.cell(way)?, way == Way::Python);
            let way = way.name();
            html.push_str(&format!(
                "<div><span class=\"path\">{way}</span> {cell}</div>\n"
            ));
        }
        html.push_str("</figure>");
        if let Some(note) = &self.says.note {
            let note = inline::line(note, options)?;
            html.push_str(&format!("\n<p class=\"phrase-note\">{note}</p>"));
        }
        Ok(html)
    }

    /// What of it a reader reads in Markdown.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let task = Some(self.says.task.as_str());
        task.into_iter().chain(self.says.note.as_deref())
    }
}

/// The cell of a Rust program: the imports that are not the usual ones, and the
/// first paragraph of `main`.
fn rust_cell(source: &str) -> Result<String, String> {
    let (before, after) = source
        .split_once("pub fn main() -> anyhow::Result<()> {\n")
        .ok_or("it has no `pub fn main() -> anyhow::Result<()> {`")?;
    let mut lines = Vec::new();
    for line in before.lines().filter(|line| !line.is_empty()) {
        if !(line.starts_with("use ") && line.ends_with(';')) {
            return Err(format!("`{line}` before main would not be shown"));
        }
        lines.push(line);
    }
    lines.retain(|line| !USUAL.contains(line));
    let body = after.lines().take_while(|line| {
        let ends = ["", "}", "    Ok(())"];
        !ends.contains(line)
    });
    lines.extend(body.map(|line| line.strip_prefix("    ").unwrap_or(line)));
    Ok(lines.join("\n"))
}

/// The cell of a Python program: its imports stand in the first paragraph, and
/// what it does in the second.
fn python_cell(source: &str) -> String {
    let mut paragraphs = source.split("\n\n");
    let imports = paragraphs.next().unwrap_or_default().lines();
    let mut lines: Vec<_> = imports.filter(|line| !USUAL.contains(line)).collect();
    lines.extend(paragraphs.next().unwrap_or_default().lines());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rust_cell_is_the_first_paragraph_of_main_with_what_it_imports() {
        let source = "use duct::cmd;\nuse std::io::Read;\n\n\
                      pub fn main() -> anyhow::Result<()> {\n    \
                          if true {\n        cmd!(\"a\").run()?;\n    }\n\n    \
                          println!(\"b\");\n    Ok(())\n}\n";
        let cell = "use std::io::Read;\nif true {\n    cmd!(\"a\").run()?;\n}";
        assert_eq!(rust_cell(source).unwrap(), cell);
    }

    #[test]
    fn a_rust_cell_ends_before_ok() {
        let source = "use duct::cmd;\n\npub fn main() -> anyhow::Result<()> {\n    \
                      cmd!(\"a\").run()?;\n    Ok(())\n}\n";
        assert_eq!(rust_cell(source).unwrap(), "cmd!(\"a\").run()?;");
    }

    #[test]
    fn what_a_rust_cell_would_hide_is_refused() {
        let source = "fn f() {}\n\npub fn main() -> anyhow::Result<()> {\n    f();\n}\n";
        let fault = rust_cell(source).unwrap_err();
        assert_eq!(fault, "`fn f() {}` before main would not be shown");
    }

    #[test]
    fn a_python_cell_is_the_second_paragraph_with_what_it_imports() {
        let source = "import signal\nimport subprocess\n\na()\nb()\n\nprint(1)\n";
        assert_eq!(python_cell(source), "import signal\na()\nb()");
    }
}
