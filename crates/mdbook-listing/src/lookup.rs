//! Tables of symptoms, `<div class="lookup symptoms">`: each row gets an id, so that
//! a link, and the search, lead to the row and not to the table.

use crate::replacement::Replacement;
use mdbook_markdown::pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// What stands before such a table.
const SYMPTOMS: &str = "<div class=\"lookup symptoms\"";

/// As many words of a row's first cell as its id has.
const WORDS: usize = 8;

/// An element with an id for each row of such tables, at the start of its first cell.
pub(crate) fn ids(source: &str, options: Options) -> Vec<Replacement> {
    let mut reading = Reading::default();
    // Most pages have none, and need not be parsed.
    if !source.contains(SYMPTOMS) {
        return reading.ids;
    }
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reading.take(&event, range);
    }
    reading.ids
}

#[derive(Default)]
struct Reading {
    ids: Vec<Replacement>,
    taken: BTreeSet<String>,
    is_symptoms: bool,
    /// The row's first cell has not ended yet.
    is_first: bool,
    /// Where the text of the first cell begins, and its words so far.
    cell: Option<(usize, String)>,
}

impl Reading {
    fn take(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Html(html) if html.contains("</div>") => self.is_symptoms = false,
            Event::Html(html) if html.contains(SYMPTOMS) => self.is_symptoms = true,
            Event::Start(Tag::TableRow) => self.is_first = self.is_symptoms,
            Event::End(TagEnd::TableCell) if self.is_first => self.end_cell(),
            Event::Start(Tag::TableCell) => {}
            _ if self.is_first => {
                let (_, words) = self.cell.get_or_insert((range.start, String::new()));
                if let Event::Text(text) | Event::Code(text) = event {
                    words.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        self.is_first = false;
        let Some((start, text)) = self.cell.take() else {
            return;
        };
        let words = text.to_lowercase();
        let words = words.split(|c: char| !c.is_alphanumeric());
        let words: Vec<_> = words.filter(|word| !word.is_empty()).take(WORDS).collect();
        let id = format!("row-{}", words.join("-"));
        let numbered = (2..).map(|number| format!("{id}-{number}"));
        let mut candidates = std::iter::once(id.clone()).chain(numbered);
        let free = candidates.find(|id| self.taken.insert(id.clone()));
        let mark = free.map(|id| format!("<span id=\"{id}\"></span>"));
        self.ids
            .extend(mark.map(|mark| Replacement::words(start..start, mark)));
    }
}
