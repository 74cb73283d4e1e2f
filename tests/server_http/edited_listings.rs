//! A listing that was edited in its page: what it takes to run it, and that the
//! book stays as it is.

use crate::servers;
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use recording::Recording;
use recording::compare::differences;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use tests::book;
use tests::harness::test;
use tests::scratch_book::ScratchBook;
use tests::server::Server;

pub fn tests() -> Vec<Trial> {
    vec![
        test("an edit runs only after consent", only_after_consent),
        test("an edit prints what it says, and the book stays", prints),
        test(
            "each chapter runs as an edit of itself, within the bounds",
            each_chapter,
        ),
        test(
            "what does not compile is told at its line",
            told_at_its_line,
        ),
        test(
            "a listing without its main is told what it needs",
            without_main,
        ),
        test(
            "a crate that is missing is told with those that are there",
            missing_crate,
        ),
        test("a warning does not keep an edit from running", a_warning),
        test("an edit in Python runs too", in_python),
        test("two edits at once say each its own", two_at_once),
        test("an edit that is too long is refused", too_long),
    ]
}

pub const GREETS: &str = "chapter1/greets";

pub fn main_of(body: &str) -> String {
    format!("pub fn main() -> anyhow::Result<()> {{\n    {body}\n    Ok(())\n}}\n")
}

pub fn agreed() -> anyhow::Result<Server> {
    let server = servers::of_scratch_book()?.starts()?;
    server.agrees()?;
    Ok(server)
}

fn only_after_consent() -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.starts()?;
    let wanted = r#"{"chapter":"chapter1","listing":"greets","source":""}"#;
    let ask = || server.asked("POST", "/runs").json(wanted).sent();
    let refused = ask()?;
    ensure!(refused.status == 403, "{}", refused.status);
    let said: serde_json::Value = serde_json::from_str(&refused.text()?)?;
    let sentence = said["consent"].as_str().context("a sentence")?;
    ensure!(
        sentence.starts_with("Edited code runs as you"),
        "{sentence}"
    );
    let consent = server.asked("POST", "/consent").json("{}");
    let stranger = consent.clone().without("Authorization").sent()?;
    ensure!(stranger.status == 401, "{}", stranger.status);
    let elsewhere = consent
        .clone()
        .with("Origin", "http://example.com")
        .sent()?;
    ensure!(elsewhere.status == 403, "{}", elsewhere.status);
    ensure!(ask()?.status == 403);
    ensure!(consent.sent()?.status == 204);
    let ended = server.runs_edited(GREETS, &main_of(r#"println!("yes");"#))?;
    let ended = ended.to_end()?;
    ensure!(ended.stdout()? == b"yes\n", "{ended:?}");
    Ok(())
}

fn prints() -> anyhow::Result<()> {
    let server = agreed()?;
    // Its chapter is built then, and changes no more.
    server.runs(GREETS)?.to_end()?;
    let scratch = ScratchBook::existing(servers::NAME);
    let own = || -> anyhow::Result<_> {
        let mut files = BTreeMap::new();
        for path in ["Cargo.toml", "Cargo.lock", "target/built/debug/chapter1"] {
            files.insert(scratch.path(path), fs::read(scratch.path(path))?);
        }
        for folder in ["chapters-code", "crates", "book"] {
            contents(&scratch.path(folder), &mut files)?;
        }
        Ok(files)
    };
    let before = own()?;
    let edit = main_of(r#"println!("good {}", std::env::args().count());"#);
    let ended = server.runs_edited(GREETS, &edit)?.to_end()?;
    ensure!(ended.stdout()? == b"good 2\n", "{ended:?}");
    let first = ended.events.iter().find(|it| it["kind"] != "waiting");
    ensure!(
        first.is_some_and(|it| it["kind"] == "building"),
        "{ended:?}"
    );
    let compared = ended.event("compared")?;
    ensure!(compared["verdict"] == "not_compared", "{compared}");
    ensure!(compared["why"] == "this is an edited listing", "{compared}");
    let changed: Vec<_> = before.keys().filter(|it| !it.exists()).collect();
    ensure!(own()? == before, "the book has changed; gone: {changed:?}");
    ensure!(server.runs(GREETS)?.to_end()?.stdout()? == b"hello\n");
    Ok(())
}

/// The first listing of each chapter, as an edit that changes nothing.
fn each_chapter() -> anyhow::Result<()> {
    let server = servers::book()?;
    server.agrees()?;
    let mut chapters = BTreeMap::new();
    for listing in book::listings() {
        let settings = book::settings(&listing);
        if settings.needs.is_empty() && settings.stdin.is_none() {
            chapters.entry(listing.chapter.clone()).or_insert(listing);
        }
    }
    for listing in chapters.values() {
        let source = fs::read_to_string(book::root().join(listing.source()))?;
        let run = server.runs_edited(&listing.to_string(), &source)?;
        let run = run.to_end()?.recorded()?;
        let recording = Recording::read(&book::root(), listing)?;
        let differences = differences(&recording.events, &run, &book::settings(listing));
        let same = differences.is_empty() || !book::is_compared_here(listing);
        ensure!(same, "{listing}: {differences:?}");
    }
    Ok(())
}

fn contents(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            contents(&path, files)?;
        } else {
            files.insert(path.clone(), fs::read(&path)?);
        }
    }
    Ok(())
}

