//! A book that opens before its chapters are built.

use anyhow::{Context, bail, ensure};
use libtest_mimic::Trial;
use rustix::process::Signal;
use serde_json::Value;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tests::harness::{linux_test, test};
use tests::held_builds::HeldBuilds;
use tests::processes::standing_in;
use tests::scratch_book::ScratchBook;
use tests::server::{Running, Server, Start, awaited};

pub fn tests() -> Vec<Trial> {
    vec![
        test("a run that comes too early waits, and runs", too_early),
        test(
            "what is shown is built before the rest, and what is awaited first",
            the_order,
        ),
        test(
            "an edit and a check wait for the build before them",
            one_at_a_time,
        ),
        test("an edit in Python waits for no build", in_python),
        test(
            "a chapter that does not compile leaves the others",
            a_broken_chapter,
        ),
        test(
            "who opens an editor has the chapter's copy compiled meanwhile",
            an_editor_opens,
        ),
        linux_test("who stops it while it builds leaves nothing", stopped),
        linux_test(
            "who stops it while a copy is compiled leaves nothing",
            stopped_with_an_editor,
        ),
    ]
}

const GREETS: &str = "chapter1/greets";

const EDIT: &str =
    "pub fn main() -> anyhow::Result<()> {\n    println!(\"edited\");\n    Ok(())\n}\n";

const CHAPTERS: [&str; 4] = ["chapter1", "chapter2", "chapter3", "chapter4"];

/// One test at a time has the book: what it is made of is compiled once.
static TAKEN: Mutex<()> = Mutex::new(());

/// A scratch book whose chapters all have to be compiled.
struct Unbuilt {
    book: ScratchBook,
    _taken: MutexGuard<'static, ()>,
}

impl Unbuilt {
    fn take() -> anyhow::Result<Unbuilt> {
        let _taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let book = ScratchBook::fresh("unbuilt")?;
        for chapter in &CHAPTERS[1..] {
            book.add_chapter(chapter)?;
        }
        for chapter in CHAPTERS {
            book.outdate(chapter)?;
        }
        Ok(Unbuilt { book, _taken })
    }
}

/// The first edit of a listing in Rust is compiled in this crate.
const COPY: &str = "chapter1_edited_1";

/// Its server, which compiles nothing that is held.
fn serve(book: &ScratchBook, held: &HeldBuilds) -> anyhow::Result<Server> {
    Start::of_scratch_book(book)
        .knowing("RUSTC_WRAPPER", &held.wrapper())
        .starts()
}

/// Until it says that this is built; with what it said before.
fn hears_of(run: &mut Running, what: &str) -> anyhow::Result<Vec<Value>> {
    let mut heard = Vec::new();
    while let Some(event) = run.event()? {
        let is_it = event["kind"] == "building" && event["what"] == what;
        if is_it {
            return Ok(heard);
        }
        heard.push(event);
    }
    bail!("never that {what} is built: {heard:?}")
}

fn too_early() -> anyhow::Result<()> {
    let Unbuilt { book, .. } = &Unbuilt::take()?;
    let held = HeldBuilds::of(&["chapter1"])?;
    let server = serve(book, &held)?;
    let build = held.waits("chapter1")?;
    // It is read meanwhile.
    ensure!(server.page("/")?.contains("chapter1/greets"));
    let mut given_up = server.runs(GREETS)?;
    hears_of(&mut given_up, "chapter1")?;
    drop(given_up);
    let mut run = server.runs(GREETS)?;
    hears_of(&mut run, "chapter1")?;
    drop(build);
    let ended = run.to_end()?;
    let compared = ended.event("compared")?;
    ensure!(compared["verdict"] == "as_recorded", "{compared}");
    // The next one has nothing to wait for.
    let ended = server.runs(GREETS)?.to_end()?;
    ensure!(ended.events[0]["kind"] == "started", "{ended:?}");
    Ok(())
}

fn the_order() -> anyhow::Result<()> {
    let Unbuilt { book, .. } = &Unbuilt::take()?;
    let held = HeldBuilds::of(&CHAPTERS)?;
    let server = serve(book, &held)?;
    let first = held.waits("chapter1")?;
    ensure!(server.page("/chapter3/")?.contains("chapter3/says"));
    let mut run = server.runs("chapter4/says")?;
    let waits = run.until("waiting")?;
    ensure!(waits["what"] == "chapter1", "{waits}");
    drop(first);
    let second = held.waits("chapter4")?;
    hears_of(&mut run, "chapter4")?;
    for later in ["chapter2", "chapter3"] {
        ensure!(held.build(later)?.is_none(), "{later} is built too");
    }
    drop(second);
    let third = held.waits("chapter3")?;
    ensure!(held.build("chapter2")?.is_none());
    // It runs though others are still to be built.
    let ended = run.to_end()?;
    ensure!(ended.stdout()? == b"chapter4\n", "{ended:?}");
    drop(third);
    drop(held.waits("chapter2")?);
    let ended = server.runs("chapter2/says")?.to_end()?;
    let compared = ended.event("compared")?;
    ensure!(compared["verdict"] == "as_recorded", "{compared}");
    Ok(())
}

