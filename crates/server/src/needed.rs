//! Which of our scripts and styles a page loads. mdBook puts all that `book.toml` names
//! into every page. A page that is served says so: by that it hears of changes.

use crate::rendered::{Pages, before_hash, split_at_text};

/// What `book/page` has for a thing, by its name, and how a page that has the thing shows
/// it. What is not named here every page needs.
const NEEDED: [(&str, &[&str]); 11] = [
    ("diagram", &["class=\"diagram\""]),
    ("predict", &["class=\"predict"]),
    ("which-arrow", &["class=\"predict which-arrow\""]),
    ("controls", &["class=\"events\""]),
    ("lookup", &["class=\"lookup"]),
    ("notes", &["class=\"notes\""]),
    ("edit", &["data-live"]),
    ("needs", &["data-needs"]),
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
    let is_needed = |name: &str| match NEEDED.iter().find(|(of, _)| *of == name) {
        Some((_, shown)) => shown.iter().any(|it| text.contains(it)),
        None => is_live || name != LIVE,
    };
    let around = |part: &str| -> String {
        let lines = part.split_inclusive('\n');
        lines
            .filter(|line| loaded(line).is_none_or(is_needed))
            .collect()
    };
    let before = match is_live {
        true => before.replacen("<html ", "<html data-served ", 1),
        false => before.to_owned(),
    };
    around(&before) + text + &around(after)
}

/// The name in `book/page` of the style or the script that the line loads.
fn loaded(line: &str) -> Option<&str> {
    let tag = line.trim_start();
    let loads = tag.starts_with("<link ") || tag.starts_with("<script ");
    let (_, rest) = tag.split_once("/page/").filter(|_| loads)?;
    let (stem, _) = rest.split_once('.')?;
    Some(before_hash(stem).unwrap_or(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<head>\n<link href=\"../book/page/listing-0a0a0a0a.css\">\n\
        <link href=\"../book/page/predict-1b1b1b1b.css\">\n<link href=\"../book/page/notes.css\">\n</head>\n";
    const FOOT: &str = "<script src=\"../book/page/controls-5f5f5f5f.js\"></script>\n\
        <script src=\"../book/page/changes-6a6a6a6a.js\"></script>\n\
        <script src=\"../book/page/predict-2c2c2c2c.js\"></script>\n\
        <script src=\"../book/page/edit-3d3d3d3d.js\"></script>\n\
        <script src=\"../book/page/player-4e4e4e4e.js\"></script>\n";

    /// What a page with that text loads.
    fn loads(text: &str, is_live: bool) -> Vec<String> {
        let page = format!("{HEAD}<main>{text}</main>\n{FOOT}");
        let made = without_the_rest(&page, is_live);
        assert!(made.contains(&format!("<main>{text}</main>")));
        let names = made.split("../book/page/").skip(1);
        names
            .map(|it| it.split('"').next().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn a_page_loads_what_it_has() {
        let made = |text| loads(text, false);
        let every = ["listing-0a0a0a0a.css", "player-4e4e4e4e.js"];
        assert_eq!(made("<p>Text</p>"), every);
        let question = "<aside class=\"predict\">";
        let asked = [
            "listing-0a0a0a0a.css",
            "predict-1b1b1b1b.css",
            "predict-2c2c2c2c.js",
            "player-4e4e4e4e.js",
        ];
        assert_eq!(made(question), asked);
        let live = [every[0], "edit-3d3d3d3d.js", every[1]];
        assert_eq!(made("<figure data-live=\"\">"), live);
        let notes = [every[0], "notes.css", every[1]];
        assert_eq!(made("<aside class=\"notes\">"), notes);
        let run = "<figure class=\"listing\"><script class=\"events\">";
        assert_eq!(made(run), [every[0], "controls-5f5f5f5f.js", every[1]]);
        assert_eq!(made("<figure class=\"listing phrase\">"), every);
    }

    #[test]
    fn a_page_that_is_served_hears_of_changes() {
        let name = "changes-6a6a6a6a.js".to_owned();
        assert!(loads("<p>Text</p>", true).contains(&name));
    }

    #[test]
    fn a_page_that_is_served_says_so() {
        let page = |html: &str| format!("{html}\n<main><html lang=\"en\"></main>\n");
        let made = |is_live| without_the_rest(&page("<html lang=\"en\">"), is_live);
        assert_eq!(made(true), page("<html data-served lang=\"en\">"));
        assert_eq!(made(false), page("<html lang=\"en\">"));
    }

    #[test]
    fn what_stands_in_the_text_stays() {
        let script = "\n<script src=\"../book/page/predict-2c2c2c2c.js\"></script>\n";
        loads(script, false);
    }

    #[test]
    fn a_page_without_a_text_is_left() {
        let page = format!("{HEAD}</main><main>{FOOT}");
        assert_eq!(without_the_rest(&page, false), page);
    }

    #[test]
    fn a_longer_name_is_another() {
        let name = |file: &str| {
            let line = format!("<script src=\"/page/{file}\">");
            loaded(&line).unwrap().to_owned()
        };
        assert_eq!(name("edit-0f0f0f0f.js"), "edit");
        assert_eq!(name("editor-0f0f0f0f.js"), "editor");
        assert_eq!(name("edit-list-0f0f0f0f.js"), "edit-list");
        assert_eq!(name("edit-list.js"), "edit-list");
    }
}
