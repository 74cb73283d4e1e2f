//! A crate's modules: what each defines, imports and names. What only tests
//! take is left out.

use crate::items::{attributes, is_for_tests, kind_and_name, length_of_item};
use crate::tokens::{Token, What, tokens};
use crate::uses::Uses;
use anyhow::{Context, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

pub struct Crate {
    /// The first is the crate's root.
    pub modules: Vec<Module>,
    pub files: Vec<File>,
}

/// A module in a file of its own, or written out in its parent's.
#[derive(Default)]
pub struct Module {
    pub file: usize,
    pub parent: Option<usize>,
    pub children: BTreeMap<String, usize>,
    pub items: BTreeSet<String>,
    pub macros: BTreeSet<String>,
    pub uses: Uses,
}

pub struct File {
    pub path: PathBuf,
    /// The names of the module and of those around it; none for the root.
    pub room: Vec<String>,
}

/// Where a module is, and where those that it declares have their files.
#[derive(Clone)]
struct Place {
    module: usize,
    room: Vec<String>,
    /// The folder of the file, from which `#[path]` counts.
    beside: PathBuf,
    /// The folder of `NAME.rs` and of `NAME/mod.rs`.
    below: PathBuf,
}

impl Crate {
    /// Reads the crate whose root is this file.
    ///
    /// # Errors
    /// A file is missing.
    pub fn read(root: &Path) -> anyhow::Result<Crate> {
        let mut whole = Crate {
            modules: Vec::new(),
            files: Vec::new(),
        };
        let folder = root.parent().context("a root lies in a folder")?;
        whole.add_file(root, None, Vec::new(), folder)?;
        Ok(whole)
    }

    fn add_file(
        &mut self,
        path: &Path,
        parent: Option<usize>,
        room: Vec<String>,
        below: &Path,
    ) -> anyhow::Result<usize> {
        let source = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        self.files.push(File {
            path: path.to_owned(),
            room: room.clone(),
        });
        let place = Place {
            module: self.add_module(self.files.len() - 1, parent),
            room,
            beside: path.parent().unwrap_or(Path::new("")).to_owned(),
            below: below.to_owned(),
        };
        self.read_items(&tokens(&source), &place)?;
        Ok(place.module)
    }

    fn add_module(&mut self, file: usize, parent: Option<usize>) -> usize {
        self.modules.push(Module {
            file,
            parent,
            ..Module::default()
        });
        self.modules.len() - 1
    }

    fn read_items(&mut self, tokens: &[Token], place: &Place) -> anyhow::Result<()> {
        let mut rest = tokens;
        while !rest.is_empty() {
            let (attributes, after) = attributes(rest);
            let (item, after) = after.split_at(length_of_item(after));
            rest = after;
            if attributes.iter().any(|it| is_for_tests(it)) {
                continue;
            }
            match kind_and_name(item) {
                Some(("mod", name)) => self.read_child(name, item, &attributes, place)?,
                known => self.modules[place.module].read_item(known, item, &attributes),
            }
        }
        Ok(())
    }

    fn read_child(
        &mut self,
        name: &str,
        item: &[Token],
        attributes: &[&[Token]],
        place: &Place,
    ) -> anyhow::Result<()> {
        let room = [&*place.room, &[name.to_owned()]].concat();
        let below = place.below.join(name);
        let parent = Some(place.module);
        let child = if let Some(items) = item.last().and_then(|last| last.group('{')) {
            let inside = Place {
                module: self.add_module(self.modules[place.module].file, parent),
                room,
                beside: below.clone(),
                below,
            };
            self.read_items(items, &inside)?;
            inside.module
        } else if let Some(path) = attributes.iter().find_map(|it| path_of(it)) {
            let path = place.beside.join(path);
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            self.add_file(&path, parent, room, &folder)?
        } else {
            let files = [below.with_extension("rs"), below.join("mod.rs")];
            let Some(file) = files.iter().find(|file| file.is_file()) else {
                bail!("{} is not there", files[0].display());
            };
            self.add_file(file, parent, room, &below)?
        };
        self.modules[place.module]
            .children
            .insert(name.to_owned(), child);
        Ok(())
    }
}

impl Module {
    fn read_item(&mut self, known: Option<(&str, &str)>, item: &[Token], attributes: &[&[Token]]) {
        if let Some((kind, name)) = known {
            self.items.insert(name.to_owned());
            if kind == "macro_rules" {
                self.macros.insert(name.to_owned());
            }
        }
        for attribute in attributes {
            self.uses.read_attribute(attribute);
        }
        self.uses.read(item);
    }
}

/// What `#[path = "…"]` says; of `#[cfg_attr(…, path = "…")]` the last, since
/// one of several files is read.
fn path_of(attribute: &[Token]) -> Option<&str> {
    match attribute {
        [
            name,
            sign,
            Token {
                what: What::Text(path),
                ..
            },
        ] if name.word() == Some("path") && sign.is_sign('=') => Some(path),
        [name, group] if name.word() == Some("cfg_attr") => {
            let inner = group.group('(')?;
            path_of(inner.get(inner.len().checked_sub(3)?..)?)
        }
        _ => None,
    }
}
