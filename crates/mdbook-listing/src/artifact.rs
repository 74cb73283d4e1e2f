//! `{{#artifact chapter8/NAME plot.svg}}`: what a recorded run drew, kept with
//! its recording and put into the page as a figure.

use crate::diagram::{self, Caption, Figure};
use crate::directive::Directive;
use crate::listings::{Listing, Listings};
use crate::page::Page;
use crate::places::Places;
use crate::problems::Problems;
use crate::reading_order::ReadingOrder;
use recording::catalogue::did_you_mean;
use std::path::Path;

/// What a directive asks for.
struct Asked<'a> {
    listing: &'a Listing,
    file: &'a str,
    caption: &'a str,
}

impl<'a> Asked<'a> {
    fn read(directive: &'a Directive, listings: &'a Listings) -> Result<Asked<'a>, String> {
        let (name, rest) = directive.split();
        let (file, caption) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        if file.is_empty() {
            return Err(
                "name the listing and its file: {{#artifact chapter8/NAME plot.svg}}".to_owned(),
            );
        }
        let listing = listings.find(name)?;
        let name = &listing.name;
        if !listing.settings.keep.iter().any(|kept| kept == file) {
            let hint = did_you_mean(&listing.settings.keep, file);
            return Err(match listing.settings.keep[..] {
                [] => format!("{name} keeps no file: its settings have no `keep`"),
                _ => format!("{name} keeps no {file}{hint}"),
            });
        }
        Ok(Asked {
            listing,
            file,
            caption: caption.trim(),
        })
    }
}

/// Where the pages show what runs drew.
#[derive(Default)]
pub(crate) struct Artifacts(Places);

impl Artifacts {
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
        let (name, file) = (&asked.listing.name, asked.file);
        if let Err(message) = directive.must_be_alone(&format!("the artifact {file}")) {
            page.problem(problems, at, message);
        }
        if !order.has_before(page, at, name) {
            let message = format!("{file} must stand after {name}, on the same page");
            page.problem(problems, at, message);
        }
        let what = format!("{file} of {name}");
        self.0.is_first(&what, page, directive, problems);
    }

    /// Notes what is kept and shown on no page.
    pub(crate) fn check(&self, listings: &Listings, problems: &mut Problems) {
        for listing in listings.iter() {
            let name = &listing.name;
            for file in &listing.settings.keep {
                if !self.0.have(&format!("{file} of {name}")) {
                    let message = format!("no page shows {file}, which {name} keeps");
                    problems.add(&name.settings(), None, message);
                }
            }
        }
    }
}

/// The figure; nothing if the directive was refused already,
/// or if there is no such file, which is a fault of its listing. `caption`
/// renders a caption's text.
///
/// # Errors
/// It is no SVG that everybody can read, as [`diagram::checked`] says.
pub(crate) fn figure(
    page: &Page,
    directive: &Directive,
    listings: &Listings,
    caption: impl FnOnce(&str) -> Result<String, String>,
) -> Result<Option<Figure>, Vec<String>> {
    let Ok(asked) = Asked::read(directive, listings) else {
        return Ok(None);
    };
    let Some(svg) = asked.listing.kept.get(asked.file) else {
        return Ok(None);
    };
    let stem = asked.file.strip_suffix(".svg").unwrap_or(asked.file);
    let path = asked.listing.name.kept(asked.file);
    let drawing = diagram::checked(svg, &path.to_string_lossy(), stem)?;
    let caption = Caption {
        html: caption(asked.caption).map_err(|fault| vec![fault])?,
        markdown: asked.caption.to_owned(),
    };
    let attributes = format!(" data-artifact=\"{}\"", asked.file);
    // It lies outside of the folder of the pages.
    let below = page.file.parent().map_or(0, |it| it.components().count());
    let file = Path::new(&"../".repeat(below)).join(path);
    Ok(Some(drawing.figure(file, &attributes, caption)))
}
