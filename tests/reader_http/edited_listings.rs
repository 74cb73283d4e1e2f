//! A listing that was edited in its page: what it takes to run it, what it may
//! do, and that the book stays as it is.

use crate::{linux_test, readers, test};
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use tests::reader::{Reader, awaited};
use tests::scratch_book::ScratchBook;

pub fn trials() -> Vec<Trial> {
    vec![
        test("an edit runs only after consent", only_after_consent),
        test("an edit prints what it says, and the book stays", prints),
        test(
            "what does not compile is told at its line",
            told_at_its_line,
        ),
        test("a warning does not keep an edit from running", a_warning),
        test("an edit in Python runs too", in_python),
        test("two edits at once say each its own", two_at_once),
        test("an edit that is too long is refused", too_long),
        linux_test("an edit that never ends is stopped", never_ends),
        test("an edit has its listing's time limit", has_a_time_limit),
        linux_test("an edit whose client vanishes is not compiled", vanishes),
        linux_test("an edit that forks without end is ended", forks),
        test("an edit that fills the disk is ended", fills_the_disk),
        linux_test("an edit that fills the memory is ended", fills_the_memory),
    ]
}

const GREETS: &str = "chapter1/greets";

fn main_of(body: &str) -> String {
    format!("pub fn main() -> anyhow::Result<()> {{\n    {body}\n    Ok(())\n}}\n")
}

fn agreed() -> anyhow::Result<Reader> {
    let reader = readers::of_scratch_book()?.starts()?;
    reader.agrees()?;
    Ok(reader)
}

