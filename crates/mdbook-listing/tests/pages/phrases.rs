//! `{{#phrase …}}`.

use crate::fixture::Book;

const PAGE: &str = "# A\n\n{{#phrase text}}\n";
const SHOWN: &str = "appendix-phrasebook/a.md";

/// A book with one phrase, `text`.
fn book() -> Book {
    phrase(Book::new(), "text", "cmd!(\"echo\").read()?;")
}

fn phrase(book: Book, name: &str, duct: &str) -> Book {
    let folder = format!("chapters-code/phrasebook/src/phrases/{name}");
    let rust = |uses: &str, line: &str| {
        format!("{uses}\n\npub fn main() -> anyhow::Result<()> {{\n    {line}\n    Ok(())\n}}\n")
    };
    let std = rust("use std::fs::read;", "read(\"<a>\")?;");
    book.file(&format!("{folder}/duct.rs"), &rust("use duct::cmd;", duct))
        .file(&format!("{folder}/std.rs"), &std)
        .file(
            &format!("{folder}/python.py"),
            "import subprocess\n\nrun()\n\nprint()\n",
        )
        .file(
            &format!("{folder}/phrase.toml"),
            "task = \"Take its *text*\"\nnote = \"As in [B](../b.md).\"\n",
        )
}

#[test]
fn a_phrase_has_its_task_its_three_cells_and_its_note() {
    let page = book()
        .page(SHOWN, PAGE)
        .page("b.md", "# B\n")
        .builds()
        .page("appendix-phrasebook/a.html");
    for piece in [
        "<figure class=\"listing phrase\" id=\"phrase-text\">",
        "<span class=\"caption\"><strong>Take its <em>text</em></strong></span>",
        "<span class=\"path\">duct</span>\n\
         <pre><code class=\"language-rust noplayground\">cmd!(\"echo\").read()?;</code></pre>",
        "use std::fs::read;\nread(\"&lt;a&gt;\")?;</code></pre>",
        "<span class=\"path\">python</span>\n<pre><code class=\"language-python\">run()</code></pre>",
        "<p class=\"phrase-note\">As in <a href=\"../b.html\">B</a>.</p>",
    ] {
        assert!(page.contains(piece), "{piece} is not in {page}");
    }
}

#[test]
fn a_phrase_may_stand_on_any_other_page_too() {
    book()
        .page("b.md", "# B\n")
        .page("one/c.md", "# C\n\n{{#phrase text}}\n")
        .page(SHOWN, PAGE)
        .builds();
}

#[test]
fn an_unknown_phrase_is_named_with_the_nearest() {
    book()
        .page("b.md", "# B\n")
        .page(SHOWN, "# A\n\n{{#phrase text}}\n\n{{#phrase txet}}\n")
        .fails_with([
            "book/appendix-phrasebook/a.md:5: there is no phrase txet; the nearest name is text",
        ]);
}

#[test]
fn a_phrase_stands_alone_and_in_the_phrasebook_once() {
    phrase(book(), "bytes", "cmd!(\"echo\").run()?;")
        .page("b.md", "# B\n\nas in {{#phrase text}}\n")
        .page(SHOWN, "# A\n\n{{#phrase text}}\n\n{{#phrase text}}\n")
        .fails_with([
            "book/appendix-phrasebook/a.md: the id phrase-text stands twice on this page",
            "book/appendix-phrasebook/a.md:5: text is shown twice; it stands at \
             book/appendix-phrasebook/a.md:3 already",
            "book/b.md:3: put the phrase text on a line of its own, with blank lines around",
            "chapters-code/phrasebook/src/phrases/bytes: no page in appendix-phrasebook shows \
             the phrase bytes",
        ]);
}

#[test]
fn a_cell_that_no_glance_takes_in_is_refused() {
    let long = format!("cmd!(\"{}\").read()?;", "x".repeat(68));
    phrase(Book::new(), "text", &long)
        .page("b.md", "# B\n")
        .page(SHOWN, PAGE)
        .fails_with([&format!(
            "chapters-code/phrasebook/src/phrases/text/duct.rs: `{long}` is longer than 68 columns"
        )]);
}
