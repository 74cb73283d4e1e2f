//! A book in a temporary folder.

use mdbook_driver::MDBook;
use mdbook_driver::builtin_renderers::MarkdownRenderer;
use mdbook_listing::{Document, ListingPreprocessor, Problems, document};
use recording::catalogue::ListingName;
use recording::{Bytes, Event, Kind, Outcome, Platform, Recording};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const CONFIGURATION: &str = r#"
[book]
title = "A small book"
src = "book"
[build]
build-dir = "rendered"
[preprocessor.listing]
before = ["links"]
"#;

const GIVEN: &str = "//! # A *whole* answer\n//!\n//! Mend `f`:\n//!\n//! - for [one](#b);\n\
                     //! - for two.\n\nfn f() -> Vec<u8> {\n\n    vec![]\n}\n";
const SOLUTION: &str = "//! # A whole answer\n//!\n//! It was empty.\n\nfn f() { /* {{#a}} */ }\n";
const CHECK: &str = "use super::f;\n";
const HINTS: &str = "minutes = 10\nfails = \"it\"\nhints = [\"Look *here*.\", \"`use`\", \"so\"]\n";

/// A small book: say what is in it, then that it builds or how it fails.
pub(crate) struct Book {
    folder: TempDir,
    summary: String,
}

impl Book {
    pub(crate) fn new() -> Book {
        let folder = tempfile::tempdir().unwrap();
        let book = Book {
            folder,
            summary: "# Summary\n\n".to_owned(),
        };
        book.file("book.toml", CONFIGURATION)
    }

    /// Adds to `book.toml`.
    pub(crate) fn configured(self, settings: &str) -> Book {
        self.file("book.toml", &format!("{CONFIGURATION}{settings}"))
    }

    /// Adds the next page in reading order.
    pub(crate) fn page(mut self, path: &str, text: &str) -> Book {
        self.summary.push_str(&format!("- [{path}]({path})\n"));
        self.file(&format!("book/{path}"), text)
    }

    /// Adds a listing, and the recording of a run that says `hello`.
    pub(crate) fn listing(self, name: &str) -> Book {
        let source = if name.ends_with(".py") {
            "print(\"hello\")\n"
        } else {
            "pub fn main() {\n    println!(\"hello\");\n}\n"
        };
        self.source(name, source)
            .recording(name, Run::new().stdout("hello\n"))
    }

    /// Adds a listing without a recording.
    pub(crate) fn source(self, name: &str, text: &str) -> Book {
        let path = parsed(name).source();
        self.file(path.to_str().unwrap(), text)
    }

    pub(crate) fn recording(self, name: &str, run: Run) -> Book {
        let name = parsed(name);
        let path = name.recording();
        self.file(path.to_str().unwrap(), &run.recorded(&name))
    }

    pub(crate) fn settings(self, name: &str, text: &str) -> Book {
        let path = parsed(name).settings();
        self.file(path.to_str().unwrap(), text)
    }

    /// Adds a chapter's manifest with those exercises, and all their files.
    pub(crate) fn exercises(self, chapter: &str, names: &[&str]) -> Book {
        let folder = format!("chapters-code/{chapter}");
        let target = |name: &str, file: &str, rest: &str| {
            format!("[[test]]\nname = \"{name}\"\npath = \"{file}.rs\"\n{rest}")
        };
        let targets = names.iter().map(|name| {
            let exercise = target(name, &format!("exercises/{name}.test"), "test = false\n");
            let solution = format!("{name}_solution");
            exercise + &target(&solution, &format!("solutions/{name}"), "")
        });
        let manifest = targets.collect::<String>();
        let mut book = self.file(&format!("{folder}/Cargo.toml"), &manifest);
        for name in names {
            for (file, text) in [
                ("exercises/given", GIVEN),
                ("solutions", SOLUTION),
                ("checks", CHECK),
            ] {
                book = book.file(&format!("{folder}/{file}/{name}.rs"), text);
            }
            book = book.file(&format!("{folder}/exercises/{name}.test.rs"), "");
            book = book.file(&format!("{folder}/exercises/{name}.toml"), HINTS);
        }
        book
    }

