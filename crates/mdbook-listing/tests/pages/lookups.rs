//! Tables to look something up in, by a symptom.

use crate::fixture::Book;

const TABLE: &str = "| seen | what it is |\n| --- | --- |\n\
    | `Broken pipe`, *EPIPE*. | Nobody reads. |\n\
    | {{#ref chapter1/hello}} | A listing. |\n\
    | `Broken pipe`, EPIPE | Once more. |\n";

fn rendered(table: &str) -> String {
    Book::new()
        .page(
            "a.md",
            &format!("{{{{#listing chapter1/hello A}}}}\n\n{table}"),
        )
        .listing("chapter1/hello")
        .builds()
        .page("a.html")
}

#[test]
fn a_row_has_an_id_from_its_first_cell() {
    let page = rendered(&format!(
        "<div class=\"lookup symptoms\">\n\n{TABLE}\n</div>\n"
    ));
    for part in [
        "<td><span id=\"row-broken-pipe-epipe\"></span><code>Broken pipe</code>",
        "<td><span id=\"row-ref-chapter1-hello\"></span><a href=\"",
        "<td><span id=\"row-broken-pipe-epipe-2\"></span><code>Broken pipe</code>",
        "<th>seen</th>",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
}

#[test]
fn a_row_of_another_table_has_none() {
    let page = rendered(&format!(
        "<div class=\"lookup symptoms\">\n\n| a |\n| --- |\n| b |\n\n</div>\n\n\
         <div class=\"lookup\">\n\n{TABLE}\n</div>\n"
    ));
    assert!(page.contains("id=\"row-b\""), "{page}");
    assert!(page.contains("<td><code>Broken pipe</code>"), "{page}");
}
