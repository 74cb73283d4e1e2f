//! What mdBook's sidebar knows of each page: by which keys a browser keeps what was
//! done on it. `book/page/sidebar.js` marks each page, and each chapter with its pages.
//!
//! mdBook has one script that draws the sidebar of every page. What stands in it is
//! loaded once, and is there before the page is drawn.

use crate::rendered::Pages;
use anyhow::Context;
use mdbook_listing::ToDo;

/// # Errors
/// mdBook's sidebar is not as it should be, or cannot be written.
pub(crate) fn add(to_do: &ToDo, pages: &mut Pages) -> anyhow::Result<()> {
    pages.change_script("toc", |script| {
        for (page, keys) in to_do {
            let link = format!("<a href=\"{page}\"");
            let at = script.find(&link);
            let at = at.with_context(|| format!("it has no link to {page}"))? + "<a".len();
            script.insert_str(at, &format!(" data-to-do=\"{}\"", keys.join(",")));
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    /// What becomes of a sidebar's script and of the page that names it.
    fn added(script: &str, to_do: &[(&str, &[&str])]) -> anyhow::Result<(String, String)> {
        let folder = TempDir::new()?;
        fs::write(folder.path().join("toc-01234567.js"), script)?;
        fs::write(
            folder.path().join("a.html"),
            "<script src=\"toc-01234567.js\">",
        )?;
        let keys = |keys: &[&str]| keys.iter().map(ToString::to_string).collect();
        let to_do = to_do
            .iter()
            .map(|(page, of)| ((*page).to_owned(), keys(of)));
        let mut pages = Pages::read(folder.path())?;
        add(&to_do.collect(), &mut pages)?;
        let page = pages.text("a.html".as_ref())?;
        let (_, rest) = page.split_once("src=\"").context("a script")?;
        let name = rest.trim_end_matches("\">").to_owned();
        Ok((fs::read_to_string(folder.path().join(&name))?, name))
    }

    #[test]
    fn a_link_has_the_keys_of_its_page_and_the_script_another_name() {
        let links = r#"'<a href="b.html">B</a><a href="a.html">A</a>'"#;
        let to_do: &[(_, &[_])] = &[("a.html", &["predict c/one 01", "exercise c/two"])];
        let (script, name) = added(links, to_do).unwrap();
        let made = r#"'<a href="b.html">B</a><a data-to-do="predict c/one 01,exercise c/two" href="a.html">A</a>'"#;
        assert_eq!(script, made);
        assert_ne!(name, "toc-01234567.js");
    }

    #[test]
    fn a_page_that_the_sidebar_does_not_name_is_a_fault() {
        let error = added("''", &[("a.html", &["exercise c/two"])]).unwrap_err();
        assert_eq!(
            format!("{error:#}"),
            "toc-01234567.js: it has no link to a.html"
        );
    }
}