    /// Adds any file, by its path in the book's folder.
    pub(crate) fn file(self, path: &str, text: &str) -> Book {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes the summary; then the book is whole.
    pub(crate) fn finished(self) -> Book {
        let summary = self.summary.clone();
        self.file("book/SUMMARY.md", &summary)
    }

    /// Renders the book.
    #[track_caller]
    pub(crate) fn builds(self) -> Built {
        let book = self.finished();
        book.built(ListingPreprocessor::new())
    }

    /// Renders the book for a server that runs its listings.
    #[track_caller]
    pub(crate) fn builds_live(self) -> Built {
        self.finished().built(ListingPreprocessor::new().live())
    }

    #[track_caller]
    pub(crate) fn builds_packed(self) -> Built {
        self.finished().built(ListingPreprocessor::new().packed())
    }

    /// Gives it to another renderer than HTML's: what that would find.
    #[track_caller]
    pub(crate) fn builds_plain(self) -> Built {
        let book = self.finished();
        let mut plain = MDBook::load(book.root()).unwrap();
        plain.with_preprocessor(ListingPreprocessor::new());
        plain
            .execute_build_process(&MarkdownRenderer::new())
            .unwrap();
        Built {
            folder: book.folder,
        }
    }

    /// Its plain pages in one HTML document, and that document's images.
    #[track_caller]
    pub(crate) fn in_one(self) -> Document {
        let book = self.finished();
        let mut plain = MDBook::load(book.root()).unwrap();
        plain.with_preprocessor(ListingPreprocessor::new());
        let pages = plain.preprocess_book(&MarkdownRenderer::new()).unwrap().0;
        document(&pages, &plain.config).unwrap()
    }

    #[track_caller]
    fn built(self, preprocessor: ListingPreprocessor) -> Built {
        if let Err(problems) = build(self.root(), preprocessor) {
            panic!("the book does not build:\n{problems:#}");
        }
        Built {
            folder: self.folder,
        }
    }

    /// Expects exactly these problems, a line each, without `error: `.
    #[track_caller]
    pub(crate) fn fails_with<const N: usize>(self, expected: [&str; N]) {
        let book = self.finished();
        let error =
            build(book.root(), ListingPreprocessor::new()).expect_err("the book has a problem");
        let problems = error
            .downcast::<Problems>()
            .expect("it is a list of problems");
        let found = problems.list().iter().map(|problem| {
            let problem = problem.to_string();
            problem.strip_prefix("error: ").unwrap().to_owned()
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}

fn build(root: &Path, preprocessor: ListingPreprocessor) -> anyhow::Result<()> {
    let mut book = MDBook::load(root)?;
    book.with_preprocessor(preprocessor);
    book.build()
}

fn parsed(name: &str) -> ListingName {
    name.parse().unwrap()
}

/// A book that was rendered.
pub(crate) struct Built {
    folder: TempDir,
}

impl Built {
    /// A file as it was rendered.
    #[track_caller]
    pub(crate) fn file(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join("rendered").join(path)).unwrap()
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.folder.path().join("rendered").join(path).exists()
    }

    /// The page's own part of its HTML.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> String {
        let html = self.file(path);
        let (_, main) = html.split_once("<main>").unwrap();
        let (main, _) = main.split_once("</main>").unwrap();
        main.lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// A run to be recorded.
pub(crate) struct Run {
    events: Vec<Kind>,
    outcome: Outcome,
    command: Option<String>,
}

impl Run {
    pub(crate) fn new() -> Run {
        Run {
            events: Vec::new(),
            outcome: Outcome::Code(0),
            command: None,
        }
    }

    pub(crate) fn stdout(self, text: &str) -> Run {
        self.event(Kind::Stdout(Bytes(text.as_bytes().to_vec())))
    }

    pub(crate) fn stderr(self, text: &str) -> Run {
        self.event(Kind::Stderr(Bytes(text.as_bytes().to_vec())))
    }

    pub(crate) fn event(mut self, kind: Kind) -> Run {
        self.events.push(kind);
        self
    }

    pub(crate) fn exit(mut self, code: i32) -> Run {
        self.outcome = Outcome::Code(code);
        self
    }

    pub(crate) fn signal(mut self, signal: i32) -> Run {
        self.outcome = Outcome::Signal(signal);
        self
    }

    pub(crate) fn command(mut self, command: &str) -> Run {
        self.command = Some(command.to_owned());
        self
    }

    pub(crate) fn recorded(self, name: &ListingName) -> String {
        let started = Kind::Started {
            pid: 7,
            command: self.command.unwrap_or_else(|| name.command()),
        };
        let exited = Kind::Exited {
            outcome: self.outcome,
            seconds: 0.1,
        };
        let kinds = [started].into_iter().chain(self.events).chain([exited]);
        let platform = Platform {
            os: "linux".to_owned(),
            date: "2026-11-22".to_owned(),
        };
        let events = kinds.map(|kind| Event { t: 0.0, kind }).collect();
        Recording { platform, events }.to_jsonl().unwrap()
    }
}
