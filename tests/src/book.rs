//! The book under test: its listings, and its chapters' binaries, built once.

use anyhow::bail;
use recording::catalogue::{ListingName, Settings};
use recording::{Event, Recording};
use run::Rerun;
use run::chapters::Chapters;
use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

/// The checkout.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("tests/ lies in the checkout")
        .to_owned()
}

/// Every binary of the workspace. `cargo test` builds none of them for a test
/// of another package, so this does, once in a test program.
///
/// # Panics
/// The workspace does not compile.
pub fn chapters() -> &'static Chapters {
    static CHAPTERS: LazyLock<Result<Chapters, String>> =
        LazyLock::new(|| Chapters::build_all(&root()).map_err(|error| format!("{error:#}")));
    // Each test that needs them says so, not only the first.
    (CHAPTERS.as_ref()).unwrap_or_else(|error| panic!("building the workspace: {error}"))
}

/// Every listing of the book.
///
/// # Panics
/// The checkout cannot be read.
pub fn listings() -> Vec<ListingName> {
    let listings = ListingName::all(&root()).expect("the checkout can be read");
    assert!(!listings.is_empty(), "the book has listings");
    listings
}

/// Every listing, the longest run first: begun last, it would be waited for
/// alone.
pub fn longest_first() -> Vec<ListingName> {
    let mut listings = listings();
    let duration = |listing: &_| Duration::from_secs_f64(recorded_seconds(listing));
    listings.sort_by_cached_key(|listing| Reverse(duration(listing)));
    listings
}

/// How long a listing's recorded run took. One that cannot be read is told by its
/// test.
pub fn recorded_seconds(listing: &ListingName) -> f64 {
    let recording = Recording::read(&root(), listing);
    let events = recording.map(|it| it.events).unwrap_or_default();
    events.last().map_or(0.0, |end| end.t)
}

/// The settings of a listing.
///
/// # Panics
/// The file cannot be read.
pub fn settings(listing: &ListingName) -> Settings {
    Settings::read(&root(), listing).unwrap_or_else(|error| panic!("{error:#}"))
}

/// Whether a run here must print what the listing's recording shows: it was
/// made on this platform, or the listing is marked portable. Also where the
/// recording cannot be read: so its test fails, and is not skipped.
pub fn is_compared_here(listing: &ListingName) -> bool {
    let recording = Recording::read(&root(), listing);
    settings(listing).portable || recording.map_or(true, |recording| recording.platform.is_here())
}

/// The events of a new run of a listing.
///
/// # Errors
/// It is not as recorded; what differs.
pub fn rerun(listing: &ListingName) -> anyhow::Result<Vec<Event>> {
    match Rerun::of(&root(), chapters(), listing)? {
        Rerun::AsRecorded(events) => Ok(events),
        Rerun::NotCompared(why) => bail!("not compared: {why}"),
        Rerun::Differs(differences) => {
            bail!("{differences}\nif this run is right, `cargo run -- record {listing}` keeps it")
        }
    }
}
