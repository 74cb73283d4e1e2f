//! `{{#listing …}}` and `{{#ref …}}`.

use crate::fixture::{Book, Run};

const HELLO: &str = "{{#listing chapter1/hello Saying hello}}\n";

#[test]
fn a_listing_is_a_numbered_figure_with_its_caption_path_and_code() {
    let page = Book::new()
        .page("a.md", HELLO)
        .listing("chapter1/hello")
        .builds()
        .page("a.html");
    for part in [
        "<figure class=\"listing\" id=\"listing-chapter1-hello\" data-listing=\"chapter1/hello\" data-time-limit=\"60\">",
        "Listing 1-1</a>",
        "<span class=\"caption\">Saying hello</span>",
        "<span class=\"path\">chapters-code/<wbr>chapter1/<wbr>src/<wbr>listings/<wbr>hello.rs</span>",
        "<code class=\"language-rust noplayground\">pub fn main() {\n    println!(\"hello\");\n}</code>",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
}

#[test]
fn a_python_listing_is_one_too() {
    let page = Book::new()
        .page("a.md", "{{#listing chapter1/hello.py In Python}}\n")
        .listing("chapter1/hello.py")
        .builds()
        .page("a.html");
    assert!(page.contains("chapters-code/<wbr>chapter1/<wbr>python/<wbr>hello.py"));
    assert!(page.contains("<code class=\"language-python\">print(\"hello\")\n</code>"));
    assert!(page.contains("cargo run -p chapter1 -- hello.py"));
}

#[test]
fn a_caption_may_have_markdown_in_it() {
    let page = Book::new()
        .page("a.md", "{{#listing chapter1/hello What `echo` *says*}}\n")
        .listing("chapter1/hello")
        .builds()
        .page("a.html");
    assert!(page.contains(">What <code>echo</code> <em>says</em></span>"));
}

#[test]
fn code_is_shown_whole_and_as_it_is() {
    let code = "let a = \"<b> & {{#include x}}\n\n# not hidden\n## so\n\n```\n\";\n";
    let page = Book::new()
        .page("a.md", HELLO)
        .source("chapter1/hello", code)
        .recording("chapter1/hello", Run::new())
        .builds()
        .page("a.html");
    let shown =
        "let a = \"&lt;b&gt; &amp; {{#include x}}\n\n# not hidden\n## so\n\n```\n\";</code>";
    assert!(page.contains(shown), "{page}");
}

#[test]
fn listings_are_counted_by_chapter_in_reading_order_over_all_pages() {
    let book = Book::new()
        .page(
            "z.md",
            "{{#listing chapter2/b B}}\n\n{{#listing chapter1/x X}}\n",
        )
        .page("a.md", "{{#listing chapter2/a A}}\n")
        .listing("chapter2/a")
        .listing("chapter2/b")
        .listing("chapter1/x");
    let built = book.builds();
    let (first, second) = (built.page("z.html"), built.page("a.html"));
    assert!(first.contains("#listing-chapter2-b\">Listing 2-1<"));
    assert!(first.contains("#listing-chapter1-x\">Listing 1-1<"));
    assert!(second.contains("#listing-chapter2-a\">Listing 2-2<"));
}

#[test]
fn what_is_no_chapter_is_an_appendix_and_has_a_letter() {
    let page = Book::new()
        .page(
            "a.md",
            "{{#listing enough-rust/first A}}\n\n{{#listing spices/salt B}}\n\n\
             {{#listing chapter1/hello C}}\n\n{{#listing enough-rust/second D}}\n",
        )
        .listing("enough-rust/first")
        .listing("enough-rust/second")
        .listing("spices/salt")
        .listing("chapter1/hello")
        .builds()
        .page("a.html");
    for number in ["A-1", "B-1", "1-1", "A-2"] {
        assert!(page.contains(&format!("Listing {number}</a>")), "{page}");
    }
}

#[test]
fn a_chapter_has_the_number_of_its_folder() {
    let book = Book::new()
        .page("chapter0-kitchen/index.md", "# Kitchen\n")
        .page("chapter7-talk/index.md", "# Talk\n")
        .page("more/index.md", "# More\n")
        .builds();
    let contents = book.file("toc.html");
    let numbers: Vec<_> = contents.split("</strong>").collect();
    let numbers = &numbers[..numbers.len() - 1];
    assert_eq!(numbers.len(), 3, "{contents}");
    for (number, end) in numbers.iter().zip(["0.", "7.", "3."]) {
        assert!(number.ends_with(end), "{contents}");
    }
}

#[test]
fn a_reference_is_a_link_to_the_figure_from_any_page() {
    let built = Book::new()
        .page("intro.md", "See {{#ref chapter1/hello}}.\n")
        .page("one/a.md", HELLO)
        .page(
            "two/b.md",
            "# On {{#ref chapter1/hello}}\n\nAs {{#ref chapter1/hello}} says\n",
        )
        .listing("chapter1/hello")
        .builds();
    let from = |path, href| {
        let link = format!("<a href=\"{href}#listing-chapter1-hello\">Listing 1-1</a>");
        let page = built.page(path);
        assert!(page.contains(&link), "no {link} in\n{page}");
    };
    from("intro.html", "one/a.html");
    from("two/b.html", "../one/a.html");
}

#[test]
fn what_follows_a_listing_without_a_blank_line_is_still_markdown() {
    let page = Book::new()
        .page(
            "a.md",
            "# A\n{{#listing chapter1/hello H}}\n## B *c*\n\ntext\n",
        )
        .listing("chapter1/hello")
        .builds()
        .page("a.html");
    assert!(page.contains("<h2 id=\"b-c\">"), "{page}");
}

#[test]
fn a_directive_in_code_or_behind_a_backslash_is_left_alone() {
    let page = Book::new()
        .page(
            "a.md",
            "```toml\n{{#listing chapter1/no X}}\n{{#nonsense}}\n```\n\n`{{#ref a}}` \\{{#ref b c}}\n\n<!-- {{#ref c}} -->\n",
        )
        .builds()
        .page("a.html");
    for text in [
        "{{#listing chapter1/no X}}",
        "{{#nonsense}}",
        "<code>{{#ref a}}</code>",
        "{{#ref b c}}",
    ] {
        assert!(page.contains(text), "no {text} in\n{page}");
    }
}

#[test]
fn a_directive_that_is_none_is_named_with_the_nearest() {
    Book::new()
        .page("a.md", "# A\n\n{{#listng chapter1/hello Hello}}\n")
        .fails_with(["book/a.md:3: there is no directive `listng`; the nearest name is listing"]);
}

#[test]
fn a_malformed_directive_is_refused() {
    Book::new()
        .page(
            "a.md",
            "{{#listing chapter1/hello}}\n\n{{#listing chapter1/other Caption\n}}\n\n\
             text {{#listing chapter1/third Third}}\n\n{{#listing}}\n\n<p>\n{{#ref chapter1/hello}}\n</p>\n",
        )
        .listing("chapter1/hello")
        .listing("chapter1/third")
        .fails_with([
            "book/a.md:1: chapter1/hello needs a caption: {{#listing chapter1/hello What it shows}}",
            "book/a.md:3: this directive has no `}}` on its line",
            "book/a.md:6: put the listing chapter1/third on a line of its own, with blank lines around",
            "book/a.md:8: name the listing: {{#listing chapter5/word_count What it shows}}",
            "book/a.md:11: a directive cannot stand in HTML: leave a blank line before it",
        ]);
}

#[test]
fn a_listing_in_a_list_or_a_quotation_is_refused() {
    Book::new()
        .page("a.md", "> {{#listing chapter1/hello Hello}}\n")
        .listing("chapter1/hello")
        .fails_with([
            "book/a.md:1: put the listing chapter1/hello on a line of its own, with blank lines around",
        ]);
}

#[test]
fn a_reference_to_nothing_is_refused() {
    Book::new()
        .page(
            "a.md",
            "{{#ref chapter1/helo}}\n\n{{#listing chapter1/hello Hello}}\n",
        )
        .listing("chapter1/hello")
        .fails_with([
            "book/a.md:1: there is no listing chapter1/helo; the nearest name is chapter1/hello",
        ]);
}
