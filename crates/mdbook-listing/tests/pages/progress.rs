//! `{{#progress}}`.

use crate::fixture::Book;

const QUESTION: &str = "```predict\nlisting = \"chapter1/hello\"\nquestion = \"What?\"\n\
                        [[option]]\ntext = \"hello\"\nseen = { stdout = \"hello\" }\n\
                        [[option]]\ntext = \"none\"\nseen = { exit = 1 }\nwhy = \"It ends well.\"\n```\n";

fn book(first: &str) -> Book {
    let page = format!(
        "# Run\n\n## B\n\n{QUESTION}\n{{{{#listing chapter1/hello Hello}}}}\n\n{{{{#exercise chapter1/first}}}}\n"
    );
    Book::new()
        .page("first.md", first)
        .page("chapter1-run/index.md", &page)
        .page("chapter2-read/index.md", "# Nothing to do\n")
        .listing("chapter1/hello")
        .exercises("chapter1", &["first"])
}

#[test]
fn the_table_counts_what_the_pages_have() {
    let built = book("# A\n\n{{#progress}}\n").builds();
    let page = built.page("first.html");
    for part in [
        "<th scope=\"row\"><a href=\"chapter1-run/index.html\">1. chapter1-run/index.md</a></th>\
         <td>1</td><td>1</td></tr>",
        "<th scope=\"row\">In all</th><td>1</td><td>1</td></tr>",
        "\"chapter2-read/index.html\":\"chapter2-read/index.md\"",
        "\"exercises\":[\"exercise chapter1/first\"]",
    ] {
        assert!(
            page.replace('\n', "").contains(part),
            "no {part} in\n{page}"
        );
    }
    assert_eq!(page.matches("<tr data-part").count(), 2, "{page}");
    let asked = built.page("chapter1-run/index.html");
    let (_, version) = asked.split_once("data-version=\"").unwrap();
    let (version, _) = version.split_once('"').unwrap();
    let key = format!("\"predictions\":[\"predict chapter1/hello {version}\"]");
    assert!(page.contains(&key), "no {key} in\n{page}");
}

#[test]
fn it_stands_alone_and_once() {
    book("# A\n\n{{#progress all}}\n")
        .fails_with(["book/first.md:3: {{#progress}} has no arguments"]);
    book("# A\n\nSo far: {{#progress}}\n\n{{#progress}}\n").fails_with([
        "book/first.md:3: put {{#progress}} on a line of its own, with blank lines around",
        "book/first.md:5: the progress is shown twice; it stands at book/first.md:3 already",
    ]);
}
