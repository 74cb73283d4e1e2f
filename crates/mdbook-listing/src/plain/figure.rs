//! A listing: its number, caption and path, its code, and what it said when it was
//! recorded.

use super::markdown::{anchor, code, fence};
use super::output;
use crate::listings::Listing;
use crate::reading_order::ShownListing;

/// The listing with its caption, in Markdown.
pub(crate) fn figure(shown: &ShownListing, caption: &str, listing: &Listing) -> String {
    let name = &listing.name;
    let language = if name.is_python() { "python" } else { "rust" };
    let path = code(&name.source().to_string_lossy());
    let title = format!(
        "{}**Listing {}.** {caption} {path}",
        anchor(&shown.id()),
        shown.number
    );
    let source = fence(language, &listing.source);
    let output = (listing.recording.as_ref())
        .map(|recording| output::output(recording, &listing.settings, &name.command()));
    let parts = [Some(title), Some(source), output];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}
