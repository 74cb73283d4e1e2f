//! `{{#xray chapter5/grandchild [sleep holds] A caption}}`: the X-ray of a recorded
//! run, opened at the row that shows what stands in the brackets. Without them
//! the run says itself at which row.

use crate::directive::Directive;
use crate::escape::{escape, json};
use crate::listings::{Listing, Listings};
use crate::page::Page;
use crate::places::Places;
use crate::plain;
use crate::problems::Problems;
use crate::reading_order::ReadingOrder;
use xray::html;

/// What a directive asks for.
struct Asked<'a> {
    listing: &'a Listing,
    /// What the row shows at which it opens.
    shows: Option<&'a str>,
    caption: &'a str,
}

impl<'a> Asked<'a> {
    fn read(directive: &'a Directive, listings: &'a Listings) -> Result<Asked<'a>, String> {
        let (name, rest) = directive.split();
        let listing = listings.find(name)?;
        listing.must_be_xrayed()?;
        let name = &listing.name;
        let (shows, caption) = match rest.strip_prefix('[').map(|rest| rest.split_once(']')) {
            Some(Some((shows, caption))) => (Some(shows.trim()), caption.trim()),
            Some(None) => return Err("this `[` has no `]`".to_owned()),
            None => (None, rest),
        };
        if caption.is_empty() {
            return Err(format!("say in a caption what the X-ray of {name} shows"));
        }
        Ok(Asked {
            listing,
            shows,
            caption,
        })
    }
}

/// Where the pages show X-rays.
#[derive(Default)]
pub(crate) struct Xrays(Places);

impl Xrays {
    /// Adds what the next directive shows, and notes why it cannot stand there.
    pub(crate) fn add(
        &mut self,
        page: &Page,
        directive: &Directive,
        listings: &Listings,
        order: &ReadingOrder,
        problems: &mut Problems,
    ) {
        let at = directive.range.start;
        let asked = match Asked::read(directive, listings) {
            Ok(asked) => asked,
            Err(message) => return page.problem(problems, at, message),
        };
        let name = &asked.listing.name;
        if let Err(message) = directive.must_be_alone("an X-ray") {
            page.problem(problems, at, message);
        }
        if !order.has_before(page, at, name) {
            let message = format!("the X-ray of {name} must stand after it, on the same page");
            page.problem(problems, at, message);
        }
        let what = format!("the X-ray of {name}");
        self.0.is_first(&what, page, directive, problems);
    }

    /// Notes X-rays that are kept and shown on no page.
    pub(crate) fn check(&self, listings: &Listings, problems: &mut Problems) {
        for listing in listings.iter().filter(|listing| listing.settings.xray) {
            let name = &listing.name;
            if !self.0.have(&format!("the X-ray of {name}")) {
                let message = format!("no page shows the X-ray of {name}");
                problems.add(&name.settings(), None, message);
            }
        }
    }
}

/// The figure, as one HTML block, or `is_plain` in Markdown; nothing if the directive was
/// refused already, or if there is no X-ray, which is a fault of its listing. `caption`
/// renders a caption's text.
///
/// # Errors
/// No row shows what it should open at.
pub(crate) fn figure(
    directive: &Directive,
    listings: &Listings,
    is_plain: bool,
    caption: impl FnOnce(&str) -> Result<String, String>,
) -> Result<Option<String>, String> {
    let Ok(asked) = Asked::read(directive, listings) else {
        return Ok(None);
    };
    let Some(xray) = asked.listing.traced()? else {
        return Ok(None);
    };
    let name = &asked.listing.name;
    let open = xray.opening(asked.shows)?;
    let id = format!("xray-{}-{}", name.chapter, name.name.replace('.', "-"));
    let id = escape(&id);
    let text = caption(asked.caption)?;
    if is_plain {
        return Ok(Some(plain::xray(&id, &xray, open, asked.caption)));
    }
    let rows = json(&xray.rows())?;
    let table = html::table(&xray, open);
    // The page asks it of a run, too.
    let shows = asked.shows.map_or(String::new(), |shows| {
        format!(" data-shows=\"{}\"", escape(shows))
    });
    Ok(Some(format!(
        "<figure class=\"xray\" id=\"{id}\" data-xray=\"{name}\" data-open=\"{open}\"{shows}>\n\
         <figcaption>{text}</figcaption>\n\
         <script type=\"application/json\" class=\"xray-rows\">{rows}</script>\n\
         <div class=\"xray-table\">{table}</div>\n</figure>"
    )))
}
