//! What a name means in a module: where it is defined, through imports,
//! re-exports and globs.

use crate::source::Crate;
use std::collections::BTreeSet;
use std::iter::successors;

/// A module, or what is defined in one.
#[derive(Clone, Copy)]
pub enum Meaning {
    Module(usize),
    Item(usize),
}

/// The names that are being looked up: a name may lead back to itself.
type Seen = BTreeSet<(usize, String)>;

impl Meaning {
    pub fn module(&self) -> Option<usize> {
        match self {
            Meaning::Module(module) => Some(*module),
            Meaning::Item(_) => None,
        }
    }
}

impl Crate {
    /// What a path means that is written in this module.
    pub fn meanings(&self, module: usize, path: &[String]) -> Vec<Meaning> {
        self.follow(module, path, &mut Seen::new())
    }

    /// A macro of a module around this one, which needs no `use`.
    pub fn macro_around(&self, module: usize, name: &str) -> Option<usize> {
        let mut around = successors(Some(module), |inner| self.modules[*inner].parent);
        around.find(|it| self.modules[*it].macros.contains(name))
    }

    fn follow(&self, module: usize, path: &[String], seen: &mut Seen) -> Vec<Meaning> {
        let mut meanings = vec![Meaning::Module(module)];
        for name in path {
            let modules: Vec<_> = meanings.iter().filter_map(Meaning::module).collect();
            if modules.is_empty() {
                // What follows the name of a type is defined with it.
                break;
            }
            meanings = modules
                .into_iter()
                .flat_map(|module| self.step(module, name, seen))
                .collect();
        }
        meanings
    }

    fn step(&self, module: usize, name: &str, seen: &mut Seen) -> Vec<Meaning> {
        match name {
            "crate" => vec![Meaning::Module(0)],
            "self" => vec![Meaning::Module(module)],
            "super" => {
                let parent = self.modules[module].parent;
                parent.map(Meaning::Module).into_iter().collect()
            }
            name => self.named(module, name, seen),
        }
    }

    /// What a name means in a module itself.
    fn named(&self, module: usize, name: &str, seen: &mut Seen) -> Vec<Meaning> {
        if !seen.insert((module, name.to_owned())) {
            return Vec::new();
        }
        let scope = &self.modules[module];
        let mut meanings = Vec::new();
        meanings.extend(scope.children.get(name).copied().map(Meaning::Module));
        if scope.items.contains(name) {
            meanings.push(Meaning::Item(module));
        }
        for import in &scope.uses.imports {
            if import.name.as_deref() == Some(name) {
                meanings.extend(self.follow(module, &import.path, seen));
            }
        }
        if meanings.is_empty() {
            for glob in scope.uses.imports.iter().filter(|it| it.name.is_none()) {
                let inner = self.follow(module, &glob.path, seen);
                let inner = inner.iter().filter_map(Meaning::module);
                meanings.extend(inner.flat_map(|it| self.named(it, name, seen)));
            }
        }
        seen.remove(&(module, name.to_owned()));
        meanings
    }
}
