//! `{{#source}}`: how to get the book's source and start the book, in words that are
//! true for whoever reads this copy of it.

use crate::book::Book;
use crate::directive::Directive;
use crate::replacement::Replacement;

impl Book<'_> {
    pub(crate) fn source(&self, directive: &Directive) -> Result<Option<Replacement>, String> {
        if !directive.arguments.is_empty() {
            return Err("{{#source}} has no arguments".to_owned());
        }
        directive.must_be_alone("{{#source}}")?;
        let text = match (self.live, &self.repository) {
            (true, _) => "You have the book's source: this page is served from it. To start the book \
                          again, go to the source's folder and type:\n\n\
                          ```console\n$ cargo run\n```"
                .to_owned(),
            (false, Some(address)) => {
                let folder = address.rsplit('/').next().unwrap_or_default();
                let folder = folder.strip_suffix(".git").unwrap_or(folder);
                let shown = address.split_once("://").map_or(&**address, |it| it.1);
                format!(
                    "The book's source is at [{shown}]({address}). Get it, go to its folder, and \
                     start the book:\n\n\
                     ```console\n$ git clone {address}\n$ cd {folder}\n$ cargo run\n```"
                )
            }
            (false, None) => "The book's source is a folder with `book.toml`, `chapters-code` and \
                              `README.md` in it. This copy of the book was built without an address \
                              of its source: ask whoever gave you the copy. Then go to the source's \
                              folder, and start the book:\n\n\
                              ```console\n$ cargo run\n```"
                .to_owned(),
        };
        Ok(Some(Replacement::words(directive.range.clone(), text)))
    }
}
