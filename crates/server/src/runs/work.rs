//! What a page wants to run, if the book has it and the reader has agreed.

use super::register::Runs;
use crate::http::Refusal;
use axum::http::StatusCode;
use recording::catalogue::{ExerciseName, ListingName, Settings};
use serde::Deserialize;
use std::time::Duration;
use study::exercise_check;

/// Exactly one of a listing and an exercise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    chapter: String,
    listing: Option<String>,
    /// An edit of the listing; without, it runs as the book has it.
    source: Option<String>,
    /// Whether the listing is traced.
    #[serde(default)]
    xray: bool,
    /// Which row of its X-ray is to be opened in the end, by what it shows.
    opens: Option<String>,
    exercise: Option<String>,
}

/// What is to run.
pub(super) enum Work {
    Listing {
        name: ListingName,
        /// Its source as the reader has edited it, if they did.
        edit: Option<String>,
        traced: bool,
        opens: Option<String>,
    },
    Exercise(ExerciseName),
}

impl Work {
    /// What the page's words mean.
    ///
    /// # Errors
    /// The book has no such thing, or nobody has agreed that code of a reader's
    /// own runs.
    pub(super) fn wanted(runs: &Runs, wanted: Wanted) -> Result<Work, Refusal> {
        let runnable = runs.book.runnable.get();
        let chapter = wanted.chapter;
        match (wanted.listing, wanted.exercise) {
            (Some(name), None) => {
                let name = runnable.listing(ListingName { chapter, name })?;
                if let Some(source) = &wanted.source {
                    runs.edits.allow(&name)?;
                    runs.edits.admit(source)?;
                }
                Ok(Work::Listing {
                    name,
                    edit: wanted.source,
                    traced: wanted.xray,
                    opens: wanted.opens,
                })
            }
            (None, Some(name)) if wanted.source.is_none() && !wanted.xray => {
                let name = runnable.exercise(ExerciseName { chapter, name })?;
                runs.edits.require_source("Check")?;
                runs.edits.require_consent()?;
                Ok(Work::Exercise(name))
            }
            _ => {
                let error = "the body is not what it should be: a listing or an exercise runs";
                Err(Refusal::new(StatusCode::BAD_REQUEST, error))
            }
        }
    }

    /// Whether its chapter's own program runs, or runs what was edited: Cargo makes
    /// another one of an edit in Rust, and of a check.
    pub(super) fn needs_its_chapter(&self) -> bool {
        match self {
            Work::Listing { name, edit, .. } => edit.is_none() || name.is_python(),
            Work::Exercise(_) => false,
        }
    }

    /// How long the work may take, once it is built.
    pub(super) fn run_limit(&self, runs: &Runs) -> Duration {
        match self {
            Work::Listing { name, .. } => {
                let settings = Settings::read(&runs.book.root, name);
                settings.map_or(Duration::ZERO, |it| it.time_limit())
            }
            Work::Exercise(_) => exercise_check::CHECK_LIMIT,
        }
    }
}
