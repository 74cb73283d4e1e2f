//! Links from page to page.

use crate::fixture::Book;

#[test]
fn links_to_pages_headings_ids_and_files_hold() {
    Book::new()
        .page(
            "one/a.md",
            "# A *b* `c`\n\n[self](#a-b-c) [b](../b.md) [b](../b.md#mark \"title\") [b][ref] ![svg](a%20b.svg)\n\
             [out](https://example.org/#x) <mailto:a@b.c> [listing](#listing-chapter1-hello) <a href=\"../b.html#own\">b</a>\n\n\
             {{#listing chapter1/hello With a [link](../b.md#own)}}\n\n[ref]: ../b.md#two\n",
        )
        .page("b.md", "<p id=\"mark\">x</p>\n\n## Two {#own}\n\n## Two\n\nterm\n: [x](one/a.md)\n\n[to](#term)\n")
        .file("book/one/a b.svg", "<svg/>")
        .listing("chapter1/hello")
        .builds();
}

#[test]
fn heading_ids_are_those_that_mdbook_makes() {
    let headings = "# It's -- \"so\" `a::b()` [x](https://e.org) ![alt](i.svg)\n\n## Ä ß 中 🐙 1\n\n## Same\n\n## Same\n\n\
                    ## Same 1\n\n## Own {#own}\n\nTwo\nlines *em*<b>b</b>\n---\n\n## note[^1]\n\nterm `t`\n: d\n\n\
                    ## ?\n\n## !\n\n[^1]: n\n";
    let built = Book::new()
        .page("a.md", headings)
        .file("book/i.svg", "<svg/>")
        .builds();
    let html = built.page("a.html");
    let ids = html
        .split("<h")
        .skip(1)
        .chain(html.split("<dt").skip(1))
        .filter_map(|tag| {
            let (tag, _) = tag.split_once('>')?;
            let (_, id) = tag.split_once("id=\"")?;
            Some(id.trim_end_matches('"').to_owned())
        });
    let ids: Vec<_> = ids.collect();
    assert_eq!(ids.len(), 11, "{ids:?}");
    let links = ids
        .iter()
        .filter(|id| !id.is_empty())
        .map(|id| format!("[x](a.md#{id})\n"));
    Book::new()
        .page("a.md", headings)
        .page("b.md", &links.collect::<String>())
        .file("book/i.svg", "<svg/>")
        .builds();
}

#[test]
fn a_broken_link_or_anchor_is_named_with_the_nearest() {
    Book::new()
        .page("one/a.md", "# A\n\n[x](../two/b.html#secnd) [y](b.md)\n[z](#aa) ![i](no.svg)\n[r][ref]\n\n[ref]: ../c.md\n")
        .page("two/b.md", "# B\n\n## Second\n\n<div>\n<a href=\"../one/b.md\">x</a>\n</div>\n")
        .fails_with([
            "book/one/a.md:3: b.md leads to no page; the nearest name is ../two/b.md",
            "book/one/a.md:3: two/b.md has no #secnd; the nearest name is #second",
            "book/one/a.md:4: no.svg leads to no page; the nearest name is a.md",
            "book/one/a.md:4: one/a.md has no #aa; the nearest name is #a",
            "book/one/a.md:5: ../c.md leads to no page; the nearest name is a.md",
            "book/two/b.md:6: ../one/b.md leads to no page; the nearest name is ../one/a.md",
        ]);
}

#[test]
fn a_reference_that_nothing_defines_is_refused() {
    Book::new()
        .page(
            "a.md",
            "# A\n\n[text][nowhere] and [text][] but [plain] is text\n",
        )
        .fails_with([
            "book/a.md:3: [nowhere] is referred to, and no line says `[nowhere]: …`",
            "book/a.md:3: [text] is referred to, and no line says `[text]: …`",
        ]);
}

#[test]
fn a_page_outside_of_the_summary_is_no_target() {
    Book::new()
        .page("a.md", "[x](b.md) [y](/a.md) [z]()\n")
        .file("book/b.md", "# B\n")
        .fails_with([
            "book/a.md:1: /a.md begins at the root of the host, where the book need not be: write it from this page on",
            "book/a.md:1: b.md is a page that SUMMARY.md does not name",
            "book/a.md:1: this link leads nowhere: it has no target",
        ]);
}

#[test]
fn a_footnote_that_is_not_there_is_refused() {
    Book::new()
        .page("a.md", "# A\n\ntext[^gone] and[^here]\n\n[^here]: note\n")
        .fails_with(["book/a.md:3: [^gone] is referred to, and no line says `[^gone]: …`"]);
}

#[test]
fn an_id_that_stands_twice_is_refused() {
    Book::new()
        .page("a.md", "# A {#x}\n\n<p id=\"x\">b</p>\n")
        .fails_with(["book/a.md: the id x stands twice on this page"]);
}
