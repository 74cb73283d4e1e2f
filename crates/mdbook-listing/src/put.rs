//! What is put into a page, as the edition has it.

use crate::book::Book;
use crate::diagram::Figure;
use crate::directive::Directive;
use crate::edition::Edition;
use crate::expanded::Expanded;
use crate::page::Page;
use crate::plain::{self, Answer};
use crate::replacement::Replacement;
use std::ops::Range;

impl Book<'_> {
    pub(crate) fn is_plain(&self) -> bool {
        self.edition == Edition::Plain
    }

    /// A block in the place of a directive: HTML, or in a plain book Markdown.
    pub(crate) fn block(&self, directive: &Directive, text: &str) -> Replacement {
        self.put(directive.range.clone(), text)
    }

    /// The same in the place of what stands there.
    pub(crate) fn put(&self, range: Range<usize>, text: &str) -> Replacement {
        match self.is_plain() {
            true => Replacement::block(range, &plain::inert(text)),
            false => Replacement::block(range, text),
        }
    }

    /// A drawing in the place of a directive.
    pub(crate) fn drawn(
        &self,
        directive: &Directive,
        figure: Figure,
        expanded: &mut Expanded,
    ) -> Replacement {
        if self.is_plain() {
            let image = plain::drawing(&figure.file, &figure.svg, &figure.caption);
            return self.block(directive, &image);
        }
        let links = figure.links.into_iter();
        let at = directive.range.start;
        expanded.links.extend(links.map(|link| (at, link)));
        self.block(directive, &figure.html)
    }

    /// The answer, yet to be said, to what stands there and has the id `of`.
    pub(crate) fn answer_of(
        &self,
        place: (&Page, usize),
        expanded: &Expanded,
        title: String,
        of: String,
    ) -> Answer {
        Answer::of(place, self.pages, &expanded.answers, title, of)
    }
}
