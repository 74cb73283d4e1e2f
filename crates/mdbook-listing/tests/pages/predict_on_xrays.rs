//! `predict` fences whose options say how they would show in an X-ray.

use crate::fixture::Book;
use crate::traced::{NAME, grandchild, is_refused_without_an_xray};

const RIGHT: &str = "grandchild waits for sleep";
const WRONG: &str = "grandchild waits for sh";

/// A page that asks, then shows the listing. The question begins on line 3.
fn asking(facts: &[&str]) -> String {
    let mut page = format!("# A\n\n```predict\nlisting = \"{NAME}\"\nquestion = \"Who?\"\n");
    for fact in facts {
        page.push_str(&format!(
            "[[option]]\ntext = \"so\"\nseen = {{ xray = \"{fact}\" }}\nwhy = \"Of `sh`.\"\n"
        ));
    }
    page + &format!("```\n\n{{{{#listing {NAME} Starting}}}}\n\n{{{{#xray {NAME} Who waits}}}}\n")
}

fn book(facts: &[&str]) -> Book {
    grandchild().page("a.md", &asking(facts))
}

#[test]
fn the_option_holds_whose_fact_does() {
    let page = book(&[WRONG, RIGHT, "deadlock"]).builds().page("a.html");
    assert!(page.contains(" data-right=\"1\">"), "{page}");
}

#[test]
fn of_one_question_some_options_show_in_the_output_and_some_in_the_xray() {
    let page = asking(&[WRONG, RIGHT]).replace(
        &format!("seen = {{ xray = \"{WRONG}\" }}"),
        "seen = { exit = 1 }",
    );
    let page = grandchild().page("a.md", &page).builds().page("a.html");
    assert!(page.contains(" data-right=\"1\">"), "{page}");
}

#[test]
fn a_fact_that_is_false_of_the_right_option_is_refused() {
    book(&[WRONG, "zombie sleep"]).fails_with([
        "book/a.md:3: no option holds in the recording and the X-ray of chapter1/grandchild",
    ]);
}

#[test]
fn a_fact_that_is_true_of_a_wrong_option_is_refused() {
    book(&[RIGHT, WRONG, "zombie sh"]).fails_with([
        "book/a.md:3: exactly one option may hold in the recording and the X-ray of \
         chapter1/grandchild, and A and C do",
    ]);
}

#[test]
fn words_that_are_no_fact_are_refused_with_the_nearest() {
    book(&[RIGHT, "grandchild wait for sh"]).fails_with([
        "book/a.md:3: option B: an X-ray cannot be asked `grandchild wait for sh`; the nearest \
         that it can be asked is `grandchild waits for sh`",
    ]);
    book(&[RIGHT, "zombie shh"]).fails_with([
        "book/a.md:3: option B: nobody in grandchild is called shh; the nearest name is sh",
    ]);
}

#[test]
fn a_listing_without_an_xray_cannot_be_asked() {
    is_refused_without_an_xray(&asking(&[RIGHT, WRONG]));
}
