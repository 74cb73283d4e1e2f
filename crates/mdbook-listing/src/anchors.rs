//! The ids of a page: where a link can lead.

use crate::heading_ids::HeadingIds;
use crate::html;
use mdbook_markdown::pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeSet, HashMap};

/// How figures begin that have one id.
const HAS_ONE_ID: [&str; 2] = ["<figure class=\"listing\" ", "<figure class=\"xray\" "];

/// The ids of a page that mdBook is about to render.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    ids: BTreeSet<String>,
    /// Ids that more than one element claims.
    pub(crate) duplicates: BTreeSet<String>,
}

impl Anchors {
    /// `expanded` is the page with its directives replaced.
    pub(crate) fn read(expanded: &str, options: Options) -> Anchors {
        let mut reading = Reading::default();
        for event in Parser::new_ext(expanded, options) {
            reading.take(event);
        }
        reading.anchors
    }

    pub(crate) fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }
}

#[derive(Default)]
struct Reading {
    anchors: Anchors,
    headings: HeadingIds,
    html: String,
    /// How often each footnote was referred to.
    footnotes: HashMap<String, usize>,
}

impl Reading {
    fn take(&mut self, event: Event<'_>) {
        if let Some(id) = self.headings.take(&event) {
            self.claim(&id);
        }
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.claim(&format!("footnote-{name}"));
            }
            Event::FootnoteReference(name) => self.refer_to_footnote(&name),
            Event::InlineHtml(html) => self.claim_all(&html),
            Event::Html(html) => self.html.push_str(&html),
            Event::End(TagEnd::HtmlBlock) => {
                let html = std::mem::take(&mut self.html);
                self.claim_all(&html);
            }
            _ => {}
        }
    }

    fn refer_to_footnote(&mut self, name: &str) {
        let count = self.footnotes.entry(name.to_owned()).or_default();
        *count += 1;
        let id = format!("fr-{name}-{count}");
        self.claim(&id);
    }

    fn claim_all(&mut self, html: &str) {
        // A listing's figure and an X-ray's have one id, in the first tag; the long rest
        // need not be read.
        let html = match html.split_inclusive('>').next() {
            Some(first) if HAS_ONE_ID.iter().any(|it| first.starts_with(it)) => first,
            _ => html,
        };
        for element in html::elements(html) {
            if let Some(id) = element.attribute("id") {
                self.claim(id);
            }
        }
    }

    fn claim(&mut self, id: &str) {
        if !self.anchors.ids.insert(id.to_owned()) {
            self.anchors.duplicates.insert(id.to_owned());
        }
    }
}
