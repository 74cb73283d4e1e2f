//! `predict` fences.

use crate::fixture::{Book, Run};

const RIGHT: &str = "seen = { stdout = \"hello\" }";
const WRONG: &str = "seen = { exit = 1 }\nwhy = \"It ends well.\"";

/// A page that asks, then shows the listing. The question begins on line 3.
fn asking(options: &[&str]) -> String {
    let listing = "chapter1/hello";
    let mut page = format!(
        "# A\n\n```predict\nlisting = \"{listing}\"\nquestion = \"What does *it* print?\"\n"
    );
    for option in options {
        page.push_str(&format!("[[option]]\ntext = \"so `{{x}}`\"\n{option}\n"));
    }
    page.push_str("```\n\n{{#listing chapter1/hello Hello}}\n");
    page
}

fn book(options: &[&str]) -> Book {
    Book::new()
        .page("a.md", &asking(options))
        .listing("chapter1/hello")
}

#[test]
fn a_question_shows_its_options_and_folds_the_answer() {
    let page = book(&[WRONG, RIGHT]).builds().page("a.html");
    let page = page.replace("\n\n", "\n");
    for part in [
        "<aside class=\"predict\" data-listing=\"chapter1/hello\" data-version=\"",
        " data-right=\"1\">",
        "<fieldset>\n<legend><span class=\"asked\">What does <em>it</em> print?</span>",
        "<ol type=\"A\">\n<li>so <code>{x}</code></li>\n<li>so <code>{x}</code></li>\n</ol>",
        "<details><summary>Answer</summary>\n<p class=\"answer\"><strong>B.</strong> so <code>{x}</code>",
        "<p><strong>Not A.</strong> It ends well.</p>",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
}

#[test]
fn without_a_script_nothing_waits_for_one() {
    let page = book(&[WRONG, RIGHT]).builds().page("a.html");
    let (_, question) = page.split_once("<aside class=\"predict\"").unwrap();
    let (question, figure) = question.split_once("</aside>").unwrap();
    for part in ["<form", "<input", "<button", "<details open"] {
        assert!(!question.contains(part), "{part} in\n{question}");
    }
    assert!(!figure.contains(" hidden"), "{figure}");
}

#[test]
fn a_listing_says_that_it_is_asked_about() {
    let asked = |page: &str| {
        let (_, figure) = page.split_once("<figure class=\"listing\"").unwrap();
        figure.split_once('>').unwrap().0.contains(" data-asked")
    };
    assert!(asked(&book(&[WRONG, RIGHT]).builds().page("a.html")));
    let page = asking(&[WRONG, RIGHT]) + "\n{{#listing chapter1/other Other}}\n";
    let page = Book::new()
        .page("a.md", &page)
        .listing("chapter1/hello")
        .listing("chapter1/other")
        .builds()
        .page("a.html");
    let other = page.find("id=\"listing-chapter1-other\"").unwrap();
    let start = page[..other].rfind("<figure").unwrap();
    assert!(!asked(&page[start..]));
}

/// The version of a question, by which a browser keeps its answer.
#[test]
fn a_question_is_another_when_what_it_asks_or_its_answer_is() {
    let version = |page: &str, said: &str| {
        let built = Book::new()
            .page("a.md", page)
            .source("chapter1/hello", "fn main() {}\n")
            .recording("chapter1/hello", Run::new().stdout(said))
            .builds();
        let page = built.page("a.html");
        let (_, rest) = page.split_once(" data-version=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let why = "why = \"Then it would say so.\"";
    let options = ["hello", "bye"].map(|said| format!("seen = {{ stdout = \"{said}\" }}\n{why}"));
    let page = asking(&[&options[0], &options[1]]);
    let first = version(&page, "hello\n");
    assert_eq!(version(&page, "hello, world\n"), first);
    assert_eq!(version(&page.replace("Then", "So"), "hello\n"), first);
    assert_ne!(version(&page.replace("*it*", "that"), "hello\n"), first);
    assert_ne!(version(&page.replace("so `", "thus `"), "hello\n"), first);
    assert_ne!(version(&page, "bye\n"), first);
    // Texts that only stand elsewhere are other texts.
    let moved = page
        .replacen("print?", "print?so", 1)
        .replacen("\"so `", "\"`", 1);
    assert_ne!(version(&moved, "hello\n"), first);
}

#[test]
fn exactly_one_option_holds() {
    book(&[WRONG, WRONG])
        .fails_with(["book/a.md:3: no option holds in the recording of chapter1/hello"]);
    book(&[RIGHT, WRONG, "seen = { stderr = \"\" }"]).fails_with([
        "book/a.md:3: exactly one option may hold in the recording of chapter1/hello, and A and C do",
    ]);
}

#[test]
fn an_end_and_an_order_can_be_asked_for() {
    let options = [
        "seen = { order = [\"b\", \"a\"] }\nwhy = \"a comes first\"",
        "seen = { order = [\"a\", \"b\"] }",
        "seen = { signal = 9 }\nwhy = \"nobody kills it\"",
    ];
    let page = asking(&options);
    Book::new()
        .page("a.md", &page)
        .source("chapter1/hello", "fn main() {}\n")
        .recording(
            "chapter1/hello",
            Run::new().stdout("a\n").stderr("b\n").exit(2),
        )
        .builds();
    Book::new()
        .page("a.md", &page)
        .source("chapter1/hello", "fn main() {}\n")
        .recording("chapter1/hello", Run::new().signal(9))
        .fails_with(["book/a.md:3: option B is wrong and does not say why"]);
}

#[test]
fn a_wrong_option_says_why() {
    book(&[RIGHT, "seen = { exit = 1 }"])
        .fails_with(["book/a.md:3: option B is wrong and does not say why"]);
}

#[test]
fn a_question_is_about_a_listing_that_comes_after_it() {
    let ask = |listing: &str| {
        format!(
            "```predict\nlisting = \"{listing}\"\nquestion = \"Q\"\n[[option]]\ntext = \"a\"\n{RIGHT}\n[[option]]\ntext = \"b\"\n{WRONG}\n```\n\n"
        )
    };
    let page = format!(
        "{{{{#listing chapter1/hello H}}}}\n\n{}{}{}",
        ask("chapter1/hello"),
        ask("chapter1/other"),
        ask("chapter1/helo")
    );
    Book::new()
        .page("a.md", &page)
        .page("b.md", "{{#listing chapter1/other O}}\n")
        .listing("chapter1/hello")
        .listing("chapter1/other")
        .fails_with([
            "book/a.md:3: the question about chapter1/hello must stand before the listing",
            "book/a.md:15: the question is about chapter1/other, which another page shows",
            "book/a.md:27: there is no listing chapter1/helo; the nearest name is chapter1/hello",
        ]);
}

#[test]
fn a_question_that_cannot_be_read_is_refused_with_the_line_in_it() {
    book(&["seen = { stduot = \"x\" }", RIGHT]).fails_with([
        "book/a.md:8: this question cannot be read: unknown variant `stduot`, expected one of `stdout`, `stderr`, \
         `exit`, `signal`, `order`, `xray`",
    ]);
}

#[test]
fn a_question_has_a_text_and_two_options_with_texts() {
    let page = asking(&[RIGHT])
        .replace("What does *it* print?", " ")
        .replace("so `{x}`", "");
    Book::new()
        .page("a.md", &page)
        .listing("chapter1/hello")
        .fails_with([
            "book/a.md:3: a question needs two options at least",
            "book/a.md:3: option A is empty",
            "book/a.md:3: the question is empty",
        ]);
}

#[test]
fn a_question_may_refer_and_link_and_its_links_are_checked() {
    let page = asking(&[WRONG, RIGHT]).replace("*it*", "{{#ref chapter1/hello}} [x](#a)");
    let built = Book::new()
        .page("a.md", &page)
        .listing("chapter1/hello")
        .builds();
    assert!(
        built
            .page("a.html")
            .contains("<a href=\"a.html#listing-chapter1-hello\">Listing 1-1</a>")
    );
    let page = asking(&[WRONG, RIGHT]).replace("*it*", "[x](#b)");
    Book::new()
        .page("a.md", &page)
        .listing("chapter1/hello")
        .fails_with(["book/a.md:3: a.md has no #b; the nearest name is #a"]);
}
