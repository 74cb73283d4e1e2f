//! What one file of a crate takes from another.

use crate::names::Meaning;
use crate::source::Crate;
use std::collections::BTreeMap;

/// One name that a file takes from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    pub from: usize,
    pub line: usize,
    /// As it is written there.
    pub name: String,
    pub to: usize,
}

/// All ties of a crate, each name of a file once, in the order of the lines.
pub fn ties(of: &Crate) -> Vec<Tie> {
    let mut all: Vec<_> = (0..of.modules.len())
        .flat_map(|it| ties_of(of, it))
        .collect();
    all.sort();
    let mut first = BTreeMap::new();
    for tie in all {
        let key = (tie.from, tie.to, tie.name.clone());
        first.entry(key).or_insert(tie);
    }
    let mut ties: Vec<_> = first.into_values().collect();
    ties.sort();
    ties
}

/// The paths from `crate`, `self` or `super` on whose end was not found. In code
/// that compiles there is none, unless a tie was overlooked.
pub fn lost(of: &Crate) -> Vec<String> {
    let mut lost = Vec::new();
    for (number, module) in of.modules.iter().enumerate() {
        let imports = module.uses.imports.iter().map(|it| (&it.path, it.line));
        let paths = module.uses.paths.iter().map(|(path, line)| (path, *line));
        for (path, line) in imports.chain(paths) {
            let is_inside = matches!(&*path[0], "crate" | "self" | "super") && path.len() > 1;
            if is_inside && of.meanings(number, path).is_empty() {
                let file = of.files[module.file].path.display();
                lost.push(format!("{file}:{line}: {}", path.join("::")));
            }
        }
    }
    lost
}

fn ties_of(of: &Crate, module: usize) -> Vec<Tie> {
    let uses = &of.modules[module].uses;
    let mut found = Vec::new();
    for import in &uses.imports {
        let name = import.path.join("::");
        for meaning in of.meanings(module, &import.path) {
            match meaning {
                Meaning::Item(to) => found.push((import.line, name.clone(), to)),
                // A trait may come with it, whose methods do not name it.
                Meaning::Module(to) if import.name.is_none() => {
                    found.push((import.line, format!("{name}::*"), to));
                }
                // A module's name is no tie: what is taken out of it is.
                Meaning::Module(_) => {}
            }
        }
    }
    for (name, line) in &uses.macros {
        if let Some(to) = of.macro_around(module, name) {
            found.push((*line, format!("{name}!"), to));
        }
    }
    for (path, line) in &uses.paths {
        if is_known(of, module, &path[0]) {
            continue;
        }
        for meaning in of.meanings(module, path) {
            if let Meaning::Item(to) = meaning {
                found.push((*line, path.join("::"), to));
            }
        }
    }
    let file = |module: usize| of.modules[module].file;
    let ties = found.into_iter().map(|(line, name, to)| Tie {
        from: file(module),
        line,
        name,
        to: file(to),
    });
    ties.filter(|tie| tie.from != tie.to).collect()
}

/// Whether an item's name came by a `use`, where it has been seen.
fn is_known(of: &Crate, module: usize, name: &str) -> bool {
    let mut imports = of.modules[module].uses.imports.iter();
    imports.any(|it| it.name.as_deref() == Some(name))
        && of
            .meanings(module, &[name.to_owned()])
            .iter()
            .all(|it| it.module().is_none())
}
