//! `{{#source}}`: how to get the book's source and start the book, in words that are
//! true for whoever reads this copy of it.

use crate::book::Book;
use crate::directive::Directive;
use crate::edition::Edition;
use crate::replacement::Replacement;

impl Book<'_> {
    pub(crate) fn source(&self, directive: &Directive) -> Result<Option<Replacement>, String> {
        directive.must_be_bare()?;
        let text = match (self.edition, &self.repository) {
            (Edition::Packed, address) => packed(address.as_deref()),
            (Edition::Served, _) => "You have the book's source: this page is served from it. To start the book \
                          again, go to the source's folder and type:\n\n\
                          ```console\n$ cargo run\n```"
                .to_owned(),
            (Edition::Static | Edition::Plain, Some(address)) => {
                let folder = address.rsplit('/').next().unwrap_or_default();
                let folder = folder.strip_suffix(".git").unwrap_or(folder);
                let link = link(address);
                format!(
                    "The book's source is at {link}. Get it, go to its folder, and \
                     start the book:\n\n\
                     ```console\n$ git clone {address}\n$ cd {folder}\n$ cargo run\n```"
                )
            }
            (Edition::Static | Edition::Plain, None) => "The book's source is a folder with `book.toml`, `chapters-code` and \
                              `README.md` in it. This copy of the book was built without an address \
                              of its source: ask whoever gave you the copy. Then go to the source's \
                              folder, and start the book:\n\n\
                              ```console\n$ cargo run\n```"
                .to_owned(),
        };
        Ok(Some(Replacement::words(directive.range.clone(), text)))
    }
}

/// An address as a link, shown without its scheme.
fn link(address: &str) -> String {
    let shown = address.split_once("://").map_or(address, |it| it.1);
    format!("[{shown}]({address})")
}

/// Who has an archive has the program that opens it, and may want the rest.
fn packed(address: Option<&str>) -> String {
    let source = match address {
        Some(address) => format!("the book's source is at {}", link(address)),
        None => "ask whoever gave you the archive for the book's source".to_owned(),
    };
    format!(
        "This page is served from an archive: its listings are compiled already. To start the \
         book again, go to the folder that you unpacked and type:\n\n\
         ```console\n$ ./open\n```\n\n\
         A command that begins with `programs/` is typed in that folder too. \
         Run, X-ray, and Edit of listings in Python need nothing more. To edit a listing in Rust, \
         to do the exercises, and for each command that begins with `cargo`, you need Rust and \
         the book's source. Install Rust as said above; {source}. \
         Go to the source's folder, and start the book there:\n\n\
         ```console\n$ cargo run\n```"
    )
}
