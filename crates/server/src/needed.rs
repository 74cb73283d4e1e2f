//! Which of our scripts and styles a page loads. mdBook puts all that `book.toml` names
//! into every page.

use crate::rendered::{Pages, split_at_text};

/// What `book/page` has for a thing, by its name, and how a page that has the thing shows
/// it. What is not named here every page needs.
const NEEDED: [(&str, &[&str]); 10] = [
    ("diagram", &["class=\"diagram\""]),
    ("predict", &["class=\"predict"]),
    ("which-arrow", &["class=\"predict which-arrow\""]),
    ("controls", &["class=\"listing"]),
    ("lookup", &["class=\"lookup"]),
    ("notes", &["class=\"notes\""]),
    ("edit", &["data-live"]),
    ("exercise", &["class=\"exercise\"", "data-passed"]),
    ("progress-table", &["class=\"progress\""]),
    ("xray-listing", &["class=\"xray\"", "data-live"]),
];

/// What pages need that a server keeps up to date.
const LIVE: &str = "changes";

/// # Errors
/// None of its own.
pub(crate) fn leave_out_the_rest(pages: &mut Pages, is_live: bool) -> anyhow::Result<()> {
    pages.change(|_, page| {
        let without = without_the_rest(page, is_live);
        *page = without;
        Ok(())
    })
}

/// The page without the lines that load what it does not need.
fn without_the_rest(page: &str, is_live: bool) -> String {
    let Some([before, text, after]) = split_at_text(page) else {
        return page.to_owned();
    };
    let needs = |shown: &[&str]| shown.iter().any(|it| text.contains(it));
    let rest = NEEDED.iter().filter(|(_, shown)| !needs(shown));
    let rest = rest.map(|(name, _)| *name);
    let rest = rest.chain((!is_live).then_some(LIVE));
    let rest: Vec<_> = rest.map(|name| format!("/page/{name}")).collect();
    let around = |part: &str| -> String {
        let lines = part.split_inclusive('\n');
        lines
            .filter(|line| !rest.iter().any(|it| loads(line, it)))
            .collect()
    };
    around(before) + text + &around(after)
}

/// Whether the line loads `/page/NAME.css`, its script, or one with a hash in its name.
fn loads(line: &str, name: &str) -> bool {
    let tag = line.trim_start();
    let loads = tag.starts_with("<link ") || tag.starts_with("<script ");
    let Some((_, rest)) = tag.split_once(name).filter(|_| loads) else {
        return false;
    };
    let hash = rest.strip_prefix('-').map(|rest| rest.split_once('.'));
    match hash {
        Some(hash) => hash.is_some_and(|(hash, _)| hash.bytes().all(|it| it.is_ascii_hexdigit())),
        None => rest.starts_with('.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<head>\n<link href=\"../book/page/listing-0a.css\">\n\
        <link href=\"../book/page/predict-1b.css\">\n<link href=\"../book/page/notes.css\">\n</head>\n";
    const FOOT: &str = "<script src=\"../book/page/predict-2c.js\"></script>\n\
        <script src=\"../book/page/edit-3d.js\"></script>\n\
        <script src=\"../book/page/player-4e.js\"></script>\n";

    fn made(text: &str) -> Vec<String> {
        let page = format!("{HEAD}<main>{text}</main>\n{FOOT}");
        let made = without_the_rest(&page, false);
        assert!(made.contains(&format!("<main>{text}</main>")));
        let names = made.split("../book/page/").skip(1);
        names
            .map(|it| it.split('"').next().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn a_page_loads_what_it_has() {
        assert_eq!(made("<p>Text</p>"), ["listing-0a.css", "player-4e.js"]);
        let question = "<aside class=\"predict\">";
        let asked = [
            "listing-0a.css",
            "predict-1b.css",
            "predict-2c.js",
            "player-4e.js",
        ];
        assert_eq!(made(question), asked);
        let live = ["listing-0a.css", "edit-3d.js", "player-4e.js"];
        assert_eq!(made("<figure data-live=\"\">"), live);
        let notes = ["listing-0a.css", "notes.css", "player-4e.js"];
        assert_eq!(made("<aside class=\"notes\">"), notes);
    }

    #[test]
    fn what_stands_in_the_text_stays() {
        made("\n<script src=\"../book/page/predict-2c.js\"></script>\n");
    }

    #[test]
    fn a_page_without_a_text_is_left() {
        let page = format!("{HEAD}</main><main>{FOOT}");
        assert_eq!(without_the_rest(&page, false), page);
    }

    #[test]
    fn a_longer_name_is_another() {
        assert!(loads("<script src=\"/page/edit-0f.js\">", "/page/edit"));
        assert!(!loads("<script src=\"/page/editor-0f.js\">", "/page/edit"));
        assert!(!loads(
            "<script src=\"/page/edit-list-0f.js\">",
            "/page/edit"
        ));
    }
}
