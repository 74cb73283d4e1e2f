//! `predict` fences that ask for an arrow in the picture of an X-ray.

use crate::fixture::Book;
use crate::traced::{NAME, grandchild, is_refused_without_an_xray, sentence};

const WAITS: &str = "row = \"zombie sh\", kind = \"waits\", from = \"grandchild\"";
const CHILD: &str = "row = \"zombie sh\", kind = \"child\", from = \"sleep\"";
const WHOLE: &str = "row = \"zombie sh\", kind = \"waits\"";
/// As `grandchild` starts `sh`, there are two.
const TWO: &str = "row = \"start sh\", kind = \"waits\", from = \"grandchild\"";

/// A page that asks, then shows the listing. The question begins on line 3.
fn asking(arrow: &str, rest: &str) -> String {
    format!(
        "# A\n\n```predict\nlisting = \"{NAME}\"\nquestion = \"Whom does *it* wait for?\"\n\
         arrow = {{ {arrow} }}\n{rest}```\n\n\
         {{{{#listing {NAME} Starting}}}}\n\n{{{{#xray {NAME} Who waits}}}}\n"
    )
}

fn slip(text: &str) -> String {
    format!("[[slip]]\ntext = \"{text}\"\nwhy = \"It has *ended*.\"\n")
}

fn book(arrow: &str, rest: &str) -> Book {
    grandchild().page("a.md", &asking(arrow, rest))
}

/// The question in the page, as one line each.
fn question(arrow: &str, rest: &str) -> String {
    let page = book(arrow, rest).builds().page("a.html");
    let (_, question) = page
        .split_once("<aside class=\"predict which-arrow\"")
        .unwrap();
    let (question, _) = question.split_once("</aside>").unwrap();
    question.replace("\n\n", "\n")
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
}

#[test]
fn who_waits_is_asked_in_the_picture_and_the_run_knows_the_answer() {
    let question = question(WAITS, &slip("sh"));
    has(
        &question,
        &[
            " data-listing=\"chapter1/grandchild\" data-version=\"",
            " data-right=\"1\">",
            "<span class=\"asked\">Whom does <em>it</em> wait for?</span>",
            "aria-label=\"There are: grandchild; sh, a child of grandchild, a zombie; sleep\"",
            "style=\"--columns:4\"",
            "<i class=\"branch\" style=\"--from:0;--to:1;--above:0;--depth:1\"></i>",
            "<div class=\"box given\" style=\"--depth:0\"><b>grandchild</b></div>",
            "<div class=\"box zombie\" style=\"--depth:1\"><b>sh</b> <span>a zombie</span></div>",
            "<div class=\"box outside\"><span>nobody here</span></div>",
            "<li data-box=\"1\"><code>sh</code>, a zombie</li>\n\
             <li data-box=\"2\"><code>sleep</code></li>\n\
             <li data-box=\"3\">nobody here</li>",
            "<p class=\"answer\"><strong>grandchild waits for sleep.</strong></p>",
            &format!("<q>{}</q>", sentence("zombie sh")),
            "<p data-of=\"0\"><strong>Not <code>sh</code>.</strong> It has <em>ended</em>.</p>",
        ],
    );
}

#[test]
fn the_arrow_stands_nowhere_but_in_the_folded_answer() {
    let question = question(WAITS, "");
    let (asked, _) = question.split_once("<details>").unwrap();
    for giveaway in ["waits until", "waits for", "asleep", "arrow\""] {
        assert!(!asked.contains(giveaway), "{giveaway} in\n{asked}");
    }
}

#[test]
fn whose_child_it_is_is_asked_without_the_tree() {
    let orphan = question(CHILD, "");
    has(
        &orphan,
        &[
            " data-right=\"2\">",
            "aria-label=\"There are: grandchild; sh, a zombie; sleep\"",
            "<strong>sleep is a child of somebody else.</strong>",
        ],
    );
    assert!(!orphan.contains("branch"), "{orphan}");
    assert!(!orphan.contains("--depth:1"), "{orphan}");
    let child = CHILD.replace("from = \"sleep\"", "from = \"sh\"");
    has(
        &question(&child, ""),
        &[
            " data-right=\"0\">",
            "<strong>sh is a child of grandchild.</strong>",
        ],
    );
}

#[test]
fn who_goes_at_the_row_is_there_for_once_more() {
    let orphan = CHILD.replace("zombie sh", "round 2 grandchild collects sh");
    has(
        &question(&orphan, &slip("sh")),
        &[
            " data-right=\"2\">",
            "<li data-box=\"1\"><code>sh</code>, has ended</li>",
            "<div class=\"box gone\" style=\"--depth:0\"><b>sh</b> <span>has ended</span></div>",
        ],
    );
}

