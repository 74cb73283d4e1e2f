//! A project as a reader makes it: `cargo new`, then `cargo add duct anyhow`,
//! for the microphone hound, and for tasks tokio.

use crate::book::root;
use duct::{Expression, cmd};
use std::path::PathBuf;
use std::{env, fs, io};

const MANIFEST: &str = r#"[package]
name = "new-project"
version = "0.1.0"
edition = "2024"

[dependencies]
anyhow = "1"
duct = "1.1"
hound = "3.5"
rustix = { version = "1.1", features = ["fs", "pipe", "process", "thread"] }
signal-hook = "0.4"
tokio = { version = "1", features = ["io-util", "macros", "process", "rt", "time"] }

[workspace]

[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
codegen-units = 8
debug = false
"#;

/// A project under `target`, with any number of programs: linking them
/// together takes a fraction of the time of as many projects.
pub struct NewProject {
    folder: PathBuf,
}

impl NewProject {
    /// A project without a program. It has the versions that the book has.
    ///
    /// # Errors
    /// A file could not be written.
    pub fn named(name: &str) -> io::Result<NewProject> {
        let folder = root().join("target").join(name);
        let programs = folder.join("src/bin");
        if programs.exists() {
            fs::remove_dir_all(&programs)?;
        }
        fs::create_dir_all(&programs)?;
        fs::write(folder.join("Cargo.toml"), MANIFEST)?;
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(NewProject { folder })
    }

    /// Adds a program, as the `main.rs` that it would be.
    ///
    /// # Errors
    /// The file could not be written.
    pub fn add(&self, program: &str, source: &str) -> io::Result<()> {
        let file = self.folder.join("src/bin").join(program);
        fs::write(file.with_extension("rs"), source)
    }

    /// Cargo in the project, with one target folder for all such projects. What the
    /// workspace has compiled of their dependencies, with the same profile, they take
    /// from there (from Cargo 1.91 on).
    pub fn cargo(&self, arguments: &[&str]) -> Expression {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        cmd(cargo, arguments)
            .dir(&self.folder)
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_BUILD_BUILD_DIR", root().join("target"))
    }

    /// A program's binary, once Cargo has built it.
    pub fn binary(&self, program: &str) -> PathBuf {
        target().join("debug").join(program)
    }
}

fn target() -> PathBuf {
    root().join("target/new-projects")
}
