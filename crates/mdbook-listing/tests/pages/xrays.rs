//! `{{#xray …}}`: what the kernel did in a recorded run.

use crate::fixture::{Book, Run};
use recording::traced::{Did, ProcessEvent, SpawnCall};
use recording::{Kind, Outcome};

const PAGE: &str = "# A\n\n{{#listing chapter1/starts Starting}}\n\n\
                    {{#xray chapter1/starts Its `child` is collected}}\n";

const XRAY: &str = "chapters-code/chapter1/recordings/starts.xray.jsonl";

fn process(pid: u32, did: Did) -> Kind {
    let line = None;
    Kind::Process(ProcessEvent { pid, did, line })
}

fn collected() -> Kind {
    let reaped = Did::Reaped {
        by: Some(7),
        zombie_ms: 40.0,
    };
    process(7, reaped)
}

/// A run that starts a `true`, says `hello`, and waits for it.
fn traced() -> Run {
    let outcome = Outcome::Code(0);
    let spawned = Did::Spawned {
        child: 8,
        how: SpawnCall::Vfork,
        descriptors: vec![],
    };
    let executed = Did::Executed {
        argv: vec!["true".to_owned()],
        descriptors: vec![],
    };
    Run::new()
        .event(process(7, spawned))
        .event(process(8, executed))
        .event(process(8, Did::Exiting { outcome }))
        .event(process(8, Did::Exited { outcome }))
        .stdout("hello\n")
        .event(collected())
}

fn starting() -> Book {
    Book::new()
        .source("chapter1/starts", "pub fn main() {}\n")
        .recording("chapter1/starts", Run::new().stdout("hello\n"))
        .settings("chapter1/starts", "xray = true\n")
}

fn xrayed() -> Book {
    let name = "chapter1/starts".parse().unwrap();
    starting().file(XRAY, &traced().recorded(&name))
}

#[test]
fn an_xray_stands_in_the_page_as_rows_and_as_a_table() {
    let page = xrayed().page("one/a.md", PAGE).builds().page("one/a.html");
    assert!(
        page.contains("<figure class=\"xray\" id=\"xray-chapter1-starts\" data-xray=\"chapter1/starts\" data-open=\""),
        "{page}"
    );
    assert!(
        page.contains("<figcaption>Its <code>child</code> is collected</figcaption>"),
        "{page}"
    );
    let rows = "<script type=\"application/json\" class=\"xray-rows\">[{";
    assert!(page.contains(rows), "{page}");
    assert!(page.contains("<table"), "{page}");
}

#[test]
fn what_a_run_printed_ends_no_script_and_is_no_directive() {
    let said = "</script><!-- {{#include ../secret.txt}}\n";
    let name = "chapter1/starts".parse().unwrap();
    let page = Book::new()
        .source("chapter1/starts", "pub fn main() {}\n")
        .recording("chapter1/starts", Run::new().stdout(said))
        .settings("chapter1/starts", "xray = true\n")
        .file(
            XRAY,
            &Run::new().stdout(said).event(collected()).recorded(&name),
        )
        .file("book/secret.txt", "a secret")
        .page("one/a.md", PAGE)
        .builds()
        .page("one/a.html");
    assert!(!page.contains("a secret"), "{page}");
    let (_, rows) = page
        .split_once("<script type=\"application/json\" class=\"xray-rows\">")
        .unwrap();
    let (rows, rest) = rows.split_once("</script>").unwrap();
    let rows: Vec<xray::Row> = serde_json::from_str(rows).unwrap();
    let printed = rows.iter().find_map(|row| row.output.as_ref()).unwrap();
    assert_eq!(printed.text, said);
    let (table, _) = rest.split_once("</figure>").unwrap();
    assert!(table.contains("#include ../secret.txt}}"), "{table}");
}

#[test]
fn it_opens_at_the_row_that_its_author_names() {
    let opened = |shows: &str| {
        let page = PAGE.replace("starts Its", &format!("starts {shows} Its"));
        let page = xrayed().page("a.md", &page).builds().page("a.html");
        let (_, rest) = page.split_once("data-open=\"").unwrap();
        rest.split_once('"').unwrap().0.parse::<u32>().unwrap()
    };
    assert_ne!(opened("[zombie true]"), opened("[start true]"));
}

#[test]
fn a_page_can_ask_a_run_for_the_row_that_its_author_names() {
    let page = PAGE.replace("starts Its", "starts [zombie true] Its");
    let page = xrayed().page("a.md", &page).builds().page("a.html");
    assert!(page.contains("data-shows=\"zombie true\""), "{page}");
    let page = xrayed().page("a.md", PAGE).builds().page("a.html");
    assert!(!page.contains("data-shows"), "{page}");
}

#[test]
fn a_row_that_is_not_there_is_refused() {
    let page = PAGE.replace("starts Its", "starts [deadlock] Its");
    xrayed()
        .page("a.md", &page)
        .fails_with(["book/a.md:5: no row of starts shows `deadlock`; the nearest is `end true`"]);
}

#[test]
fn an_xray_that_is_not_there_is_refused() {
    starting().page("a.md", PAGE).fails_with([
        "book/a.md:3: chapter1/starts has no X-ray; `cargo run -- record chapter1/starts` makes it",
    ]);
}

#[test]
fn a_listing_whose_settings_ask_for_none_has_no_xray() {
    Book::new()
        .listing("chapter1/starts")
        .page("a.md", PAGE)
        .fails_with([
            "book/a.md:5: chapter1/starts has no X-ray: say `xray = true` in \
             chapters-code/chapter1/recordings/starts.toml, and `cargo run -- record chapter1/starts` makes it",
        ]);
}

#[test]
fn an_xray_of_another_run_is_refused() {
    let name = "chapter1/starts".parse().unwrap();
    let other = traced().stdout("more\n").recorded(&name);
    starting()
        .file(XRAY, &other)
        .page("a.md", PAGE)
        .fails_with([
            "book/a.md:3: chapters-code/chapter1/recordings/starts.xray.jsonl and \
         chapters-code/chapter1/recordings/starts.jsonl are not of one run; \
         `cargo run -- record chapter1/starts` makes both",
        ]);
}

#[test]
fn an_xray_without_a_listing_or_without_a_page_is_refused() {
    xrayed()
        .file("chapters-code/chapter1/recordings/gone.xray.jsonl", "")
        .page("a.md", "# A\n\n{{#listing chapter1/starts Starting}}\n")
        .fails_with([
            "chapters-code/chapter1/recordings/gone.xray.jsonl: this X-ray has no listing: \
             there is no listing chapter1/gone; the nearest name is chapter1/starts",
            "chapters-code/chapter1/recordings/starts.toml: no page shows the X-ray of chapter1/starts",
        ]);
}

#[test]
fn it_stands_alone_after_its_listing_with_a_caption() {
    let page = "# A\n\n{{#xray chapter1/starts First}}\n\n{{#listing chapter1/starts Starting}}\n\n\
                text {{#xray chapter1/starts}} {{#xray chapter1/starts [zombie A}}\n";
    xrayed().page("a.md", page).fails_with([
        "book/a.md:3: the X-ray of chapter1/starts must stand after it, on the same page",
        "book/a.md:7: say in a caption what the X-ray of chapter1/starts shows",
        "book/a.md:7: this `[` has no `]`",
    ]);
}
