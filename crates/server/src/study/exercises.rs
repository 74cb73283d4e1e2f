//! The reader's own file of an exercise, as the page reads and writes it.

use crate::edited::{Edits, MAX_BODY_BYTES};
use crate::http::{Nothing, Refusal, blocking, json};
use crate::live::Book;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use recording::catalogue::{Exercise, ExerciseName, read_text};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use study::{give_back, lock_exercises, replace};

pub(super) fn routes(book: Arc<Book>, edits: Arc<Edits>) -> Router {
    Router::new()
        .route("/exercises/{chapter}/{name}", get(read).post(write))
        .route("/exercises/{chapter}/{name}/reset", post(reset))
        .with_state(Study { book, edits })
}

#[derive(Clone)]
struct Study {
    book: Arc<Book>,
    edits: Arc<Edits>,
}

/// The reader's file.
#[derive(Serialize)]
struct OwnFile {
    /// What the book gives, as long as there is no file.
    source: String,
    /// A hash of `source`. The page sends it back with what it writes, so that a
    /// change that was made elsewhere meanwhile is not overwritten.
    version: String,
    /// Whether the file differs from the one that the book gives.
    begun: bool,
    /// The file as the book gives it.
    given: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    source: String,
    /// The version of the file that the page has read.
    version: String,
}

/// The answer if the file has changed since the page read it.
#[derive(Serialize)]
struct Changed {
    error: &'static str,
    #[serde(flatten)]
    own: OwnFile,
}

type Named = Path<(String, String)>;

async fn read(State(study): State<Study>, named: Named) -> Result<Response, Refusal> {
    let own = of(&study, named, |book, exercise| OwnFile::of(book, &exercise)).await?;
    Ok(Json(own).into_response())
}

async fn write(
    State(study): State<Study>,
    named: Named,
    request: Request,
) -> Result<Response, Refusal> {
    let written: Written = json(request, MAX_BODY_BYTES).await?;
    // Once it is saved, a check may run it.
    study.edits.admit(&written.source)?;
    let done = of(&study, named, move |book, exercise| {
        // What is compared and then written must not change between.
        let _locked = lock_exercises(&book.root)?;
        let now = OwnFile::of(book, &exercise)?;
        if now.version != written.version {
            return Ok(Err(now));
        }
        let path = book.root.join(exercise.name.file());
        replace(&path, written.source.as_bytes())?;
        // The file is written, even if this cannot be noted.
        let _ = book
            .progress
            .change(|progress| progress.study(&exercise.name));
        OwnFile::of(book, &exercise).map(Ok)
    });
    Ok(match done.await? {
        Ok(own) => Json(own).into_response(),
        Err(own) => {
            let error = "the file has changed on disk";
            (StatusCode::CONFLICT, Json(Changed { error, own })).into_response()
        }
    })
}

async fn reset(
    State(study): State<Study>,
    named: Named,
    request: Request,
) -> Result<Response, Refusal> {
    let Nothing {} = json(request, MAX_BODY_BYTES).await?;
    let done = of(&study, named, |book, exercise| {
        give_back(&book.root, &exercise, &book.progress)?;
        OwnFile::of(book, &exercise)
    });
    Ok(Json(done.await?).into_response())
}

impl OwnFile {
    fn of(book: &Book, exercise: &Exercise) -> anyhow::Result<OwnFile> {
        let path = exercise.name.checked(&book.root);
        let source = read_text(&book.root, &path)?;
        let hash = Sha256::digest(source.as_bytes());
        Ok(OwnFile {
            version: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            begun: source != exercise.given,
            given: exercise.given.clone(),
            source,
        })
    }
}

/// Does something with an exercise, in a thread that may wait.
async fn of<T: Send + 'static>(
    study: &Study,
    Path((chapter, name)): Named,
    act: impl FnOnce(&Book, Exercise) -> anyhow::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    study.edits.require_source("An exercise")?;
    let runnable = study.book.runnable.get();
    let name = runnable.exercise(ExerciseName { chapter, name })?;
    let book = Arc::clone(&study.book);
    blocking(move || act(&book, Exercise::read(&book.root, name)?)).await
}
