//! A small book of its own, with listings that no reader should meet, and
//! pages that a test may break.

mod chapters;
mod exercises;
mod files;

pub use files::{copy, end_lines_with_crlf};

use crate::book::{chapters, root};
use anyhow::{Context, ensure};
use files::write;
use recording::catalogue::ExerciseName;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use toml::{Table, Value};

/// The crates of the workspace that a scratch book needs.
const CRATES: [&str; 6] = ["exercise", "listing", "recording", "run", "trial", "xray"];

const BOOK: &str = r#"[book]
title = "Scratch"
src = "book"

[build]
build-dir = "target/book"
create-missing = false

[preprocessor.listing]
command = "false"
before = ["links"]

[output.html]
"#;

const SUMMARY: &str =
    "# Summary\n\n- [Scratch](index.md)\n- [Exercises](chapter1-scratch/index.md)\n";

const CHAPTER: &str = r#"[package]
name = "chapter1"
version.workspace = true
edition.workspace = true

[dependencies]
anyhow.workspace = true
listing.workspace = true

[dev-dependencies]
exercise.workspace = true
trial.workspace = true
"#;

/// A listing: its name, its source and its settings.
type Listing = (&'static str, &'static str, &'static str);

const LISTINGS: [Listing; 10] = [
    (
        "greets",
        r#"pub fn main() -> anyhow::Result<()> {
    println!("hello");
    Ok(())
}
"#,
        "",
    ),
    // A gibibyte.
    (
        "floods",
        r#"use std::io::Write;

pub fn main() -> anyhow::Result<()> {
    let piece = "0123456789abcde\n".repeat(4096);
    let mut stdout = std::io::stdout().lock();
    for _ in 0..16 * 1024 {
        stdout.write_all(piece.as_bytes())?;
    }
    Ok(())
}
"#,
        // Longer than a busy machine needs for it.
        "time_limit = 600\n",
    ),
    (
        "counts",
        r#"pub fn main() -> anyhow::Result<()> {
    for number in 1..=1_000_000 {
        println!("{number}");
    }
    Ok(())
}
"#,
        "",
    ),
    // Not UTF-8, a NUL, and no newline at the end.
    (
        "mumbles",
        r#"use std::io::Write;

pub fn main() -> anyhow::Result<()> {
    let mut stderr = std::io::stderr();
    stderr.write_all(b"\xe2\x82")?;
    let mut stdout = std::io::stdout();
    stdout.write_all(b"\xff\x00<b>\xf0\x9f")?;
    Ok(stdout.flush()?)
}
"#,
        "",
    ),
    (
        "repeats",
        r#"pub fn main() -> anyhow::Result<()> {
    for line in std::io::stdin().lines() {
        println!("> {}", line?);
    }
    println!("end");
    Ok(())
}
"#,
        "stdin = \"one\\ntwo\\n\"\n",
    ),
    (
        "sleeps",
        r#"pub fn main() -> anyhow::Result<()> {
    let mut sleep = std::process::Command::new("sleep").arg("600").spawn()?;
    sleep.wait()?;
    Ok(())
}
"#,
        "",
    ),
    // Its grandchildren hold stdout, and neither SIGINT nor SIGTERM ends them.
    (
        "holds",
        r#"use std::process::Command;

const SCRIPT: &str = "trap '' INT TERM; setsid sleep 600 & sleep 600 &
    echo held; wait; wait; sleep 600";

pub fn main() -> anyhow::Result<()> {
    Command::new("sh").args(["-c", SCRIPT]).status()?;
    Ok(())
}
"#,
        "",
    ),
    (
        "lasts",
        r#"pub fn main() -> anyhow::Result<()> {
    std::thread::sleep(std::time::Duration::from_secs(600));
    Ok(())
}
"#,
        "time_limit = 1\n",
    ),
    (
        "draws",
        r#"use std::fs::{self, File};

pub fn main() -> anyhow::Result<()> {
    fs::write("a drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")?;
    fs::create_dir("folder")?;
    std::os::unix::fs::symlink("/etc/passwd", "passwd.txt")?;
    File::create("too-large.wav")?.set_len(17 << 20)?;
    Ok(())
}
"#,
        "",
    ),
    // It needs what nobody has.
    (
        "lacks",
        r#"pub fn main() -> anyhow::Result<()> {
    Ok(())
}
"#,
        "needs = [\"no-such-program\"]\n",
    ),
];

