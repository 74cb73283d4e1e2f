//! The index as mdBook's `searcher.js` reads it: its documents are passages.

use super::passages::Passage;
use super::words::{Known, words};
use anyhow::Context;
use elasticlunr::{IndexBuilder, config};
use mdbook_driver::book::Chapter;
use mdbook_driver::config::Search;
use serde_json::json;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

/// Where a page stands in the book.
pub(super) struct Place {
    /// From the book's root.
    address: String,
    /// The page's name, after those of the chapters above it.
    names: Vec<String>,
}

impl Place {
    pub(super) fn of(chapter: &Chapter, page: &Path) -> Place {
        let page: Vec<_> = page.iter().map(|name| name.to_string_lossy()).collect();
        let mut names = chapter.parent_names.clone();
        names.push(chapter.name.clone());
        Place {
            address: page.join("/"),
            names,
        }
    }
}

pub(super) struct Index {
    index: elasticlunr::Index,
    /// By the number of a document.
    addresses: Vec<String>,
    /// By the number of a document: what a result shows and the search passes over.
    only_shown: BTreeMap<String, String>,
}

impl Index {
    pub(super) fn new() -> Index {
        let fields = ["title", "body", "breadcrumbs"];
        let known = Rc::new(RefCell::new(Known::new()));
        let builder = fields.iter().fold(IndexBuilder::new(), |builder, field| {
            let known = Rc::clone(&known);
            let cut = move |text: &str| words(text, &mut known.borrow_mut());
            builder.add_field_with_tokenizer(field, Box::new(cut))
        });
        Index {
            index: builder.build(),
            addresses: Vec::new(),
            only_shown: BTreeMap::new(),
        }
    }

    /// Adds a passage of a page.
    pub(super) fn add(&mut self, page: &Place, passage: &Passage) {
        let mut address = page.address.clone();
        if let Some(id) = &passage.id {
            address.push('#');
            address.push_str(id);
        }
        let mut path = page.names.clone();
        path.extend(passage.titles.iter().cloned());
        path.dedup();
        let number = self.addresses.len().to_string();
        let title = passage.titles.last().or(page.names.last());
        let title = title.map(String::as_str).unwrap_or_default();
        let text = match passage.is_row {
            true => "",
            false => &passage.text,
        };
        let fields = [title, text, &path.join(" » ")];
        self.index.add_doc(&number, fields);
        if passage.is_row {
            self.only_shown.insert(number, passage.text.clone());
        }
        self.addresses.push(address);
    }

    /// The script that gives the index to mdBook's search.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub(super) fn script(self, options: &Search) -> anyhow::Result<String> {
        let mut index = serde_json::to_value(&self.index).context("writing the search index")?;
        for (number, text) in self.only_shown {
            index["documentStore"]["docs"][number]["body"] = text.into();
        }
        let field = |boost| json!({ "boost": boost });
        let bool = match options.use_boolean_and {
            true => config::SearchBool::And,
            false => config::SearchBool::Or,
        };
        let config = json!({
            "results_options": {
                "limit_results": options.limit_results,
                "teaser_word_count": options.teaser_word_count,
            },
            "search_options": {
                "bool": bool,
                "expand": options.expand,
                "fields": {
                    "title": field(options.boost_title),
                    "body": field(options.boost_paragraph),
                    "breadcrumbs": field(options.boost_hierarchy),
                },
            },
            "doc_urls": self.addresses,
            "index": index,
        });
        let config = serde_json::to_string(&config).context("writing the search index")?;
        // Between single quotes fewer characters need to be escaped than as an object.
        let config = config.replace('\\', "\\\\").replace('\'', "\\'");
        Ok(format!(
            "window.search = Object.assign(window.search, JSON.parse('{config}'));"
        ))
    }
}
