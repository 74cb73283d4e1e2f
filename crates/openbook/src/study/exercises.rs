//! The reader's own file of an exercise, as the page reads and writes it.

use crate::edited;
use crate::runs::Runs;
use crate::server::{Nothing, Refusal, Server, json};
use anyhow::Context;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use recording::catalogue::{Exercise, ExerciseName};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::sync::Arc;
use study::{give_back, lock_exercises, replace};
use tokio::task::spawn_blocking;

/// The longest request: JSON writes each line's end and each quotation mark as
/// two bytes.
const LONGEST: usize = 16 * 1024 + 2 * edited::LONGEST;

pub(super) fn routes() -> Router<Arc<Server>> {
    Router::new()
        .route("/exercises/{chapter}/{name}", get(read).post(write))
        .route("/exercises/{chapter}/{name}/reset", post(reset))
}

/// A file, and what tells it from what it was or will be.
#[derive(Serialize)]
struct Own {
    source: String,
    version: String,
    /// It is not as the book gives it.
    begun: bool,
    /// How the book gives it.
    given: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    source: String,
    /// Of the file that the page has read.
    version: String,
}

/// The file is another by now.
#[derive(Serialize)]
struct Changed {
    error: &'static str,
    #[serde(flatten)]
    own: Own,
}

type Named = Path<(String, String)>;

async fn read(State(server): State<Arc<Server>>, named: Named) -> Result<Response, Refusal> {
    let own = of(&server, named, |runs, exercise| Own::of(runs, &exercise)).await?;
    Ok(Json(own).into_response())
}

async fn write(
    State(server): State<Arc<Server>>,
    named: Named,
    request: Request,
) -> Result<Response, Refusal> {
    let written: Written = json(request, LONGEST).await?;
    // Whoever checks the exercise runs it.
    server.runs.admit(&written.source)?;
    let done = of(&server, named, move |runs, exercise| {
        // What is compared and then written must not change between.
        let _locked = lock_exercises(&runs.root)?;
        let now = Own::of(runs, &exercise)?;
        if now.version != written.version {
            return Ok(Err(now));
        }
        let path = runs.root.join(exercise.name.file());
        replace(&path, written.source.as_bytes())?;
        Own::of(runs, &exercise).map(Ok)
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
    State(server): State<Arc<Server>>,
    named: Named,
    request: Request,
) -> Result<Response, Refusal> {
    let Nothing {} = json(request, LONGEST).await?;
    let done = of(&server, named, |runs, exercise| {
        give_back(&runs.root, &exercise, &runs.progress)?;
        Own::of(runs, &exercise)
    });
    Ok(Json(done.await?).into_response())
}

impl Own {
    fn of(runs: &Runs, exercise: &Exercise) -> anyhow::Result<Own> {
        let path = exercise.name.file();
        let source = fs::read_to_string(runs.root.join(&path));
        let source = source.with_context(|| path.display().to_string())?;
        let hash = Sha256::digest(source.as_bytes());
        Ok(Own {
            version: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            begun: source != exercise.given,
            given: exercise.given.clone(),
            source,
        })
    }
}

/// Does something with an exercise, in a thread that may wait.
async fn of<T: Send + 'static>(
    server: &Server,
    Path((chapter, name)): Named,
    act: impl FnOnce(&Runs, Exercise) -> anyhow::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    let name = server.runs.exercise(ExerciseName { chapter, name })?;
    let runs = Arc::clone(&server.runs);
    let done = spawn_blocking(move || act(&runs, Exercise::read(&runs.root, name)?));
    done.await
        .map_err(anyhow::Error::new)
        .and_then(|done| done)
        .map_err(|error| Refusal::fault(&error))
}
