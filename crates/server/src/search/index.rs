//! The index as mdBook's `searcher.js` reads it: its documents are passages.

use super::passages::Passage;
use super::words::words;
use anyhow::Context;
use elasticlunr::{IndexBuilder, config};
use mdbook_driver::book::Chapter;
use mdbook_driver::config::Search;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

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
        let builder = fields.iter().fold(IndexBuilder::new(), |builder, field| {
            builder.add_field_with_tokenizer(field, Box::new(words))
        });
        Index {
            index: builder.build(),
            addresses: Vec::new(),
            only_shown: BTreeMap::new(),
        }
    }

    /// Adds a passage of a chapter whose page has that address.
    pub(super) fn add(&mut self, page: &Path, chapter: &Chapter, passage: &Passage) {
        let page: Vec<_> = page.iter().map(|name| name.to_string_lossy()).collect();
        let mut address = page.join("/");
        if let Some(id) = &passage.id {
            address.push('#');
            address.push_str(id);
        }
        let mut path = chapter.parent_names.clone();
        path.push(chapter.name.clone());
        path.extend(passage.titles.iter().cloned());
        path.dedup();
        let number = self.addresses.len().to_string();
        let title = passage.titles.last().unwrap_or(&chapter.name);
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
