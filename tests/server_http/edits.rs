//! What is saved is seen in the open page; what is broken does not take the
//! last good book away.

use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use tests::harness::test;
use tests::scratch_book::ScratchBook;
use tests::server::{Server, Start};

pub fn tests() -> Vec<Trial> {
    vec![
        test(
            "a saved page reloads, a broken one is told of",
            a_saved_page,
        ),
        test("what was saved is found by the search", a_saved_word),
    ]
}

const PAGE: &str = "book/index.md";

fn a_saved_word() -> anyhow::Result<()> {
    let book = ScratchBook::fresh("searched")?;
    let server = Start::of_scratch_book(&book).starts()?;
    let mut changes = server.changes()?;
    let (first, index) = searched(&server)?;
    ensure!(!index.contains("pomegranate"));
    let page = book.read(PAGE)?;
    book.write(PAGE, &format!("{page}\nA pomegranate.\n"))?;
    changes.until("reload")?;
    let (second, index) = searched(&server)?;
    ensure!(index.contains("A pomegranate."), "{index}");
    // Browsers keep what has such a name.
    ensure!(first != second, "{first} is another now");
    Ok(())
}

/// The name of the search index that a page asks for, and its text.
fn searched(server: &Server) -> anyhow::Result<(String, String)> {
    let page = server.page("/")?;
    let named = page.split_once("path_to_searchindex_js = \"");
    let named = named.and_then(|(_, rest)| rest.split_once('"'));
    let (name, _) = named.context("the page names no index")?;
    Ok((name.to_owned(), server.page(&format!("/{name}"))?))
}

fn a_saved_page() -> anyhow::Result<()> {
    let book = ScratchBook::fresh("edited")?;
    let server = Start::of_scratch_book(&book).starts()?;
    let mut changes = server.changes()?;
    let page = book.read(PAGE)?;

    book.write(PAGE, &format!("{page}\nA new sentence.\n"))?;
    changes.until("reload")?;
    ensure!(server.page("/")?.contains("A new sentence."));

    book.write(
        PAGE,
        &format!("{page}\n{{{{#listing chapter1/greet Gone}}}}\n"),
    )?;
    let why = changes.until("broken")?;
    ensure!(why.contains("the nearest name is chapter1/greets"), "{why}");
    ensure!(why.contains("book/index.md:"), "{why}");
    ensure!(server.page("/")?.contains("A new sentence."));
    // A page that is opened now is told too.
    ensure!(server.changes()?.until("broken")? == why);

    book.write(PAGE, &page)?;
    changes.until("mended")?;
    changes.until("reload")?;
    ensure!(!server.page("/")?.contains("A new sentence."));

    // The chapter is built, so that there is a last good one.
    let ended = server.runs("chapter1/greets")?.to_end()?;
    ensure!(ended.stdout()? == b"hello\n", "{ended:?}");
    let greets = ScratchBook::listing("greets");
    let source = book.read(&greets)?;
    book.write(&greets, &source.replace("Ok(())", "Ok(()"))?;
    let why = changes.until("broken")?;
    ensure!(why.contains("error") && why.contains("greets.rs"), "{why}");
    ensure!(server.page("/")?.contains("println!"));
    let ended = server.runs("chapter1/greets")?.to_end()?;
    ensure!(ended.stdout()? == b"hello\n", "{ended:?}");

    book.write(&greets, &source.replace("hello", "good morning"))?;
    changes.until("mended")?;
    changes.until("reload")?;
    ensure!(server.page("/")?.contains("good morning"));
    let ended = server.runs("chapter1/greets")?.to_end()?;
    ensure!(ended.stdout()? == b"good morning\n", "{ended:?}");
    ensure!(
        ended.event("compared")?["verdict"] == "differs",
        "{ended:?}"
    );
    let report = &ended.event("compared")?["report"]["text"];
    ensure!(
        report
            .as_str()
            .is_some_and(|it| it.contains("chapter1/greets was not as recorded")),
        "{report}"
    );
    Ok(())
}