fn only_after_consent() -> anyhow::Result<()> {
    let reader = readers::of_scratch_book()?.starts()?;
    let wanted = r#"{"chapter":"chapter1","listing":"greets","source":""}"#;
    let ask = || reader.asked("POST", "/runs").json(wanted).sent();
    let refused = ask()?;
    ensure!(refused.status == 403, "{}", refused.status);
    let said: serde_json::Value = serde_json::from_str(&refused.text()?)?;
    let sentence = said["consent"].as_str().context("a sentence")?;
    ensure!(
        sentence.starts_with("Edited code runs as you"),
        "{sentence}"
    );
    let consent = reader.asked("POST", "/consent").json("{}");
    let stranger = consent.clone().without("Authorization").sent()?;
    ensure!(stranger.status == 401, "{}", stranger.status);
    let elsewhere = consent
        .clone()
        .with("Origin", "http://example.com")
        .sent()?;
    ensure!(elsewhere.status == 403, "{}", elsewhere.status);
    ensure!(ask()?.status == 403);
    ensure!(consent.sent()?.status == 204);
    let ended = reader.runs_edited(GREETS, &main_of(r#"println!("yes");"#))?;
    let ended = ended.to_end()?;
    ensure!(ended.stdout()? == b"yes\n", "{ended:?}");
    Ok(())
}

fn prints() -> anyhow::Result<()> {
    let reader = agreed()?;
    let book = ScratchBook::existing(readers::NAME);
    let own = || -> anyhow::Result<_> {
        let mut files = BTreeMap::new();
        for path in ["Cargo.toml", "Cargo.lock", "target/built/debug/chapter1"] {
            files.insert(book.path(path), fs::read(book.path(path))?);
        }
        for folder in ["chapters-code", "crates", "book"] {
            contents(&book.path(folder), &mut files)?;
        }
        Ok(files)
    };
    let before = own()?;
    let edit = main_of(r#"println!("good {}", std::env::args().count());"#);
    let ended = reader.runs_edited(GREETS, &edit)?.to_end()?;
    ensure!(ended.stdout()? == b"good 2\n", "{ended:?}");
    ensure!(ended.events[0]["kind"] == "building", "{ended:?}");
    let compared = ended.event("compared")?;
    ensure!(compared["verdict"] == "not_compared", "{compared}");
    ensure!(compared["why"] == "this is an edited listing", "{compared}");
    let changed: Vec<_> = before.keys().filter(|it| !it.exists()).collect();
    ensure!(own()? == before, "the book has changed; gone: {changed:?}");
    ensure!(reader.runs(GREETS)?.to_end()?.stdout()? == b"hello\n");
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
    let reader = agreed()?;
    let edit = main_of("let unused = 1;\n    let two: u32 = \"two\";");
    let ended = reader.runs_edited(GREETS, &edit)?.to_end()?;
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
    let ended = reader.runs_edited(GREETS, &main_of("println!(\"{}\");"))?;
    let ended = ended.to_end()?;
    ensure!(ended.event("diagnostic")?["line"] == 2, "{ended:?}");
    // What breaks another file is told without a line.
    let ended = reader.runs_edited(GREETS, "\n")?.to_end()?;
    ensure!(
        ended.event("diagnostic")?.get("line").is_none(),
        "{ended:?}"
    );
    Ok(())
}

fn a_warning() -> anyhow::Result<()> {
    let edit = main_of("let unused = 1;\n    println!(\"on\");");
    let reader = agreed()?;
    let ended = reader.runs_edited(GREETS, &edit)?.to_end()?;
    ensure!(
        ended.event("diagnostic")?["level"] == "warning",
        "{ended:?}"
    );
    ensure!(ended.stdout()? == b"on\n", "{ended:?}");
    Ok(())
}

fn in_python() -> anyhow::Result<()> {
    let reader = readers::book()?;
    reader.agrees()?;
    let edit = "import os\nprint('edited', 'CARGO' in os.environ, os.listdir())\n";
    let ended = reader.runs_edited("chapter5/word_count.py", edit)?;
    let ended = ended.to_end()?;
    ensure!(ended.stdout()? == b"edited False []\n", "{ended:?}");
    Ok(())
}

fn two_at_once() -> anyhow::Result<()> {
    let reader = agreed()?;
    thread::scope(|scope| {
        let says = |word: &'static str| {
            let reader = &reader;
            scope.spawn(move || {
                let edit = main_of(&format!("println!(\"{word}\");"));
                reader.runs_edited(GREETS, &edit)?.to_end()?.stdout()
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
    let reader = agreed()?;
    let refused = reader.runs_edited(GREETS, &" ".repeat(64 * 1024 + 1));
    let error = refused.err().context("it was taken")?.to_string();
    ensure!(
        error.starts_with("413") && error.contains("64 KiB"),
        "{error}"
    );
    let whole = main_of("println!(\"long\");");
    let edit = format!("{}{whole}", "\n".repeat(64 * 1024 - whole.len()));
    ensure!(reader.runs_edited(GREETS, &edit)?.to_end()?.stdout()? == b"long\n");
    Ok(())
}

fn never_ends() -> anyhow::Result<()> {
    let reader = agreed()?;
    reader.runs_edited(GREETS, &main_of(""))?.to_end()?;
    reader.left_alone(usize::MAX)?;
    let before = reader.open_files()?.len();
    let mut run = reader.runs_edited(GREETS, &main_of("println!(\"on\"); loop {}"))?;
    run.until("stdout")?;
    let stop = reader.asked("POST", &run.path("/stop")?).json("{}");
    ensure!(stop.sent()?.status == 204);
    ensure!(run.to_end()?.event("exited")?["signal"] == 2);
    reader.left_alone(before)
}

fn has_a_time_limit() -> anyhow::Result<()> {
    let reader = agreed()?;
    let run = reader.runs_edited("chapter1/lasts", &main_of("loop {}"))?;
    let ended = run.to_end()?;
    ensure!(ended.event("timed_out")?["seconds"] == 1.0, "{ended:?}");
    Ok(())
}

fn vanishes() -> anyhow::Result<()> {
    let reader = agreed()?;
    reader.runs_edited(GREETS, &main_of(""))?.to_end()?;
    reader.left_alone(usize::MAX)?;
    let before = reader.open_files()?.len();
    // The compiler computes it, for years.
    let edit = format!(
        "#![allow(long_running_const_eval)]\nconst N: u64 = {{\n    let mut n = 0u64;\n    \
         while n < u64::MAX {{\n        n += 1;\n    }}\n    n\n}};\n{}",
        main_of("println!(\"{N}\");")
    );
    let mut run = reader.runs_edited(GREETS, &edit)?;
    run.until("building")?;
    let rustc = || Ok(compiling(&reader)?.then_some(()));
    awaited("the compiler", rustc)?;
    // One that waits for it is not compiled either.
    let mut second = reader.runs_edited(GREETS, &main_of(""))?;
    second.until("waiting")?;
    drop(second);
    drop(run);
    reader.left_alone(before)?;
    let ended = reader.runs_edited(GREETS, &main_of("println!(\"after\");"))?;
    ensure!(ended.to_end()?.stdout()? == b"after\n");
    Ok(())
}

/// Whether a compiler stands in the reader's copy of the book.
fn compiling(reader: &Reader) -> anyhow::Result<bool> {
    let copies = ScratchBook::existing(readers::NAME).path("target/edited");
    let open = reader.open_files()?;
    let mut folders = open.iter().filter_map(|file| Path::new(file).parent());
    let home = folders.find(|folder| folder.starts_with(&copies));
    let home = home.context("the reader has no copy")?;
    Ok(tests::processes::standing_in(home)?.len() > 1)
}

fn forks() -> anyhow::Result<()> {
    let reader = agreed()?;
    // Harmless if it were not ended: 400, which end after a minute.
    let edit = main_of(
        "for _ in 0..400 { std::process::Command::new(\"sleep\").arg(\"60\").spawn()?; }\n    \
         std::thread::sleep(std::time::Duration::from_secs(60));",
    );
    let ended = reader.runs_edited(GREETS, &edit)?.to_end()?;
    let exceeded = ended.event("exceeded")?;
    ensure!(
        exceeded["most"] == 256 && exceeded["what"] == "processes",
        "{exceeded}"
    );
    reader.left_alone(usize::MAX)
}

fn fills_the_disk() -> anyhow::Result<()> {
    let reader = agreed()?;
    let edit = main_of(
        "for n in 0..6 { std::fs::write(n.to_string(), vec![1; 60 << 20])?; }\n    \
         std::thread::sleep(std::time::Duration::from_secs(60));",
    );
    let ended = reader.runs_edited(GREETS, &edit)?.to_end()?;
    let exceeded = ended.event("exceeded")?;
    ensure!(exceeded["what"] == "MiB of files", "{exceeded}");
    let edit = main_of("std::fs::write(\"a\", vec![1; 65 << 20])?;");
    let ended = reader.runs_edited(GREETS, &edit)?.to_end()?;
    let exceeded = ended.event("exceeded")?;
    ensure!(
        exceeded["most"] == 64 && exceeded["what"] == "MiB in one file",
        "{exceeded}"
    );
    Ok(())
}

fn fills_the_memory() -> anyhow::Result<()> {
    let reader = agreed()?;
    // Harmless if it were not ended: 3 GiB.
    let edit = main_of(
        "let mut all = Vec::new();\n    for _ in 0..300 { all.push(vec![1u8; 10 << 20]); }\n    \
         std::thread::sleep(std::time::Duration::from_secs(60));\n    drop(all);",
    );
    let mut run = reader.runs_edited(GREETS, &edit)?;
    let exceeded = run.until("exceeded")?;
    ensure!(exceeded["what"] == "MiB of memory", "{exceeded}");
    ensure!(run.to_end()?.event("exited")?["signal"] == 9);
    reader.left_alone(usize::MAX)
}