#[test]
fn both_ends_are_asked_for_if_none_is_given() {
    let question = question(WHOLE, &slip("grandchild -> sh"));
    has(
        &question,
        &[
            " data-right=\"0+5\">",
            "style=\"--columns:3\"",
            "<fieldset>\n<legend>Who waits?</legend>\n<ol start=\"1\">\n<li data-box=\"0\">",
            "<fieldset>\n<legend>For whom?</legend>\n<ol start=\"4\">\n<li data-box=\"0\">",
            "<p data-of=\"0+4\"><strong>Not <code>grandchild -&gt; sh</code>.</strong>",
        ],
    );
    assert!(!question.contains("nobody here"), "{question}");
}

#[test]
fn not_exactly_one_arrow_is_refused() {
    let sleep = WAITS.replace("from = \"grandchild\"", "from = \"sleep\"");
    book(&sleep, "").fails_with([
        "book/a.md:3: chapter1/grandchild cannot be asked this: exactly one arrow may be right, \
         and where the X-ray shows `zombie sh` there are: `grandchild waits for sleep`",
    ]);
    let running = WAITS.replace("zombie sh", "sh starts sleep");
    book(&running, "").fails_with([
        "book/a.md:3: chapter1/grandchild cannot be asked this: exactly one arrow may be right, \
         and where the X-ray shows `sh starts sleep` there are: none",
    ]);
    let root = CHILD.replace("from = \"sleep\"", "from = \"grandchild\"");
    book(&root, "").fails_with([
        "book/a.md:3: chapter1/grandchild cannot be asked this: exactly one arrow may be right, \
         and where the X-ray shows `zombie sh` there are: `sh is a child of grandchild`",
    ]);
    let two = "row = \"sh starts sleep\", kind = \"child\"";
    book(two, "").fails_with([
        "book/a.md:3: chapter1/grandchild cannot be asked this: exactly one arrow may be right, \
         and where the X-ray shows `sh starts sleep` there are: `sh is a child of grandchild`, \
         `sleep is a child of sh`",
    ]);
}

#[test]
fn where_fewer_than_three_are_there_is_nothing_to_choose() {
    book(TWO, "").fails_with([
        "book/a.md:3: chapter1/grandchild cannot be asked this: where the X-ray shows `start sh`, \
         fewer than 3 are there: that is no choice",
    ]);
}

#[test]
fn a_row_or_a_name_that_is_not_there_is_refused_with_the_nearest() {
    book(&WAITS.replace("zombie sh", "zombie slep"), "").fails_with([
        "book/a.md:3: chapter1/grandchild cannot be asked this: no row of grandchild shows \
         `zombie slep`; the nearest is `zombie sh`",
    ]);
    book(&WAITS.replace("from = \"grandchild", "from = \"grand"), "").fails_with([
        "book/a.md:3: chapter1/grandchild cannot be asked this: nobody is called grand at that \
         row; the nearest name is grandchild",
    ]);
    book(&WAITS.replace("waits", "wait"), "").fails_with([
        "book/a.md:6: this question cannot be read: unknown variant `wait`, expected `waits` or \
         `child`",
    ]);
}

#[test]
fn a_slip_is_an_arrow_that_is_not_right() {
    for (arrow, text, fault) in [
        (WAITS, "sleep", "slip sleep is the right answer"),
        (
            WAITS,
            "slep",
            "slip slep: nobody is called slep at that row; the nearest name is sleep",
        ),
        (
            WAITS,
            "sh -> sleep",
            "slip sh -> sleep: `sh -> sleep` has an end too many",
        ),
        (WHOLE, "sh", "slip sh: `sh` has one end: say `sh -> cat`"),
        (
            WHOLE,
            "grandchild -> sleep",
            "slip grandchild -> sleep is the right answer",
        ),
    ] {
        let expected = format!("book/a.md:3: {fault}");
        book(arrow, &slip(text)).fails_with([expected.as_str()]);
    }
}

#[test]
fn an_arrow_has_no_options_and_no_unit() {
    let message = "book/a.md:3: an arrow is the whole question: it has only slips beside it";
    book(WAITS, "several = true\n").fails_with([message]);
    book(WAITS, "unit = \"ms\"\n").fails_with([message]);
    book(WAITS, "short = { exit = true }\n").fails_with([message]);
    let option = "[[option]]\ntext = \"so\"\nseen = { exit = 0 }\n";
    book(WAITS, option).fails_with([message]);
}

#[test]
fn a_listing_without_an_xray_has_no_arrows() {
    is_refused_without_an_xray(&asking(WAITS, ""));
}
