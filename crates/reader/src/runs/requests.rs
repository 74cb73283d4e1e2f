//! What a page may ask of the runs.

use super::conduct::Conduct;
use super::said::Teller;
use super::under_way::UnderWay;
use super::{AT_ONCE, Runs};
use crate::edited;
use crate::server::{Reader, Refusal, lines, random};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use recording::{ListingName, Settings, nearest};
use run::{Control, Signal};
use serde::Deserialize;
use serde::de::DeserializeOwned;
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

/// How long a client may take to send it.
const BODY: Duration = Duration::from_secs(10);

/// How long a page may take to read what a run wrote, beyond the run's own
/// time.
const PATIENCE: Duration = Duration::from_secs(30);

/// Names longer than this are nobody's slip.
const LONGEST_NAME: usize = 100;

pub(crate) fn routes() -> Router<Arc<Reader>> {
    Router::new()
        .route("/consent", post(consent))
        .route("/runs", post(begin))
        .route("/runs/{id}/stdin", post(stdin))
        .route("/runs/{id}/signal", post(signal))
        .route("/runs/{id}/stop", post(stop))
        .route("/runs/{id}/artifacts/{name}", get(artifact))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    chapter: String,
    listing: String,
    /// An edit of it; without, it runs as the book has it.
    source: Option<String>,
}

async fn begin(State(reader): State<Arc<Reader>>, request: Request) -> Result<Response, Refusal> {
    let mut wanted: Wanted = json(request, LONGEST_WITH_EDIT).await?;
    let edit = wanted.source.take();
    let listing = find(&reader.runs, wanted)?;
    if let Some(source) = &edit {
        admit(&reader.runs, source)?;
    }
    let id = random().map_err(|error| Refusal::fault(&error))?;
    let run = Arc::new(UnderWay::new(format!("r{id}")));
    let ending = Arc::clone(&run);
    let (page, body) = lines(move || ending.ending.end());
    let limit = Settings::read(&reader.runs.root, &listing).map(|it| it.time_limit());
    let page = Teller::new(page, limit.unwrap_or_default());
    let wanted = (listing, edit);
    tokio::spawn(conduct(Arc::clone(&reader.runs), wanted, run, page));
    let kind = [(header::CONTENT_TYPE, "application/x-ndjson")];
    Ok((kind, Body::new(body)).into_response())
}

/// # Errors
/// The edit is too long, or nobody has agreed that edits run.
fn admit(runs: &Runs, source: &str) -> Result<(), Refusal> {
    if source.len() > edited::LONGEST {
        let error = format!("an edit may have {} KiB at most", edited::LONGEST >> 10);
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, error));
    }
    if runs.edits.may_run() {
        return Ok(());
    }
    let error = "edited code runs only after you have agreed to it";
    Err(Refusal::new(StatusCode::FORBIDDEN, error).until_agreed(edited::CONSENT))
}

async fn consent(
    State(reader): State<Arc<Reader>>,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let Nothing {} = json(request, LONGEST).await?;
    reader.runs.edits.consent();
    Ok(StatusCode::NO_CONTENT)
}

fn find(runs: &Runs, wanted: Wanted) -> Result<ListingName, Refusal> {
    let Wanted {
        chapter, listing, ..
    } = wanted;
    let name = listing;
    let wanted = ListingName { chapter, name };
    let shelf = runs.shelf.get();
    if shelf.listings.contains(&wanted) {
        return Ok(wanted);
    }
    let wanted = wanted.to_string();
    let slip = wanted.len() <= LONGEST_NAME;
    let nearest = nearest(&shelf.listings, &wanted).filter(|_| slip);
    let status = StatusCode::NOT_FOUND;
    let refusal = Refusal::new(status, "the book has no such listing");
    Err(refusal.with_nearest(nearest.map(ListingName::to_string)))
}

