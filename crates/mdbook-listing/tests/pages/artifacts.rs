//! `{{#artifact …}}`: what a recorded run drew.

use crate::fixture::Book;

const PAGE: &str = "# A\n\n{{#listing chapter1/draws Drawing}}\n\n\
                    {{#artifact chapter1/draws plot.svg What `draws` drew}}\n";

const KEPT: &str = "chapters-code/chapter1/recordings/draws.plot.svg";

const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" role="img" aria-labelledby="plot-title plot-desc" class="diagram">
<title id="plot-title">Costs</title>
<desc id="plot-desc">A thread costs less than a child.</desc>

<text x="1" y="1" fill="currentColor">threads</text>
</svg>
"#;

/// A listing that keeps `plot.svg`, without that file.
fn drawing() -> Book {
    Book::new()
        .listing("chapter1/draws")
        .settings("chapter1/draws", "keep = [\"plot.svg\"]\n")
}

#[test]
fn what_a_run_drew_stands_in_the_page_with_its_caption() {
    let built = drawing().page("one/a.md", PAGE).file(KEPT, SVG).builds();
    let page = built.page("one/a.html");
    assert!(
        page.contains("px\" data-artifact=\"plot.svg\">\n<svg xmlns="),
        "{page}"
    );
    assert!(
        page.contains("</svg>\n<figcaption>What <code>draws</code> drew</figcaption>\n</figure>"),
        "{page}"
    );
}

#[test]
fn a_caption_is_not_needed() {
    let page = PAGE.replace(" What `draws` drew", "");
    let built = drawing().page("a.md", &page).file(KEPT, SVG).builds();
    assert!(built.page("a.html").contains("</svg>\n</figure>"));
}

#[test]
fn a_kept_file_that_is_not_there_is_refused() {
    drawing().page("a.md", PAGE).fails_with([
        "book/a.md:3: chapters-code/chapter1/recordings/draws.plot.svg cannot be read: \
         No such file or directory (os error 2); `cargo run -- record chapter1/draws` makes it",
    ]);
}

#[test]
fn a_file_that_no_listing_keeps_is_refused() {
    drawing()
        .page("a.md", PAGE)
        .file(KEPT, SVG)
        .file(&KEPT.replace("plot", "plots"), SVG)
        .fails_with([
            "chapters-code/chapter1/recordings/draws.plots.svg: no listing keeps this file: \
             its settings would say `keep = [\"NAME.svg\"]`",
        ]);
}

#[test]
fn a_kept_file_that_no_page_shows_is_refused() {
    drawing()
        .page("a.md", "# A\n\n{{#listing chapter1/draws Drawing}}\n")
        .file(KEPT, SVG)
        .fails_with([
            "chapters-code/chapter1/recordings/draws.toml: no page shows plot.svg, which chapter1/draws keeps",
        ]);
}

#[test]
fn what_is_not_kept_cannot_be_shown() {
    drawing()
        .page(
            "a.md",
            &format!(
                "{PAGE}\n{{{{#artifact chapter1/draws plots.svg}}}}\n\n{{{{#artifact chapter1/draw plot.svg}}}}\n\n\
                 {{{{#artifact chapter1/draws}}}}\n\n{{{{#artifact chapter1/other plot.svg}}}}\n\n\
                 {{{{#listing chapter1/other Other}}}}\n"
            ),
        )
        .file(KEPT, SVG)
        .listing("chapter1/other")
        .fails_with([
            "book/a.md:7: chapter1/draws keeps no plots.svg; the nearest name is plot.svg",
            "book/a.md:9: there is no listing chapter1/draw; the nearest name is chapter1/draws",
            "book/a.md:11: name the listing and its file: {{#artifact chapter8/NAME plot.svg}}",
            "book/a.md:13: chapter1/other keeps no file: its settings have no `keep`",
        ]);
}

#[test]
fn it_stands_once_alone_and_after_its_listing() {
    let page = "# A\n\n{{#artifact chapter1/draws plot.svg}}\n\n{{#listing chapter1/draws Drawing}}\n\n\
                text {{#artifact chapter1/draws plot.svg}}\n";
    drawing()
        .page("a.md", page)
        .page("b.md", "# B\n\n{{#artifact chapter1/draws plot.svg}}\n")
        .file(KEPT, SVG)
        .fails_with([
            "book/a.md: the id plot-desc stands twice on this page",
            "book/a.md: the id plot-title stands twice on this page",
            "book/a.md:3: plot.svg must stand after chapter1/draws, on the same page",
            "book/a.md:7: plot.svg of chapter1/draws is shown twice; it stands at book/a.md:3 already",
            "book/a.md:7: put the artifact plot.svg on a line of its own, with blank lines around",
            "book/b.md:3: plot.svg must stand after chapter1/draws, on the same page",
            "book/b.md:3: plot.svg of chapter1/draws is shown twice; it stands at book/a.md:3 already",
        ]);
}

#[test]
fn what_a_run_drew_must_say_what_it_shows_and_keep_to_itself() {
    let svg = SVG
        .replace("<title id=\"plot-title\">Costs</title>", "")
        .replace("currentColor", "url(https://example.org/a.svg#b)")
        .replace(
            "</svg>",
            "<script>alert(1)</script><use href=\"b.svg#b\"/></svg>",
        );
    drawing()
        .page("a.md", PAGE)
        .file(KEPT, &svg)
        .fails_with([
            "book/a.md:5: chapters-code/chapter1/recordings/draws.plot.svg: <script> has no place in a diagram",
            "book/a.md:5: chapters-code/chapter1/recordings/draws.plot.svg: <text> must not have fill",
            "book/a.md:5: chapters-code/chapter1/recordings/draws.plot.svg: <use> must not have href",
            "book/a.md:5: chapters-code/chapter1/recordings/draws.plot.svg: it has no <title>, which a screen reader reads",
        ]);
}

#[test]
fn only_a_plain_svg_can_be_kept() {
    for name in ["../plot.svg", "plot.png", ".svg", "a b.svg"] {
        Book::new()
            .page("a.md", "# A\n\n{{#listing chapter1/draws Drawing}}\n")
            .listing("chapter1/draws")
            .settings("chapter1/draws", &format!("keep = [{name:?}]\n"))
            .fails_with([&format!(
                "book/a.md:3: chapters-code/chapter1/recordings/draws.toml: only an SVG can be kept, \
                 under a name of letters, digits, - and _, not `{name}`"
            )]);
    }
}

#[test]
fn a_link_in_what_a_run_drew_must_lead_to_a_page() {
    let link = "<a href=\"nowhere.html\"><rect width=\"1\"/></a>\n</svg>";
    let svg = SVG
        .replace("</svg>", link)
        .replace("role=\"img\"", "role=\"group\"");
    drawing()
        .page("a.md", PAGE)
        .file(KEPT, &svg)
        .fails_with(["book/a.md:5: nowhere.html leads to no page; the nearest name is a.md"]);
}
