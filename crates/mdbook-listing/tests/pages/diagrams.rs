//! `{{#diagram …}}`.

use crate::fixture::Book;

const PAGE: &str = "# A\n\n{{#diagram pipe.svg}}\n";

const SVG: &str = r##"<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" role="img" aria-labelledby="pipe-title pipe-desc" class="diagram">
  <title id="pipe-title">A pipe</title>

  <desc id="pipe-desc">It carries bytes.</desc>
  <path id="pipe-a" d="M0 0L1 1"/>
  <use href="#pipe-a"/>
</svg>
"##;

#[test]
fn a_diagram_stands_in_the_page_whole() {
    let built = Book::new()
        .page("one/a.md", PAGE)
        .file("book/one/pipe.svg", SVG)
        .builds();
    let page = built.page("one/a.html");
    assert!(
        page.contains("style=\"--narrowest: 7px\">\n<svg xmlns="),
        "{page}"
    );
    assert!(
        page.contains("<path id=\"pipe-a\" d=\"M0 0L1 1\" />"),
        "{page}"
    );
    assert!(page.contains("</svg>\n</figure>"), "{page}");
}

/// At 440 of its 560 units, 14 units are 11 pixels.
#[test]
fn a_diagram_stays_so_wide_that_its_smallest_label_can_be_read() {
    let labels = "<g font-size=\"20\"><text>a</text><text font-size=\"14\">b</text></g></svg>";
    let svg = SVG
        .replace("0 0 10 10", "0 0 560 10")
        .replace("</svg>", labels);
    let built = Book::new()
        .page("one/a.md", PAGE)
        .file("book/one/pipe.svg", &svg)
        .builds();
    let page = built.page("one/a.html");
    let figure = "<figure class=\"diagram\" style=\"--narrowest: 440px\">";
    assert!(page.contains(figure), "{page}");
}

#[test]
fn a_diagram_that_is_not_there_is_named_with_the_nearest() {
    Book::new()
        .page("a.md", "# A\n\n{{#diagram pip.svg}}\n")
        .file("book/pipe.svg", SVG)
        .fails_with(["book/a.md:3: there is no diagram pip.svg; the nearest name is pipe.svg"]);
}

#[test]
fn a_diagram_must_say_what_it_shows() {
    let svg = SVG
        .replace("A pipe", " ")
        .replace("desc>", "g>")
        .replace("<desc", "<g");
    Book::new()
        .page("a.md", PAGE)
        .file("book/pipe.svg", &svg)
        .fails_with([
            "book/a.md:3: pipe.svg: it has no <desc>, which a screen reader reads",
            "book/a.md:3: pipe.svg: it has no <title>, which a screen reader reads",
        ]);
}

#[test]
fn a_diagram_must_scale_and_keep_to_itself() {
    let svg = SVG
        .replace("viewBox=\"0 0 10 10\"", "width=\"10\"")
        .replace("2000/svg", "1999/xhtml")
        .replace("pipe-a", "a")
        .replace("href=\"#a\"", "href=\"https://example.org/x.svg\"")
        .replace("</svg>", "<style>p { color: red }</style></svg>");
    Book::new()
        .page("a.md", PAGE)
        .file("book/pipe.svg", &svg)
        .fails_with([
            "book/a.md:3: pipe.svg: <style> has no place in a diagram",
            "book/a.md:3: pipe.svg: <use> must not have href",
            "book/a.md:3: pipe.svg: its <svg> must leave width and height to the page",
            "book/a.md:3: pipe.svg: its <svg> needs a viewBox, to scale with the page",
            "book/a.md:3: pipe.svg: its <svg> needs xmlns=\"http://www.w3.org/2000/svg\"",
            "book/a.md:3: pipe.svg: the id a must begin with pipe-",
        ]);
}

/// A link that a `<set>` gives a target later, an HTML element among those of
/// SVG, and what CSS reads as `url(` or as another way to load an image.
#[test]
fn a_diagram_holds_nothing_but_a_drawing() {
    let svg = SVG.replace(
        "</svg>",
        "<a href=\"#pipe-a\"><set attributeName=\"href\" to=\"javascript:alert(1)\"/></a>\
         <img src=\"https://example.org/x.png\"/><path fill=\"URL(https://example.org/x)\"/>\
         <rect style=\"fill: u\\72l(https://example.org/x)\"/>\
         <line style=\"cursor: image-set('https://example.org/x' 1x), auto\"/></svg>",
    );
    Book::new()
        .page("a.md", PAGE)
        .file("book/pipe.svg", &svg)
        .fails_with([
            "book/a.md:3: pipe.svg: <img> has no place in a diagram",
            "book/a.md:3: pipe.svg: <line> must not have style",
            "book/a.md:3: pipe.svg: <path> must not have fill",
            "book/a.md:3: pipe.svg: <rect> must not have style",
            "book/a.md:3: pipe.svg: <set> has no place in a diagram",
            "book/a.md:3: pipe.svg: its <svg> needs role=\"group\"",
        ]);
}

#[test]
fn a_diagram_stands_alone() {
    Book::new()
        .page("a.md", "text {{#diagram pipe.svg}}\n")
        .file("book/pipe.svg", SVG)
        .fails_with(["book/a.md:1: put a diagram on a line of its own, with blank lines around"]);
}

const LINK: &str = r##"<a href="b.html#end" aria-label="B"><rect x="1" y="1" width="8" height="8"/></a>
</svg>"##;

#[test]
fn a_diagram_can_lead_to_pages() {
    let linked = SVG
        .replace("</svg>", LINK)
        .replace("role=\"img\"", "role=\"group\"");
    let built = Book::new()
        .page("one/a.md", PAGE)
        .page("one/b.md", "# B\n\n## End\n")
        .file("book/one/pipe.svg", &linked)
        .builds();
    let page = built.page("one/a.html");
    assert!(
        page.contains("<a href=\"b.html#end\" aria-label=\"B\"><rect"),
        "{page}"
    );
}

#[test]
fn a_link_in_a_diagram_must_lead_to_a_page_and_be_reachable() {
    let linked = SVG.replace("</svg>", LINK);
    Book::new()
        .page("one/a.md", PAGE)
        .page("one/b.md", "# B\n\n## End\n")
        .file("book/one/pipe.svg", &linked)
        .fails_with(["book/one/a.md:3: pipe.svg: its <svg> needs role=\"group\""]);
    let linked = linked.replace("role=\"img\"", "role=\"group\"");
    Book::new()
        .page("one/a.md", PAGE)
        .page("one/b.md", "# B\n")
        .file("book/one/pipe.svg", &linked)
        .fails_with(["book/one/a.md:3: one/b.md has no #end; the nearest name is #b"]);
    for target in [
        "javascript:alert(1)",
        "https://example.org/",
        "//example.org/",
    ] {
        let away = linked.replace("b.html#end", target);
        Book::new()
            .page("one/a.md", PAGE)
            .page("one/b.md", "# B\n")
            .file("book/one/pipe.svg", &away)
            .fails_with(["book/one/a.md:3: pipe.svg: <a> must not have href"]);
    }
}
