//! Cargo, compiling a chapter's copy.

use super::chapter::ChapterCopy;
use recording::catalogue::ListingName;
use run::Bounds;
use run::cargo::{Build, cargo};
use std::path::Path;
use std::time::Duration;

/// How long an edit's build may take.
pub(crate) const BUILD_LIMIT: Duration = Duration::from_secs(120);

/// The build of a copy, into the book's own target folder. It asks nobody on
/// the network: what a chapter is made of is there.
pub(super) fn of_copy(copy: &ChapterCopy, listing: &ListingName, target: &Path) -> Build {
    let start = cargo(&copy.folder, "build")
        .argument("--offline")
        .argument("--bin")
        .argument(&copy.binary)
        .argument("--target-dir")
        .argument(target)
        .time_limit(BUILD_LIMIT)
        .bounds(Bounds::of_a_build());
    Build {
        start,
        target: copy.binary.clone(),
        file: listing.source().display().to_string(),
    }
}