/// Waits for the run's turn, then leaves it to a thread.
async fn conduct(
    runs: Arc<Runs>,
    (listing, edit): (ListingName, Option<String>),
    run: Arc<UnderWay>,
    mut page: Teller,
) {
    let turn = tokio::select! {
        turn = runs.queue.turn(|ahead| page.waits(ahead)) => turn,
        () = page.gone() => return,
    };
    // An edit may have to wait for as many builds as there are runs, itself one.
    let building = edit
        .as_ref()
        .map(|_| edited::LONGEST_BUILD * AT_ONCE as u32);
    page.begins(PATIENCE + building.unwrap_or_default());
    let thread = thread::Builder::new().name("run".to_owned());
    // If there is no thread, the page hears the end of its lines.
    let _ = thread.spawn(move || {
        let conduct = Conduct {
            runs: &runs,
            listing: &listing,
            edit: edit.as_deref(),
            run: &run,
            page: &page,
        };
        conduct.until_the_end();
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
    State(reader): State<Arc<Reader>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let typed: Typed = json(request, LONGEST).await?;
    act(&reader, &id, move |run, control| {
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
    State(reader): State<Arc<Reader>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let Sent { signal } = json(request, LONGEST).await?;
    act(&reader, &id, move |run, control| {
        run.signal(control, signal);
        Ok(())
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

async fn stop(
    State(reader): State<Arc<Reader>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let Nothing {} = json(request, LONGEST).await?;
    act(&reader, &id, |run, control| {
        run.stop(control);
        Ok(())
    })
    .await
}

/// Does something to a run, in a thread where it may wait a moment.
async fn act(
    reader: &Reader,
    id: &str,
    act: impl FnOnce(&UnderWay, &Control) -> anyhow::Result<()> + Send + 'static,
) -> Result<StatusCode, Refusal> {
    let over = || Refusal::new(StatusCode::NOT_FOUND, "this run is over");
    let run = reader.runs.find(id).ok_or_else(over)?;
    let control = run.ending.control().ok_or_else(over)?;
    let done = spawn_blocking(move || act(&run, &control)).await;
    match done {
        Ok(Ok(())) => Ok(StatusCode::NO_CONTENT),
        _ => Err(over()),
    }
}

async fn artifact(
    State(reader): State<Arc<Reader>>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let gone = || {
        let status = StatusCode::NOT_FOUND;
        Refusal::new(
            status,
            "this file is not kept any more: run the listing again",
        )
    };
    let (file, kind) = reader.runs.artifacts.find(&id, &name).ok_or_else(gone)?;
    let read = spawn_blocking(move || fs::read(file)).await;
    let bytes = read.ok().and_then(Result::ok).ok_or_else(gone)?;
    let kind = [(header::CONTENT_TYPE, kind)];
    let save = [(header::CONTENT_DISPOSITION, "attachment")];
    Ok((kind, save, bytes).into_response())
}

/// The body of a request, as what it should be.
///
/// # Errors
/// It is no JSON of that form, is too long, or does not come.
async fn json<T: DeserializeOwned>(request: Request, longest: usize) -> Result<T, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let (kind, _) = kind.split_once(';').unwrap_or((kind, ""));
    if !kind.trim().eq_ignore_ascii_case("application/json") {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Refusal::new(status, "the body must be application/json"));
    }
    let body = body(request, longest).await?;
    serde_json::from_slice(&body).map_err(|error| {
        let error = format!("the body is not what it should be: {error}");
        Refusal::new(StatusCode::BAD_REQUEST, error)
    })
}

async fn body(request: Request, longest: usize) -> Result<Bytes, Refusal> {
    let said = request.headers().get(header::CONTENT_LENGTH);
    let said = said.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let too_long = || {
        let error = format!("the body is longer than {longest} bytes");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, error)
    };
    if said.is_some_and(|length| length > longest as u64) {
        return Err(too_long());
    }
    let body = to_bytes(request.into_body(), longest);
    match tokio::time::timeout(BODY, body).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(too_long()),
        Err(_) => {
            let status = StatusCode::REQUEST_TIMEOUT;
            Err(Refusal::new(status, "the body did not come in time"))
        }
    }
}