fn told_at_its_line() -> anyhow::Result<()> {
    let server = agreed()?;
    let edit = main_of("let unused = 1;\n    let two: u32 = \"two\";");
    let ended = server.runs_edited(GREETS, &edit)?.to_end()?;
    let errors = ended.events.iter().filter(|it| it["level"] == "error");
    let errors: Vec<_> = errors.collect();
    ensure!(errors.len() == 1, "{ended:?}");
    let place = ["line", "column", "end_line", "end_column"].map(|it| errors[0][it].as_u64());
    ensure!(place == [3, 20, 3, 25].map(Some), "{errors:?}");
    ensure!(errors[0]["message"] == "mismatched types", "{errors:?}");
    let rendered = errors[0]["rendered"].as_str().context("text")?;
    ensure!(
        rendered.starts_with("error[E0308]: mismatched types"),
        "{rendered}"
    );
    ensure!(rendered.contains("chapters-code/chapter1/src/listings/greets.rs:3:20"));
    let message = &ended.event("failed")?["message"];
    ensure!(message == "it does not compile", "{message}");
    ensure!(ended.event("started").is_err(), "{ended:?}");
    // A macro's error stands where the macro is called.
    let ended = server.runs_edited(GREETS, &main_of("println!(\"{}\");"))?;
    let ended = ended.to_end()?;
    ensure!(ended.event("diagnostic")?["line"] == 2, "{ended:?}");
    Ok(())
}

/// Without this message rustc would complain of a file of the chapter's own.
fn without_main() -> anyhow::Result<()> {
    let server = agreed()?;
    for (edit, line) in [("\n", 1), ("// a program\nfn main() {\n}\n", 2)] {
        let ended = server.runs_edited(GREETS, edit)?.to_end()?;
        let errors = ended.events.iter().filter(|it| it["level"] == "error");
        let errors: Vec<_> = errors.collect();
        ensure!(errors.len() == 1, "{ended:?}");
        ensure!(errors[0]["line"] == line, "{errors:?}");
        let message = errors[0]["message"].as_str().context("text")?;
        let wanted = "a listing needs `pub fn main() -> anyhow::Result<()>`";
        ensure!(message.starts_with(wanted), "{message}");
        let failed = &ended.event("failed")?["message"];
        ensure!(failed == "it does not compile", "{failed}");
    }
    Ok(())
}

fn missing_crate() -> anyhow::Result<()> {
    let server = agreed()?;
    for edit in ["use rand::Rng;\n", "extern crate rand;\n"] {
        let edit = edit.to_owned() + &main_of("");
        let ended = server.runs_edited(GREETS, &edit)?.to_end()?;
        let rendered = ended.event("diagnostic")?["rendered"].to_string();
        ensure!(
            rendered.contains("may use std and the crates of its chapter: anyhow, listing"),
            "{rendered}"
        );
        ensure!(!rendered.contains("cargo add"), "{rendered}");
    }
    Ok(())
}

fn a_warning() -> anyhow::Result<()> {
    let edit = main_of("let unused = 1;\n    println!(\"on\");");
    let server = agreed()?;
    let ended = server.runs_edited(GREETS, &edit)?.to_end()?;
    ensure!(
        ended.event("diagnostic")?["level"] == "warning",
        "{ended:?}"
    );
    ensure!(ended.stdout()? == b"on\n", "{ended:?}");
    Ok(())
}

fn in_python() -> anyhow::Result<()> {
    let server = servers::book()?;
    server.agrees()?;
    let edit = "import os\nprint('edited', 'CARGO' in os.environ, os.listdir())\n";
    let ended = server.runs_edited("chapter5/word_count.py", edit)?;
    let ended = ended.to_end()?;
    ensure!(ended.stdout()? == b"edited False []\n", "{ended:?}");
    Ok(())
}

fn two_at_once() -> anyhow::Result<()> {
    let server = agreed()?;
    thread::scope(|scope| {
        let says = |word: &'static str| {
            let server = &server;
            scope.spawn(move || {
                let edit = main_of(&format!("println!(\"{word}\");"));
                server.runs_edited(GREETS, &edit)?.to_end()?.stdout()
            })
        };
        let runs = ["one", "two", "three"].map(|word| (word, says(word)));
        for (word, run) in runs {
            let stdout = run.join().expect("a client panicked")?;
            ensure!(
                stdout == format!("{word}\n").as_bytes(),
                "{word}: {stdout:?}"
            );
        }
        Ok(())
    })
}

fn too_long() -> anyhow::Result<()> {
    let server = agreed()?;
    let refused = server.runs_edited(GREETS, &" ".repeat(64 * 1024 + 1));
    let error = refused.err().context("it was taken")?.to_string();
    ensure!(
        error.starts_with("413") && error.contains("64 KiB"),
        "{error}"
    );
    let whole = main_of("println!(\"long\");");
    let edit = format!("{}{whole}", "\n".repeat(64 * 1024 - whole.len()));
    ensure!(server.runs_edited(GREETS, &edit)?.to_end()?.stdout()? == b"long\n");
    Ok(())
}
