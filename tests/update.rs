//! A newer book over one in which somebody has solved exercises: theirs stay.

use anyhow::{Context, ensure};
use duct::cmd;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tests::book::root;

/// The reader's file, and the one that the book gives.
const OWN: &str = "chapters-code/chapter2/exercises/both_streams.rs";
const GIVEN: &str = "chapters-code/chapter2/exercises/given/both_streams.rs";

#[test]
fn an_update_leaves_what_the_reader_wrote() -> anyhow::Result<()> {
    let shelf = Shelf::new()?;
    shelf.publishes_todays()?;
    let reader = shelf.cloned()?;
    reader.writes(OWN, "mine\n")?;
    ensure!(reader.git(&["status", "--porcelain"])?.is_empty());
    shelf.book.writes(GIVEN, "newer\n")?;
    shelf.book.commits()?;
    reader.git(&["pull", "-q"])?;
    ensure!(reader.reads(OWN)? == "mine\n");
    ensure!(reader.reads(GIVEN)? == "newer\n");
    ensure!(reader.git(&["status", "--porcelain"])?.is_empty());
    Ok(())
}

/// The command that the README has for them, typed in a shell; also twice while there is
/// no way to the newer book.
#[test]
fn who_began_when_the_files_were_the_books_own_loses_nothing() -> anyhow::Result<()> {
    let shelf = Shelf::new()?;
    let reader = shelf.cloned_before()?;
    reader.writes(OWN, "mine\n")?;
    shelf.publishes_todays()?;
    ensure!(reader.git(&["pull", "-q"]).is_err(), "git itself says no");
    let (book, away) = (&shelf.book.0, shelf.folder.path().join("away"));
    fs::rename(book, &away)?;
    for _ in 0..2 {
        reader.types(&command("git diff")?)?;
        ensure!(reader.reads(OWN)? == "mine\n");
    }
    fs::rename(&away, book)?;
    reader.types(&command("git diff")?)?;
    reader.is_updated()?;
    ensure!(reader.git(&["log", "--format=%s"])? == shelf.book.git(&["log", "--format=%s"])?);
    // Once more, it has nothing to do.
    reader.types(&command("git diff")?)?;
    reader.is_updated()
}

#[test]
fn who_had_committed_them_loses_nothing() -> anyhow::Result<()> {
    let shelf = Shelf::new()?;
    let reader = shelf.cloned_before()?;
    reader.writes(OWN, "mine\n")?;
    reader.commits()?;
    shelf.publishes_todays()?;
    reader.types(&command("git rm")?)?;
    reader.is_updated()?;
    // Typed again, it finds nothing to take away.
    ensure!(reader.types(&command("git rm")?).is_err());
    reader.is_updated()
}

/// A command of the README that begins with these words.
fn command(begins: &str) -> anyhow::Result<String> {
    let readme = fs::read_to_string(root().join("README.md"))?;
    let at = readme.find(begins).context("the README has it")?;
    // In a block it ends with its line, in a sentence at the backtick.
    let command = readme[at..].split(['\n', '`']).next();
    command.map(str::to_owned).context("it ends")
}

/// A book that is published, and a reader's clone of it.
struct Shelf {
    folder: TempDir,
    book: Checkout,
}

struct Checkout(PathBuf);

impl Shelf {
    fn new() -> anyhow::Result<Shelf> {
        let folder = tempfile::tempdir()?;
        let book = Checkout(folder.path().join("book"));
        fs::create_dir(&book.0)?;
        book.git(&["init", "-q"])?;
        Ok(Shelf { folder, book })
    }

    /// The book as it was when a reader edited what git tracks.
    fn cloned_before(&self) -> anyhow::Result<Checkout> {
        for name in ["both_streams", "one_log"] {
            for folder in ["exercises", "exercises/given"] {
                let path = format!("chapters-code/chapter2/{folder}/{name}.rs");
                self.book.writes(&path, &format!("{name} as given\n"))?;
            }
        }
        self.book.writes(".gitignore", "/target\n")?;
        self.book.commits()?;
        self.cloned()
    }

    /// The book as it is now: a chapter's exercises, and what git ignores of them.
    fn publishes_todays(&self) -> anyhow::Result<()> {
        let chapter = self.book.path("chapters-code/chapter2");
        if chapter.exists() {
            fs::remove_dir_all(&chapter)?;
        }
        fs::create_dir_all(&chapter)?;
        let exercises = root().join("chapters-code/chapter2/exercises");
        cmd!("cp", "-R", exercises, chapter).run()?;
        fs::copy(root().join(".gitignore"), self.book.path(".gitignore"))?;
        // What git tracks it would keep, and what is ignored here is somebody's own work.
        self.book
            .git(&["rm", "-rq", "--cached", "--ignore-unmatch", "."])?;
        self.book.commits()
    }

    fn cloned(&self) -> anyhow::Result<Checkout> {
        let reader = Checkout(self.folder.path().join("reader"));
        let clone = cmd!("git", "clone", "-q", &self.book.0, &reader.0);
        self.book.alone(clone).run()?;
        fs::create_dir(reader.path("target"))?;
        Ok(reader)
    }
}

impl Checkout {
    fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    fn reads(&self, path: &str) -> anyhow::Result<String> {
        fs::read_to_string(self.path(path)).context(path.to_owned())
    }

    fn writes(&self, path: &str, text: &str) -> anyhow::Result<()> {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
        fs::write(&path, text).context(path.display().to_string())
    }

    fn git(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let git = self.alone(cmd("git", arguments));
        Ok(git.read()?)
    }

    fn types(&self, line: &str) -> anyhow::Result<()> {
        self.alone(cmd!("sh", "-c", line)).run()?;
        Ok(())
    }

    /// In this folder, whatever this machine tells git.
    fn alone(&self, expression: duct::Expression) -> duct::Expression {
        let mut expression = expression.dir(&self.0);
        for (name, value) in [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Cook"),
            ("GIT_AUTHOR_EMAIL", "cook@example.org"),
            ("GIT_COMMITTER_NAME", "Cook"),
            ("GIT_COMMITTER_EMAIL", "cook@example.org"),
            ("GIT_EDITOR", "true"),
        ] {
            expression = expression.env(name, value);
        }
        // A hook of git says in these which checkout it is about.
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            expression = expression.env_remove(name);
        }
        expression
    }

    fn commits(&self) -> anyhow::Result<()> {
        self.git(&["add", "--all"])?;
        self.git(&["commit", "-q", "-m", "A change"])?;
        Ok(())
    }

    /// It has the book's newest, and what its reader wrote.
    fn is_updated(&self) -> anyhow::Result<()> {
        ensure!(self.reads(OWN)? == "mine\n");
        let given = fs::read_to_string(root().join(GIVEN))?;
        ensure!(self.reads(GIVEN)? == given);
        let status = self.git(&["status", "--porcelain"])?;
        ensure!(status.is_empty(), "{status}");
        Ok(())
    }
}
