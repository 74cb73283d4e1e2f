//! A box in the page with sentences of the notes, each judged, and with a link
//! to where the book shows that it is so.

use crate::escape::escape;
use crate::inline;
use crate::notes::Notes;
use crate::page::Page;
use crate::reading_order::ReadingOrder;
use mdbook_markdown::pulldown_cmark::Options;
use recording::catalogue::did_you_mean;
use serde::Deserialize;
use std::path::Path;
use toml::Spanned;

/// What a `notes` fence holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quotations {
    #[serde(rename = "sentence")]
    sentences: Vec<Quotation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quotation {
    /// One sentence of the notes, or more, in their own Markdown.
    quote: Spanned<String>,
    verdict: Verdict,
    /// Where the book shows it, from the folder of the pages on:
    /// `chapter0-kitchen/index.md#one-process`.
    shown: Spanned<String>,
}

/// A sentence of the notes in a page.
pub(crate) struct Judged {
    /// In the notes' own Markdown.
    pub(crate) quote: String,
    mark: char,
    pub(crate) verdict: &'static str,
    /// What shows it, in words.
    pub(crate) place: String,
    pub(crate) link: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    True,
    Nearly,
    No,
}

impl Quotations {
    /// # Errors
    /// The text is no such list. The message says why; the number is the place in
    /// the text.
    pub(crate) fn parse(text: &str) -> Result<Quotations, (usize, String)> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let message = format!("this quotation cannot be read: {}", error.message());
            (at, message)
        })
    }

    /// Each quotation that the notes do not have, and each place that is no
    /// place of a page of the book, with its place in the text. The page's anchor
    /// is checked with all links.
    pub(crate) fn faults(&self, notes: &Notes, pages: &[Page]) -> Vec<(usize, String)> {
        let mut faults = Vec::new();
        for Quotation { quote, shown, .. } in &self.sentences {
            if !notes.have(quote.as_ref()) {
                let nearest = notes.nearest(quote.as_ref());
                let message =
                    format!("the notes have no such sentence; the nearest is \"{nearest}\"");
                faults.push((quote.span().start, message));
            }
            if let Err(message) = page_of(shown.as_ref(), pages) {
                faults.push((shown.span().start, message));
            }
        }
        faults
    }

    /// The links in it to pages that are there, as they stand in a page, with
    /// their places in the fence.
    pub(crate) fn links(
        &self,
        page: &Page,
        pages: &[Page],
    ) -> impl Iterator<Item = (usize, String)> {
        let shown = self.sentences.iter().map(|sentence| &sentence.shown);
        let shown = shown.filter(|shown| page_of(shown.as_ref(), pages).is_ok());
        shown.map(|shown| (shown.span().start, page.link_to(shown.as_ref())))
    }

    /// The sentences as a page has them.
    ///
    /// # Errors
    /// There is no page at a link.
    pub(crate) fn judged(
        &self,
        page: &Page,
        pages: &[Page],
        order: &ReadingOrder,
    ) -> Result<Vec<Judged>, String> {
        let judged = |sentence: &Quotation| {
            let shown = sentence.shown.as_ref();
            let place = match shown.split_once('#').and_then(|(_, id)| order.with_id(id)) {
                Some(listing) => format!("Listing {}", listing.number),
                None => page_of(shown, pages)?.title.clone(),
            };
            let (mark, verdict) = sentence.verdict.sign();
            Ok(Judged {
                quote: sentence.quote.as_ref().clone(),
                mark,
                verdict,
                place,
                link: page.link_to(shown),
            })
        };
        self.sentences.iter().map(judged).collect()
    }

    /// The box as one HTML block, for that page.
    ///
    /// # Errors
    /// A quotation holds more than text, or there is no page at its link.
    pub(crate) fn aside(
        &self,
        page: &Page,
        pages: &[Page],
        order: &ReadingOrder,
        options: Options,
    ) -> Result<String, String> {
        let mut items = String::new();
        for it in self.judged(page, pages, order)? {
            // A link in the notes leads to a place in the notes.
            let quote = inline::unlinked(&it.quote, options)?;
            let (mark, word) = (it.mark, it.verdict);
            items.push_str(&format!(
                "<li class=\"{word}\">\n<blockquote><p>{quote}</p></blockquote>\n\
                 <p><strong><span aria-hidden=\"true\">{mark}</span> {word}</strong>, shown in \
                 <a href=\"{}\">{}</a></p>\n</li>\n",
                escape(&it.link),
                escape(&it.place)
            ));
        }
        Ok(format!(
            "<aside class=\"notes\" aria-labelledby=\"from-the-notes\">\n\
             <p class=\"kind\" id=\"from-the-notes\">From the notes</p>\n\
             <ul>\n{items}</ul>\n</aside>"
        ))
    }
}

impl Verdict {
    /// A mark and a word, so that nobody needs the colour.
    fn sign(self) -> (char, &'static str) {
        match self {
            Verdict::True => ('✓', "true"),
            Verdict::Nearly => ('≈', "nearly"),
            Verdict::No => ('✗', "no"),
        }
    }
}

/// The page that a place is on.
fn page_of<'a>(shown: &str, pages: &'a [Page]) -> Result<&'a Page, String> {
    let is_whole = |(path, id): &(&str, &str)| !path.is_empty() && !id.is_empty();
    let Some((path, _)) = shown.split_once('#').filter(is_whole) else {
        return Err(format!(
            "`{shown}` is no place on a page: write chapter5-pipes/index.md#ANCHOR"
        ));
    };
    let mut there = pages.iter();
    there
        .find(|page| page.path == Path::new(path))
        .ok_or_else(|| {
            let names = pages.iter().map(|page| page.path.display());
            format!("there is no page {path}{}", did_you_mean(names, path))
        })
}
