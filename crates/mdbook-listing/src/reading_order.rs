//! Which page shows which listing, and the number that it has there.

use crate::directive::Directive;
use crate::listings::Listings;
use crate::page::Page;
use crate::places::Places;
use crate::problems::Problems;
use recording::catalogue::ListingName;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The shown listings, in reading order.
#[derive(Default)]
pub(crate) struct ReadingOrder {
    shown: Vec<ShownListing>,
    places: Places,
    /// What a chapter's numbers begin with, and how many it has so far.
    of_chapter: BTreeMap<String, (String, usize)>,
}

/// A listing as a page shows it.
#[derive(Clone, Debug)]
pub(crate) struct ShownListing {
    pub(crate) name: ListingName,
    /// `5-1`
    pub(crate) number: String,
    /// The page's path, as links name it.
    page: PathBuf,
    /// The page's file, as messages name it.
    file: PathBuf,
    line: usize,
    /// Where its directive begins in the page's source.
    pub(crate) at: usize,
}

impl ReadingOrder {
    /// Adds what the next directive shows, and notes why it cannot stand there.
    pub(crate) fn add(
        &mut self,
        page: &Page,
        directive: &Directive,
        listings: &Listings,
        problems: &mut Problems,
    ) {
        let at = directive.range.start;
        let (name, caption) = directive.split();
        if name.is_empty() {
            let message = "name the listing: {{#listing chapter5/word_count What it shows}}";
            return page.problem(problems, at, message);
        }
        let name = match listings.find(name) {
            Ok(listing) => &listing.name,
            Err(message) => return page.problem(problems, at, message),
        };
        if caption.is_empty() {
            let message = format!("{name} needs a caption: {{{{#listing {name} What it shows}}}}");
            page.problem(problems, at, message);
        }
        if let Err(message) = directive.must_be_alone(&format!("the listing {name}")) {
            page.problem(problems, at, message);
        }
        let places = &mut self.places;
        if !places.is_first(&name.to_string(), page, directive, problems) {
            return;
        }
        let number = self.next_number(&name.chapter);
        self.shown.push(ShownListing {
            name: name.clone(),
            number,
            page: page.path.clone(),
            file: page.file.clone(),
            line: page.line(at),
            at,
        });
    }

    /// Notes listings that no page shows, and those that a page cannot show as
    /// they are, each where it is shown.
    pub(crate) fn check(&self, listings: &Listings, problems: &mut Problems) {
        for listing in listings.iter() {
            let name = &listing.name;
            let shown = self.get(name);
            let source = name.source();
            let (file, line): (&Path, _) = match shown {
                Some(shown) => (&shown.file, Some(shown.line)),
                None => (&source, None),
            };
            if shown.is_none() {
                problems.add(file, None, format!("no page shows the listing {name}"));
            }
            for fault in &listing.faults {
                problems.add(file, line, fault);
            }
        }
    }

    pub(crate) fn get(&self, name: &ListingName) -> Option<&ShownListing> {
        self.shown.iter().find(|shown| shown.name == *name)
    }

    /// Whether a page shows the listing before that place.
    pub(crate) fn has_before(&self, page: &Page, at: usize, name: &ListingName) -> bool {
        let shown = self.get(name);
        shown.is_some_and(|shown| shown.is_on(page) && shown.at < at)
    }

    /// The listing whose figure has that id.
    pub(crate) fn with_id(&self, id: &str) -> Option<&ShownListing> {
        self.shown.iter().find(|shown| shown.id() == id)
    }

    /// What a chapter's numbers begin with: `5` in `5-1`.
    pub(crate) fn series<'a>(&'a self, chapter: &'a str) -> &'a str {
        let digits = chapter.strip_prefix("chapter").unwrap_or(chapter);
        let series = self.of_chapter.get(chapter);
        series.map_or(digits, |(series, _)| series)
    }

    /// `chapter5` has 5-1, 5-2 and so on, whatever page they stand on. What is
    /// no chapter is an appendix: the first that is shown has A-1.
    fn next_number(&mut self, chapter: &str) -> String {
        let appendices = self.of_chapter.keys();
        let appendices = appendices.filter(|name| !name.starts_with("chapter"));
        let letter = (b'A'..=b'Z').nth(appendices.count()).map(char::from);
        let digits = chapter.strip_prefix("chapter").map(str::to_owned);
        let first = digits.or(letter.map(String::from));
        let (series, count) = (self.of_chapter.entry(chapter.to_owned()))
            .or_insert_with(|| (first.unwrap_or_else(|| chapter.to_owned()), 0));
        *count += 1;
        format!("{series}-{count}")
    }
}

impl ShownListing {
    /// The id of its figure: `listing-chapter5-word_count`.
    pub(crate) fn id(&self) -> String {
        format!("listing-{}-{}", self.name.chapter, self.name.name)
    }

    pub(crate) fn is_on(&self, page: &Page) -> bool {
        self.page == page.path
    }

    /// Whether it is the directive at that place of that page that shows it.
    pub(crate) fn is_at(&self, page: &Page, at: usize) -> bool {
        self.is_on(page) && self.at == at
    }

    /// A link to it from a page, in Markdown.
    pub(crate) fn link_from(&self, page: &Page) -> String {
        let own = self.page.to_string_lossy().replace('\\', "/");
        let link = page.link_to(&format!("{own}#{}", self.id()));
        format!("[Listing {}](<{link}>)", self.number)
    }
}
