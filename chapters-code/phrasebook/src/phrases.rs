//! The phrases, in the order in which the book has them. Each has a
//! folder: duct.rs, std.rs and python.py do the same, and what that
//! is stands in phrase.toml.

use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};

/// One task, and its two programs in Rust.
pub(crate) struct Phrase {
    pub(crate) name: &'static str,
    pub(crate) duct: fn() -> anyhow::Result<()>,
    pub(crate) std: fn() -> anyhow::Result<()>,
}

impl Phrase {
    pub(crate) fn named(name: &str) -> Option<&'static Phrase> {
        TABLE.iter().find(|phrase| phrase.name == name)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        here.join("src/phrases").join(self.name)
    }

    /// The task in words: a line of `phrase.toml`, which is read
    /// without a parser, to compile fast.
    pub(crate) fn task(&self) -> anyhow::Result<String> {
        let path = self.folder().join("phrase.toml");
        let toml = fs::read_to_string(&path)
            .with_context(|| path.display().to_string())?;
        let mut lines = toml.lines();
        let task = lines.find_map(|line| {
            line.strip_prefix("task = \"")?.strip_suffix('"')
        });
        let task = task.context("phrase.toml has no task")?;
        Ok(task.to_owned())
    }
}

macro_rules! table {
    ($($name:ident)*) => {
        pub(crate) const TABLE: &[Phrase] = &[$(Phrase {
            name: stringify!($name),
            duct: $name::duct::main,
            std: $name::std::main,
        }),*];
    };
}

table! {
    run_checked
    text
    into_file
}

mod run_checked {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod text {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod into_file {
    pub(crate) mod duct;
    pub(crate) mod std;
}