fn one_at_a_time() -> anyhow::Result<()> {
    let Unbuilt { book, .. } = &Unbuilt::take()?;
    let held = HeldBuilds::of(&["chapter2"])?;
    let server = serve(book, &held)?;
    server.agrees()?;
    let build = held.waits("chapter2")?;
    let mut edit = server.runs_edited(GREETS, EDIT)?;
    let waits = edit.until("waiting")?;
    ensure!(
        waits["ahead"] == 1 && waits["what"] == "chapter2",
        "{waits}"
    );
    let wanted = serde_json::json!({ "chapter": "chapter1", "exercise": "doubles" });
    let mut check = server.begins(&wanted)?;
    let waits = check.until("waiting")?;
    ensure!(
        waits["ahead"] == 2 && waits["what"] == "chapter2",
        "{waits}"
    );
    drop(build);
    edit.until("building")?;
    ensure!(edit.to_end()?.stdout()? == b"edited\n");
    check.until("checked")?;
    Ok(())
}

fn in_python() -> anyhow::Result<()> {
    let Unbuilt { book, .. } = &Unbuilt::take()?;
    let held = HeldBuilds::of(&["chapter3"])?;
    let server = serve(book, &held)?;
    server.agrees()?;
    let _build = held.waits("chapter3")?;
    let mut edit = server.runs_edited("chapter2/says.py", "print('edited')\n")?;
    let first = edit.event()?.context("an event")?;
    ensure!(first["kind"] == "started", "{first}");
    ensure!(edit.to_end()?.stdout()? == b"edited\n");
    Ok(())
}

fn a_broken_chapter() -> anyhow::Result<()> {
    let Unbuilt { book, .. } = &Unbuilt::take()?;
    let greets = ScratchBook::listing("greets");
    let source = book.read(&greets)?;
    book.write(&greets, &source.replace("Ok(())", "Ok(()"))?;
    let server = Start::of_scratch_book(book).starts()?;
    let mut changes = server.changes()?;
    for _ in 0..2 {
        let ended = server.runs(GREETS)?.to_end()?;
        let said = ended.event("stderr")?["text"].as_str().context("text")?;
        ensure!(said.contains("greets.rs:3"), "{said}");
        let failed = ended.events.last().context("an end")?;
        ensure!(failed["kind"] == "failed", "{failed}");
        ensure!(failed["message"] == "chapter1 could not be built");
        ensure!(ended.event("started").is_err(), "{ended:?}");
    }
    let ended = server.runs("chapter2/says")?.to_end()?;
    ensure!(ended.stdout()? == b"chapter2\n", "{ended:?}");
    // What is saved elsewhere is built and shown all the same.
    book.outdate("chapter2")?;
    changes.until("reload")?;
    book.write(&greets, &source)?;
    changes.until("reload")?;
    let ended = server.runs(GREETS)?.to_end()?;
    ensure!(ended.stdout()? == b"hello\n", "{ended:?}");
    Ok(())
}

/// As the page asks before it opens the editor of a listing.
fn open_editor(server: &Server, listing: &str) -> anyhow::Result<()> {
    let answer = server.asked("GET", &format!("/edits/{listing}")).sent()?;
    ensure!(answer.status == 204, "{}", answer.status);
    Ok(())
}

fn an_editor_opens() -> anyhow::Result<()> {
    let Unbuilt { book, .. } = &Unbuilt::take()?;
    let held = HeldBuilds::of(&[COPY])?;
    let server = serve(book, &held)?;
    server.agrees()?;
    server.runs(GREETS)?.to_end()?;
    open_editor(&server, GREETS)?;
    // Nobody has pressed Run.
    let build = held.waits(COPY)?;
    let mut edit = server.runs_edited(GREETS, EDIT)?;
    let waits = edit.until("waiting")?;
    ensure!(waits["what"] == "chapter1", "{waits}");
    drop(build);
    edit.until("building")?;
    ensure!(edit.to_end()?.stdout()? == b"edited\n");
    ensure!(server.runs(GREETS)?.to_end()?.stdout()? == b"hello\n");
    Ok(())
}

fn stopped_with_an_editor() -> anyhow::Result<()> {
    let Unbuilt { book, .. } = &Unbuilt::take()?;
    let held = HeldBuilds::of(&[COPY])?;
    let mut server = serve(book, &held)?;
    open_editor(&server, GREETS)?;
    let _build = held.waits(COPY)?;
    ends_alone(&mut server, book)
}

fn stopped() -> anyhow::Result<()> {
    let Unbuilt { book, .. } = &Unbuilt::take()?;
    let held = HeldBuilds::of(&["chapter1"])?;
    let mut server = serve(book, &held)?;
    let _build = held.waits("chapter1")?;
    let mut run = server.runs(GREETS)?;
    hears_of(&mut run, "chapter1")?;
    server.agrees()?;
    book.outdate("chapter1")?;
    let _edit = behind_what_was_saved(&server)?;
    ends_alone(&mut server, book)
}

/// An edit that waits for two builds: one is held, and the other is that of what was
/// saved, which comes a moment after the save and tells nobody that it waits.
fn behind_what_was_saved(server: &Server) -> anyhow::Result<Running> {
    let mut last = None;
    awaited("what was saved to wait", || {
        let mut edit = server.runs_edited(GREETS, EDIT)?;
        let mut waits = edit.until("waiting")?;
        if last.take().is_some() {
            // The one before it was ahead, too, and has gone.
            waits = edit.until("waiting")?;
        }
        if waits["ahead"] == 2 {
            return Ok(Some(edit));
        }
        last = Some(edit);
        Ok(None)
    })
}

/// Ends it, and nothing that it started is left.
fn ends_alone(server: &mut Server, book: &ScratchBook) -> anyhow::Result<()> {
    let status = server.ends_by(Signal::INT)?;
    ensure!(status.success(), "{status}");
    let standing = standing_in(&book.root)?;
    ensure!(standing.is_empty(), "{standing:?}");
    Ok(())
}
