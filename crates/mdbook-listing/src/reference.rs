//! `{{#ref chapter5/word_count}}`: "Listing 5-1", as a link.

use crate::book::Book;
use crate::page::Page;

impl Book<'_> {
    /// The link in Markdown, for that page.
    ///
    /// # Errors
    /// There is no such listing, or no page shows it.
    pub(crate) fn link(&self, page: &Page, name: &str) -> Result<String, String> {
        let name = &self.listings.find(name)?.name;
        match self.order.get(name) {
            Some(shown) => Ok(shown.link_from(page)),
            None => Err(format!("no page shows {name}, so nothing can refer to it")),
        }
    }

    /// The text with a link in place of each `{{#ref …}}`.
    ///
    /// # Errors
    /// As [`Book::link`], or one has no end.
    pub(crate) fn with_links(&self, page: &Page, text: &str) -> Result<String, String> {
        let mut linked = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{#ref ") {
            let Some((name, after)) = after.split_once("}}") else {
                return Err("a {{#ref … has no `}}`".to_owned());
            };
            linked.push_str(before);
            linked.push_str(&self.link(page, name.trim())?);
            rest = after;
        }
        linked.push_str(rest);
        Ok(linked)
    }
}
