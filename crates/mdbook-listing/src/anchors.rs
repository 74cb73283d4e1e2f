//! The ids of a page: where a link can lead.

use crate::heading_ids::HeadingIds;
use crate::html;
use mdbook_markdown::pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeSet, HashMap};

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
    /// The text so far of the heading that is open, if it has no id of its own.
    heading: Option<String>,
    /// Ids that headings got from their text.
    from_text: HeadingIds,
    html: String,
    images: usize,
    /// For each footnote its number and how often it was referred to.
    footnotes: HashMap<String, (usize, usize)>,
}

impl Reading {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => self.claim(&id),
            Event::Start(Tag::Heading { .. } | Tag::DefinitionListTitle) => {
                self.heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => self.end_heading(),
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.claim(&format!("footnote-{name}"));
            }
            Event::FootnoteReference(name) => self.refer_to_footnote(&name),
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images -= 1,
            Event::Text(text) | Event::Code(text) => self.add(&text),
            Event::SoftBreak => self.add("\n"),
            Event::InlineHtml(html) => self.claim_all(&html),
            Event::Html(html) => self.html.push_str(&html),
            Event::End(TagEnd::HtmlBlock) => {
                let html = std::mem::take(&mut self.html);
                self.claim_all(&html);
            }
            _ => {}
        }
    }

    /// An image's text is no part of the heading that it stands in.
    fn add(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading
            && self.images == 0
        {
            heading.push_str(text);
        }
    }

    fn end_heading(&mut self) {
        if let Some(text) = self.heading.take() {
            let id = self.from_text.next(&text);
            self.claim(&id);
        }
    }

    fn refer_to_footnote(&mut self, name: &str) {
        let next = self.footnotes.len() + 1;
        let (number, count) = self.footnotes.entry(name.to_owned()).or_insert((next, 0));
        *count += 1;
        let (number, count) = (*number, *count);
        self.claim(&format!("fr-{name}-{count}"));
        self.add(&number.to_string());
    }

    fn claim_all(&mut self, html: &str) {
        // A listing's figure has one id, in its first tag; the long rest need not
        // be read.
        let html = match html.split_inclusive('>').next() {
            Some(first) if first.starts_with("<figure class=\"listing\" ") => first,
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
