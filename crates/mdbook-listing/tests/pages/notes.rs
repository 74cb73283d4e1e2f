//! A fence named `notes`: sentences of the notes, each judged.

use crate::fixture::Book;

const NOTES: &str = "# The kitchen\n\n\
                     The manager regularly checks on **all chefs**, deciding who cooks.\n\
                     If a chef waits, another works.\n\n- Command [history](#h)\n";

/// A page of a book with notes; its fence begins on line 3.
fn quoting(fence: &str) -> Book {
    Book::new()
        .page("one/a.md", &format!("# A\n\n```notes\n{fence}```\n"))
        .page("two/b.md", "# The *other* page\n\n## Here it is\n")
        .file("book/appendix-notes-checked/seed-notes.md", NOTES)
}

fn sentence(quote: &str, verdict: &str, shown: &str) -> String {
    format!("[[sentence]]\nquote = \"{quote}\"\nverdict = \"{verdict}\"\nshown = \"{shown}\"\n\n")
}

#[test]
fn the_box_quotes_the_notes_and_says_what_is_so_and_where() {
    let fence = sentence(
        "The manager regularly checks on **all chefs**, deciding who cooks.",
        "no",
        "one/a.md#a",
    ) + &sentence("Command [history](#h)", "nearly", "two/b.md#here-it-is");
    let page = quoting(&fence).builds().page("one/a.html");
    let page = page.replace("\n\n", "\n");
    for part in [
        "<aside class=\"notes\" aria-labelledby=\"from-the-notes\">\n\
         <p class=\"kind\" id=\"from-the-notes\">From the notes</p>\n<ul>",
        "<li class=\"no\">\n<blockquote>\n<p>The manager regularly checks on <strong>all chefs</strong>, \
         deciding who cooks.</p>\n</blockquote>",
        "<p><strong><span aria-hidden=\"true\">✗</span> no</strong>, shown in \
         <a href=\"../one/a.html#a\">one/a.md</a></p>",
        "<p>Command history</p>",
        "<strong><span aria-hidden=\"true\">≈</span> nearly</strong>, shown in \
         <a href=\"../two/b.html#here-it-is\">two/b.md</a>",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
}

#[test]
fn a_listing_that_shows_it_is_named_by_its_number() {
    let fence = sentence(
        "Command [history](#h)",
        "true",
        "two/c.md#listing-chapter1-hello",
    );
    let page = quoting(&fence)
        .page("two/c.md", "# C\n\n{{#listing chapter1/hello Hello}}\n")
        .listing("chapter1/hello")
        .builds()
        .page("one/a.html");
    let link = "<a href=\"../two/c.html#listing-chapter1-hello\">Listing 1-1</a>";
    assert!(page.contains(link), "no {link} in\n{page}");
}

#[test]
fn the_notes_themselves_are_no_page() {
    let fence = sentence("Command [history](#h)", "no", "one/a.md#a");
    let built = quoting(&fence).builds();
    assert!(!built.has("appendix-notes-checked/seed-notes.html"));
}

#[test]
fn white_space_is_folded_and_nothing_else() {
    let folded = "The   manager regularly checks on **all chefs**, deciding\\nwho cooks.";
    quoting(&sentence(folded, "no", "one/a.md#a")).builds();
    for (quote, nearest) in [
        (
            "The manager checks on **all chefs**, deciding who cooks.",
            "The manager regularly checks on **all chefs**, deciding who cooks.",
        ),
        (
            "The manager regularly checks on all chefs, deciding who cooks.",
            "The manager regularly checks on **all chefs**, deciding who cooks.",
        ),
        ("If a chef waits", "If a chef waits, another works."),
        ("command history", "Command [history](#h)"),
    ] {
        let problem = format!(
            "book/one/a.md:5: the notes have no such sentence; the nearest is \"{nearest}\""
        );
        quoting(&sentence(quote, "no", "one/a.md#a")).fails_with([&*problem]);
    }
}

#[test]
fn a_place_that_the_book_does_not_have_is_named_with_the_nearest() {
    let fence = ["two/b.md#heer", "two/c.md#here", "two/b.md", "#a"]
        .map(|shown| sentence("Command [history](#h)", "no", shown));
    quoting(&fence[1..].concat()).fails_with([
        "book/one/a.md:7: there is no page two/c.md; the nearest name is two/b.md",
        "book/one/a.md:12: `two/b.md` is no place on a page: write chapter5-pipes/index.md#ANCHOR",
        "book/one/a.md:17: `#a` is no place on a page: write chapter5-pipes/index.md#ANCHOR",
    ]);
    let other = sentence("Command", "no", "one/a.md#a");
    quoting(&format!("{}{other}", fence[0])).fails_with([
        "book/one/a.md:7: two/b.md has no #heer; the nearest name is #here-it-is",
        "book/one/a.md:10: the notes have no such sentence; the nearest is \
         \"Command [history](#h)\"",
    ]);
}

#[test]
fn a_verdict_is_true_nearly_or_no() {
    quoting(&sentence("Command [history](#h)", "maybe", "one/a.md#a")).fails_with([
        "book/one/a.md:6: this quotation cannot be read: unknown variant `maybe`, expected one of \
         `true`, `nearly`, `no`",
    ]);
}

#[test]
fn a_box_stands_once_on_a_page_and_by_itself() {
    let one = sentence("Command [history](#h)", "no", "one/a.md#a");
    quoting(&format!("{one}```\n\n```notes\n{one}"))
        .fails_with(["book/one/a.md: the id from-the-notes stands twice on this page"]);
    let listed = format!("```notes\n{one}```\n").replace('\n', "\n  ");
    let listed = format!("- B\n\n  {listed}");
    Book::new()
        .page("a.md", &listed)
        .file("book/appendix-notes-checked/seed-notes.md", NOTES)
        .fails_with(["book/a.md:3: the notes cannot be quoted in a list or a quotation"]);
}

#[test]
fn without_the_notes_nothing_can_be_quoted() {
    let fence = sentence("Command [history](#h)", "no", "a.md#a");
    Book::new()
        .page("a.md", &format!("# A\n\n```notes\n{fence}```\n"))
        .fails_with([
            "book/a.md:3: the notes, appendix-notes-checked/seed-notes.md, cannot be read: No such \
             file or directory (os error 2)",
        ]);
}