/// An exercise of the scratch book, in its one chapter.
fn exercise_name(name: &str) -> ExerciseName {
    ExerciseName {
        chapter: "chapter1".to_owned(),
        name: name.to_owned(),
    }
}

/// A checkout under `target`. What it compiles is kept for the next test run.
pub struct ScratchBook {
    pub root: PathBuf,
}

impl ScratchBook {
    /// As it is before any test has touched it.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn fresh(name: &str) -> anyhow::Result<ScratchBook> {
        let book = ScratchBook::existing(name);
        for room in CRATES {
            copy(
                &root().join("crates").join(room),
                &book.path(&format!("crates/{room}")),
            )?;
        }
        book.write("Cargo.toml", &manifest(name)?)?;
        let lock = fs::read_to_string(root().join("Cargo.lock"))?;
        if !book.path("Cargo.lock").exists() {
            book.write("Cargo.lock", &lock)?;
        }
        book.write("book.toml", BOOK)?;
        let targets = exercises::TARGETS;
        book.write(
            "chapters-code/chapter1/Cargo.toml",
            &format!("{CHAPTER}{targets}"),
        )?;
        for (path, text) in exercises::files() {
            book.write(&path, &text)?;
        }
        exercises::are_unopened(&book.root)?;
        book.write("book/SUMMARY.md", SUMMARY)?;
        book.write("book/chapter1-scratch/index.md", exercises::PAGE)?;
        let mut page = "# Scratch\n".to_owned();
        let mut table = String::new();
        let mut modules = String::new();
        for (name, source, settings) in LISTINGS {
            book.write(&ScratchBook::listing(name), source)?;
            let recordings = "chapters-code/chapter1/recordings";
            book.write(&format!("{recordings}/{name}.jsonl"), &recording(name))?;
            if !settings.is_empty() {
                book.write(&format!("{recordings}/{name}.toml"), settings)?;
            }
            page.push_str(&format!("\n{{{{#listing chapter1/{name} It {name}}}}}\n"));
            modules.push_str(&format!("    pub mod {name};\n"));
            table.push_str(&format!("        {name}: \"it {name}\",\n"));
        }
        book.write("book/index.md", &page)?;
        let main = format!(
            "mod listings {{\n{modules}}}\n\nfn main() -> std::process::ExitCode {{\n    \
             listing::chapter!(\"Scratch\", {{\n{table}    }})\n    .main()\n}}\n"
        );
        book.write("chapters-code/chapter1/src/main.rs", &main)?;
        Ok(book)
    }

    /// The book itself, as far as Cargo needs it to run a chapter.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn whole(name: &str) -> anyhow::Result<ScratchBook> {
        let book = ScratchBook::existing(name);
        for folder in ["chapters-code", "crates", "tests"] {
            copy(&root().join(folder), &book.path(folder))?;
        }
        for file in ["Cargo.toml", "Cargo.lock"] {
            book.write(file, &fs::read_to_string(root().join(file))?)?;
        }
        Ok(book)
    }

    /// As the tests have left it.
    pub fn existing(name: &str) -> ScratchBook {
        let root = root().join("target/scratch-books").join(name);
        ScratchBook { root }
    }

    /// Its pages with the scripts and the looks of the book's own, and a first
    /// page that shows how far its reader has come.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn dressed(self) -> anyhow::Result<ScratchBook> {
        let own = root();
        self.write("book.toml", &fs::read_to_string(own.join("book.toml"))?)?;
        copy(&own.join("book/page"), &self.path("book/page"))?;
        let page = self.read("book/index.md")?;
        self.write("book/index.md", &format!("{page}\n{{{{#progress}}}}\n"))?;
        Ok(self)
    }

    /// Its reader has done nothing yet.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn forget_progress(&self) -> anyhow::Result<()> {
        for left in ["progress.txt", "progress.txt.broken"] {
            let path = self.path(left);
            if path.exists() {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Keeps what its reader has done from being changed.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn freeze_progress(&self, text: &str) -> anyhow::Result<()> {
        let path = self.path("progress.txt");
        fs::write(&path, text)?;
        let mut permissions = fs::metadata(&path)?.permissions();
        permissions.set_readonly(true);
        Ok(fs::set_permissions(&path, permissions)?)
    }

    /// Where a listing's source is.
    pub fn listing(name: &str) -> String {
        format!("chapters-code/chapter1/src/listings/{name}.rs")
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The text of an exercise: the reader's own, or the given one.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn exercise(&self, name: &str) -> anyhow::Result<String> {
        let file = exercise_name(name).checked(&self.root);
        fs::read_to_string(self.root.join(&file)).with_context(|| file.display().to_string())
    }

    /// Writes the reader's own file of an exercise, as an editor does.
    ///
    /// # Errors
    /// It has no `from`, or it cannot be read or written.
    pub fn edit_exercise(&self, name: &str, from: &str, to: &str) -> anyhow::Result<()> {
        let text = self.exercise(name)?;
        ensure!(text.contains(from), "no {from} in {text}");
        let own = exercise_name(name).file();
        self.write(&own.to_string_lossy(), &text.replace(from, to))
    }

    /// What its chapters are compiled into.
    pub fn target(&self) -> PathBuf {
        self.path("target/built")
    }

    /// Cargo's variables for it. Its dependencies are the workspace's, compiled
    /// where the workspace has them; a Cargo older than 1.91 knows no `build-dir`
    /// and compiles them for each book.
    pub fn cargo_variables(&self) -> [(&'static str, PathBuf); 2] {
        [
            ("CARGO_TARGET_DIR", self.target()),
            ("CARGO_BUILD_BUILD_DIR", root().join("target")),
        ]
    }

    /// `openbook` for it, with these arguments.
    ///
    /// # Errors
    /// There is no `openbook`.
    pub fn openbook(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut openbook = Command::new(chapters().binary("openbook")?);
        openbook
            .args(arguments)
            .current_dir(&self.root)
            .envs(self.cargo_variables());
        Ok(openbook)
    }

    /// Changes a file, if it is not so already.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, path: &str, text: &str) -> anyhow::Result<()> {
        write(&self.path(path), text.as_bytes())
    }

    /// What is left in the numbered folders of `home`, but for their locks.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn left_in(&self, home: &str) -> anyhow::Result<Vec<PathBuf>> {
        let mut left = Vec::new();
        for folder in fs::read_dir(self.path(home))? {
            for entry in fs::read_dir(folder?.path())? {
                left.push(entry?.path());
            }
        }
        left.retain(|path| !path.ends_with("lock"));
        Ok(left)
    }

    /// # Errors
    /// It cannot be read.
    pub fn read(&self, path: &str) -> anyhow::Result<String> {
        fs::read_to_string(self.path(path)).with_context(|| path.to_owned())
    }
}

