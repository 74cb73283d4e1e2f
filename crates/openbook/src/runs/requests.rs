//! What a page may ask of the runs.

use super::checks::Checking;
use super::conduct::Conduct;
use super::said::Teller;
use super::under_way::UnderWay;
use super::work::{Wanted, Work};
use super::{AT_ONCE, Runs};
use crate::edited;
use crate::server::{Nothing, Refusal, Server, json, lines, random};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use run::{Control, Signal};
use serde::Deserialize;
use std::fs;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::task::spawn_blocking;

/// The longest body of a request, in bytes.
const LONGEST: usize = 16 * 1024;

/// The longest with an edit in it: JSON writes each line's end and each
/// quotation mark as two bytes.
const LONGEST_WITH_EDIT: usize = LONGEST + 2 * edited::LONGEST;

/// How long a page may take to read what a run wrote, beyond the run's own
/// time.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn routes() -> Router<Arc<Server>> {
    Router::new()
        .route("/consent", post(consent))
        .route("/runs", post(begin))
        .route("/runs/{id}/stdin", post(stdin))
        .route("/runs/{id}/signal", post(signal))
        .route("/runs/{id}/stop", post(stop))
        .route("/runs/{id}/artifacts/{name}", get(artifact))
}

async fn begin(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Refusal> {
    let wanted: Wanted = json(request, LONGEST_WITH_EDIT).await?;
    let work = Work::wanted(&server.runs, wanted)?;
    let id = random().map_err(|error| Refusal::fault(&error))?;
    let run = Arc::new(UnderWay::new(format!("r{id}")));
    let ending = Arc::clone(&run);
    let (page, body) = lines(move || ending.ending.end());
    let page = Teller::new(page, work.limit(&server.runs));
    tokio::spawn(conduct(Arc::clone(&server.runs), work, run, page));
    let kind = [(header::CONTENT_TYPE, "application/x-ndjson")];
    Ok((kind, Body::new(body)).into_response())
}

async fn consent(
    State(server): State<Arc<Server>>,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let Nothing {} = json(request, LONGEST).await?;
    server.runs.edits.consent();
    Ok(StatusCode::NO_CONTENT)
}

/// Waits for the run's turn, then leaves it to a thread.
async fn conduct(runs: Arc<Runs>, work: Work, run: Arc<UnderWay>, mut page: Teller) {
    let turn = tokio::select! {
        turn = runs.queue.turn(|ahead| page.waits(ahead)) => turn,
        () = page.gone() => return,
    };
    // It may have to wait for as many builds as there are runs, itself one.
    page.begins(PATIENCE + work.building() * AT_ONCE as u32);
    let thread = thread::Builder::new().name("run".to_owned());
    // If there is no thread, the page hears the end of its lines.
    let _ = thread.spawn(move || {
        let (runs, run) = (&runs, &run);
        match &work {
            Work::Listing(listing, edit) => Conduct {
                runs,
                listing,
                edit: edit.as_deref(),
                run,
                page: &page,
            }
            .until_the_end(),
            Work::Exercise(name) => Checking {
                runs,
                name,
                run,
                page: &page,
            }
            .until_the_end(),
        }
        // Before the page hears that this was all: it may run the next.
        drop(turn);
        drop(page);
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    text: Option<String>,
    #[serde(default)]
    end: bool,
}

async fn stdin(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let typed: Typed = json(request, LONGEST).await?;
    act(&server, &id, move |run, control| {
        if let Some(text) = typed.text {
            run.write(control, &text)?;
        }
        if typed.end {
            run.close_stdin(control);
        }
        Ok(())
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    signal: Signal,
}

async fn signal(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let Sent { signal } = json(request, LONGEST).await?;
    act(&server, &id, move |run, control| {
        run.signal(control, signal);
        Ok(())
    })
    .await
}

async fn stop(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let Nothing {} = json(request, LONGEST).await?;
    act(&server, &id, |run, control| {
        run.stop(control);
        Ok(())
    })
    .await
}

/// Does something to a run, in a thread where it may wait a moment.
async fn act(
    server: &Server,
    id: &str,
    act: impl FnOnce(&UnderWay, &Control) -> anyhow::Result<()> + Send + 'static,
) -> Result<StatusCode, Refusal> {
    let over = || Refusal::new(StatusCode::NOT_FOUND, "this run is over");
    let run = server.runs.find(id).ok_or_else(over)?;
    let control = run.ending.control().ok_or_else(over)?;
    let done = spawn_blocking(move || act(&run, &control)).await;
    match done {
        Ok(Ok(())) => Ok(StatusCode::NO_CONTENT),
        _ => Err(over()),
    }
}

async fn artifact(
    State(server): State<Arc<Server>>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let gone = || {
        let status = StatusCode::NOT_FOUND;
        Refusal::new(
            status,
            "this file is not kept any more: run the listing again",
        )
    };
    let (file, kind) = server.runs.artifacts.find(&id, &name).ok_or_else(gone)?;
    let read = spawn_blocking(move || fs::read(file)).await;
    let bytes = read.ok().and_then(Result::ok).ok_or_else(gone)?;
    let kind = [(header::CONTENT_TYPE, kind)];
    let save = [(header::CONTENT_DISPOSITION, "attachment")];
    Ok((kind, save, bytes).into_response())
}
