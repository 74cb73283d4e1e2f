//! What a page wants to run, if the book has it and its owner has agreed.

use super::Runs;
use crate::edited;
use crate::server::Refusal;
use axum::http::StatusCode;
use recording::catalogue::{ExerciseName, ListingName, Settings, nearest};
use serde::Deserialize;
use std::time::Duration;
use study::exercise_check;

/// Names longer than this are nobody's slip.
const LONGEST_NAME: usize = 100;

/// Exactly one of a listing and an exercise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    chapter: String,
    listing: Option<String>,
    /// An edit of the listing; without, it runs as the book has it.
    source: Option<String>,
    exercise: Option<String>,
}

/// What is to run.
pub(super) enum Work {
    Listing(ListingName, Option<String>),
    Exercise(ExerciseName),
}

impl Work {
    /// # Errors
    /// The book has no such thing, or nobody has agreed that code of a reader's
    /// own runs.
    pub(super) fn wanted(runs: &Runs, wanted: Wanted) -> Result<Work, Refusal> {
        let chapter = wanted.chapter;
        match (wanted.listing, wanted.exercise) {
            (Some(name), None) => {
                let listing = find(runs, ListingName { chapter, name })?;
                if let Some(source) = &wanted.source {
                    runs.admit(source)?;
                }
                Ok(Work::Listing(listing, wanted.source))
            }
            (None, Some(name)) if wanted.source.is_none() => {
                let name = runs.exercise(ExerciseName { chapter, name })?;
                runs.admit("")?;
                Ok(Work::Exercise(name))
            }
            _ => {
                let error = "the body is not what it should be: a listing or an exercise runs";
                Err(Refusal::new(StatusCode::BAD_REQUEST, error))
            }
        }
    }

    /// How long it may run, once it is built.
    pub(super) fn limit(&self, runs: &Runs) -> Duration {
        match self {
            Work::Listing(listing, _) => {
                let settings = Settings::read(&runs.root, listing);
                settings.map_or(Duration::ZERO, |it| it.time_limit())
            }
            Work::Exercise(_) => exercise_check::CHECK_LIMIT,
        }
    }

    /// How long its build may take.
    pub(super) fn building(&self) -> Duration {
        match self {
            Work::Listing(_, None) => Duration::ZERO,
            Work::Listing(_, Some(_)) => edited::LONGEST_BUILD,
            Work::Exercise(_) => exercise_check::BUILD_LIMIT,
        }
    }
}

impl Runs {
    /// # Errors
    /// What a reader wrote is too long, or nobody has agreed that it runs.
    pub(crate) fn admit(&self, source: &str) -> Result<(), Refusal> {
        if source.len() > edited::LONGEST {
            let error = format!("an edit may have {} KiB at most", edited::LONGEST >> 10);
            return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, error));
        }
        if self.edits.may_run() {
            return Ok(());
        }
        let error = "edited code runs only after you have agreed to it";
        Err(Refusal::new(StatusCode::FORBIDDEN, error).until_agreed(edited::CONSENT))
    }

    /// The exercise, if there is one of that name.
    ///
    /// # Errors
    /// There is none; the nearest.
    pub(crate) fn exercise(&self, wanted: ExerciseName) -> Result<ExerciseName, Refusal> {
        let shelf = self.shelf.get();
        if shelf.exercises.contains(&wanted) {
            return Ok(wanted);
        }
        let nearest = |wanted: &str| nearest(&shelf.exercises, wanted).map(text_of);
        Err(unknown("exercise", &wanted.to_string(), nearest))
    }
}

fn text_of(name: &impl ToString) -> String {
    name.to_string()
}

/// Looks for the nearest name only if it may be a slip: it takes a time that
/// grows with the name, and everybody waits for it.
fn unknown(what: &str, wanted: &str, nearest: impl FnOnce(&str) -> Option<String>) -> Refusal {
    let is_slip = wanted.len() <= LONGEST_NAME;
    let error = format!("the book has no such {what}");
    let refusal = Refusal::new(StatusCode::NOT_FOUND, error);
    refusal.with_nearest(is_slip.then(|| nearest(wanted)).flatten())
}

fn find(runs: &Runs, wanted: ListingName) -> Result<ListingName, Refusal> {
    let shelf = runs.shelf.get();
    if shelf.listings.contains(&wanted) {
        return Ok(wanted);
    }
    let nearest = |wanted: &str| nearest(&shelf.listings, wanted).map(text_of);
    Err(unknown("listing", &wanted.to_string(), nearest))
}