/// The workspace's own, with fewer members, and no profiles but of those. Cargo tells
/// a package by its version and its path in the workspace: where books share compiled
/// packages, each of them has a version of its own.
fn manifest(name: &str) -> anyhow::Result<String> {
    let whole = fs::read_to_string(root().join("Cargo.toml"))?;
    let mut manifest: Table = whole.parse()?;
    let mut members = vec!["chapters-code/chapter1".to_owned()];
    members.extend(CRATES.map(|room| format!("crates/{room}")));
    let workspace = table(&mut manifest["workspace"])?;
    workspace.remove("default-members");
    workspace["members"] = members.into();
    workspace["package"]["version"] = format!("0.0.0-{name}").into();
    let profiled = table(&mut manifest["profile"]["dev"]["package"])?;
    profiled.retain(|name, _| name == "*" || CRATES.contains(&name));
    Ok(toml::to_string(&manifest)?)
}

fn table(value: &mut Value) -> anyhow::Result<&mut Table> {
    value.as_table_mut().context("it is no table")
}

fn recording(name: &str) -> String {
    let said = match name {
        "greets" => r#"{"t":0.1,"kind":"stdout","text":"hello\n"}"#,
        "repeats" => r#"{"t":0.1,"kind":"stdout","text":"> one\n> two\nend\n"}"#,
        "mumbles" => {
            "{\"t\":0.1,\"kind\":\"stdout\",\"base64\":\"/wA8Yj7wnw==\"}\n\
             {\"t\":0.1,\"kind\":\"stderr\",\"base64\":\"4oI=\"}"
        }
        _ => r#"{"t":0.1,"kind":"stdout","text":""}"#,
    };
    let os = std::env::consts::OS;
    format!(
        "{{\"kind\":\"recorded\",\"os\":\"{os}\",\"date\":\"2026-11-22\"}}\n\
         {{\"t\":0.0,\"kind\":\"started\",\"pid\":1,\"command\":\"cargo run -p chapter1 -- {name}\"}}\n\
         {said}\n{{\"t\":0.2,\"kind\":\"exited\",\"code\":0,\"seconds\":0.2}}\n"
    )
}
