//! `predict` fences of which several options may hold.

use crate::fixture::Book;

const ALSO: &str = "seen = { exit = 0 }\nwhy = \"Nothing *failed*.\"";
const RIGHT: &str = "seen = { stdout = \"hello\" }";
const WRONG: &str = "seen = { exit = 1 }\nwhy = \"It ends well.\"";

/// A page that asks, then shows the listing. The question begins on line 3.
fn asking(options: &[&str]) -> String {
    let mut page = "# A\n\n```predict\nlisting = \"chapter1/hello\"\nquestion = \"Which?\"\n\
                    several = true\n"
        .to_owned();
    for option in options {
        page.push_str(&format!("[[option]]\ntext = \"so\"\n{option}\n"));
    }
    page + "```\n\n{{#listing chapter1/hello Hello}}\n"
}

fn book(options: &[&str]) -> Book {
    Book::new()
        .page("a.md", &asking(options))
        .listing("chapter1/hello")
}

#[test]
fn the_answer_names_all_that_hold() {
    let page = book(&[ALSO, WRONG, RIGHT]).builds().page("a.html");
    let page = page.replace("\n\n", "\n");
    for part in [
        " data-right=\"0+2\" data-kind=\"several\">",
        "<span class=\"asked\">One or more of these are right.</span>\n</legend>",
        "<li>so</li>\n<li>so</li>\n<li>so</li>\n</ol>\n</fieldset>",
        "<details><summary>Answer</summary>\n\
         <p class=\"answer\"><strong>A.</strong> so</p>\n\
         <p data-of=\"0\">Nothing <em>failed</em>.</p>\n\
         <p class=\"answer\"><strong>C.</strong> so</p>\n\
         <p data-of=\"1\"><strong>Not B.</strong> It ends well.</p>\n</details>",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
}

#[test]
fn one_that_holds_is_enough() {
    let page = book(&[WRONG, RIGHT]).builds().page("a.html");
    assert!(page.contains(" data-right=\"1\" data-kind=\"several\">"));
}

/// What a browser keeps of one choice is no answer to it.
#[test]
fn it_is_another_question_than_the_same_one_with_one_choice() {
    let version = |page: &str| {
        let built = Book::new()
            .page("a.md", page)
            .listing("chapter1/hello")
            .builds()
            .page("a.html");
        let (_, rest) = built.split_once(" data-version=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let page = asking(&[WRONG, RIGHT]);
    let single = page.replace("several = true\n", "");
    assert_ne!(version(&page), version(&single));
    let said = page.replace("several = true\n", "several = false\n");
    assert_eq!(version(&said), version(&single));
}

#[test]
fn one_holds_at_least_and_one_does_not() {
    book(&[WRONG, WRONG])
        .fails_with(["book/a.md:3: no option holds in the recording of chapter1/hello"]);
    book(&[RIGHT, ALSO]).fails_with([
        "book/a.md:3: every option holds in the recording of chapter1/hello, so there is none to leave out",
    ]);
}

#[test]
fn each_wrong_option_says_why() {
    book(&[RIGHT, "seen = { exit = 1 }"])
        .fails_with(["book/a.md:3: option B is wrong and does not say why"]);
}

#[test]
fn it_has_options_and_they_are_not_typed() {
    let page = asking(&[RIGHT]).replace("several = true\n", "several = true\nunit = \"ms\"\n");
    Book::new()
        .page("a.md", &page)
        .listing("chapter1/hello")
        .fails_with(["book/a.md:3: a question needs two options at least"]);
    let page = asking(&[RIGHT, WRONG]).replace("several = true\n", "unit = \"ms\"\n");
    Book::new()
        .page("a.md", &page)
        .listing("chapter1/hello")
        .fails_with(["book/a.md:3: a unit and slips belong to a short answer"]);
}
