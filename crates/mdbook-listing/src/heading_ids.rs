//! The ids that mdBook gives to headings, and to the titles of definitions.

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashSet;

/// Those of a page, as its events come.
#[derive(Default)]
pub(crate) struct HeadingIds {
    /// Those that were made of a text.
    made: HashSet<String>,
    /// The text so far of the heading that is open, and the id that it says itself.
    text: Option<String>,
    own: Option<String>,
    images: usize,
    /// The footnotes that were referred to: each has the number of its place.
    footnotes: Vec<String>,
}

impl HeadingIds {
    /// Reads the next event. At the end of a heading, or of a definition's title: its id.
    pub(crate) fn take(&mut self, event: &Event<'_>) -> Option<String> {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                self.text = Some(String::new());
                self.own = id.as_ref().map(ToString::to_string);
            }
            Event::Start(Tag::DefinitionListTitle) => self.text = Some(String::new()),
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                let text = self.text.take()?;
                return Some(self.own.take().unwrap_or_else(|| self.id_of(&text)));
            }
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images -= 1,
            Event::Text(text) | Event::Code(text) => self.add(text),
            Event::SoftBreak => self.add("\n"),
            Event::FootnoteReference(name) => {
                let number = self.number(name);
                self.add(&number.to_string());
            }
            _ => {}
        }
        None
    }

    /// An image's text is no part of the heading that it stands in.
    fn add(&mut self, text: &str) {
        if let Some(heading) = &mut self.text
            && self.images == 0
        {
            heading.push_str(text);
        }
    }

    fn number(&mut self, footnote: &str) -> usize {
        let known = self.footnotes.iter().position(|it| it == footnote);
        let at = known.unwrap_or_else(|| {
            self.footnotes.push(footnote.to_owned());
            self.footnotes.len() - 1
        });
        at + 1
    }

    /// The id of the next heading with that text, as mdBook 0.5 makes it (`mdbook-html`,
    /// `id_from_content` and `unique_id`); a test compares the two.
    fn id_of(&mut self, text: &str) -> String {
        let letter = |c: char| match c {
            c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
            c if c.is_whitespace() => Some('-'),
            _ => None,
        };
        let lower = text.trim().to_lowercase();
        let id: String = lower.chars().filter_map(letter).collect();
        let mut free = id.clone();
        let mut number = 0;
        while self.made.contains(&free) {
            number += 1;
            free = format!("{id}-{number}");
        }
        self.made.insert(free.clone());
        free
    }
}
