//! What a page may ask of the runs.

use super::check_run::CheckRun;
use super::events::{EventWriter, ServerEvent};
use super::listing_run::ListingRun;
use super::register::Runs;
use super::under_way::UnderWay;
use super::work::{Wanted, Work};
use crate::edited;
use crate::http::{Nothing, Refusal, json, lines};
use crate::live::{Book, TRACER, Wish, in_words};
use crate::token::random;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use recording::catalogue::ListingName;
use run::Control;
use serde::Deserialize;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::task::spawn_blocking;

/// The longest body of a request without an edit, in bytes.
const MAX_BODY_BYTES: usize = 16 * 1024;

pub(crate) fn routes(runs: Arc<Runs>) -> Router {
    Router::new()
        .route("/consent", post(consent))
        .route("/edits/{chapter}/{name}", get(editable))
        .route("/runs", post(begin))
        .route("/runs/{id}/stdin", post(stdin))
        .route("/runs/{id}/stop", post(stop))
        .route("/runs/{id}/artifacts/{name}", get(artifact))
        .with_state(runs)
}

async fn begin(State(runs): State<Arc<Runs>>, request: Request) -> Result<Response, Refusal> {
    let wanted: Wanted = json(request, edited::MAX_BODY_BYTES).await?;
    let work = Work::wanted(&runs, wanted)?;
    let id = random().map_err(|error| Refusal::fault(&error))?;
    let run = Arc::new(UnderWay::new(format!("r{id}")));
    let ending = Arc::clone(&run);
    let (page, body) = lines(move || ending.ending.end());
    let page = EventWriter::new(page, work.run_limit(&runs));
    tokio::spawn(when_permitted(runs, work, run, page));
    let kind = [(header::CONTENT_TYPE, "application/x-ndjson")];
    Ok((kind, body).into_response())
}

async fn consent(State(runs): State<Arc<Runs>>, request: Request) -> Result<StatusCode, Refusal> {
    let Nothing {} = json(request, MAX_BODY_BYTES).await?;
    runs.edits.consent();
    Ok(StatusCode::NO_CONTENT)
}

/// Whether a listing can be edited here: the page asks before it opens an editor, and
/// while its reader writes, a copy of the chapter is compiled.
async fn editable(
    State(runs): State<Arc<Runs>>,
    Path((chapter, name)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    let runnable = runs.book.runnable.get();
    let listing = runnable.listing(ListingName { chapter, name })?;
    runs.edits.allow(&listing)?;
    tokio::spawn(Arc::clone(&runs.edits).prepare(listing));
    Ok(StatusCode::NO_CONTENT)
}

/// Waits until the work may begin, then leaves it to a thread.
async fn when_permitted(runs: Arc<Runs>, work: Work, run: Arc<UnderWay>, mut page: EventWriter) {
    // Nothing begins for a page that has gone.
    let tracer = tokio::select! {
        biased;
        () = page.gone() => return,
        tracer = compiled(&runs, &work, &page) => tracer,
    };
    let Ok(tracer) = tracer else { return };
    let Some(permit) = page.permit(&runs.queue).await else {
        return;
    };
    page.begins(Duration::ZERO);
    let thread = thread::Builder::new().name("run".to_owned());
    // Without a thread `page` is dropped, and the browser sees the lines end.
    let _ = thread.spawn(move || {
        carry_out(&runs, &work, tracer.as_ref(), &run, &mut page);
        // With the last permit the server ends: whoever has the book last removes its
        // folders, and a thread may not live to do it.
        drop(runs);
        // A browser that sees the end may run the next.
        drop(permit);
        drop(page);
    });
}

/// The page was told why nothing runs.
struct Told;

/// Waits for what the work needs, where nobody's place is held meanwhile: its chapter,
/// and for work that is to be traced the tracer. That, or why there is none.
async fn compiled(
    runs: &Runs,
    work: &Work,
    page: &EventWriter,
) -> Result<Option<Result<PathBuf, String>>, Told> {
    let Work::Listing { name, traced, .. } = work else {
        return Ok(None);
    };
    if *traced {
        // Right behind the chapter; one that could not be built is not tried again here.
        runs.book.compiled.want(TRACER, Wish::Shown);
    }
    if work.needs_its_chapter()
        && let Err(said) = built(runs, &name.chapter, page).await
    {
        page.tells_stderr(&said).await;
        let message = format!("{} could not be built", name.chapter);
        page.tells(ServerEvent::Failed { message }).await;
        return Err(Told);
    }
    if !traced {
        return Ok(None);
    }
    let tracer = built(runs, TRACER, page).await;
    let tracer = tracer.map_err(|said| said.to_string());
    Ok(Some(tracer.and_then(|()| runs.book.tracer())))
}

/// Waits until a package is built, and tells the page.
async fn built(runs: &Runs, package: &str, page: &EventWriter) -> Result<(), Arc<str>> {
    let Book {
        compiled, builds, ..
    } = &*runs.book;
    let waiting = |is_building| match is_building {
        true => page.tells(ServerEvent::Building {
            what: Some(in_words(package)),
        }),
        false => page.tells(ServerEvent::Waiting {
            ahead: 1,
            what: &builds.first(),
        }),
    };
    compiled.built(package, waiting).await
}

fn carry_out(
    runs: &Runs,
    work: &Work,
    tracer: Option<&Result<PathBuf, String>>,
    run: &Arc<UnderWay>,
    page: &mut EventWriter,
) {
    let mut last = 0.0;
    let done = match work {
        Work::Listing {
            name, edit, opens, ..
        } => {
            let mut run = ListingRun {
                runs,
                listing: name,
                edit: edit.as_deref(),
                tracer,
                opens: opens.as_deref(),
                run,
                page,
            };
            run.carry_out(&mut last)
        }
        Work::Exercise(name) => {
            let mut run = CheckRun {
                runs,
                name,
                run,
                page,
            };
            run.carry_out(&mut last)
        }
    };
    if let Err(error) = done {
        let message = format!("{error:#}");
        let _ = page.say(last, ServerEvent::Failed { message });
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    text: Option<String>,
    #[serde(default)]
    end: bool,
}

async fn stdin(
    State(runs): State<Arc<Runs>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let typed: Typed = json(request, MAX_BODY_BYTES).await?;
    act(&runs, &id, move |run, control| {
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

async fn stop(
    State(runs): State<Arc<Runs>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let Nothing {} = json(request, MAX_BODY_BYTES).await?;
    act(&runs, &id, |run, control| {
        run.stop(control);
        Ok(())
    })
    .await
}

/// Does something to a run, in a thread where it may wait a moment.
async fn act(
    runs: &Runs,
    id: &str,
    act: impl FnOnce(&UnderWay, &Control) -> anyhow::Result<()> + Send + 'static,
) -> Result<StatusCode, Refusal> {
    let over = || Refusal::new(StatusCode::NOT_FOUND, "this run is over");
    let run = runs.under_way.find(id).ok_or_else(over)?;
    let control = run.ending.control().ok_or_else(over)?;
    let done = spawn_blocking(move || act(&run, &control)).await;
    match done {
        Ok(Ok(())) => Ok(StatusCode::NO_CONTENT),
        _ => Err(over()),
    }
}

async fn artifact(
    State(runs): State<Arc<Runs>>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let gone = || {
        let status = StatusCode::NOT_FOUND;
        Refusal::new(
            status,
            "this file is not kept any more: run the listing again",
        )
    };
    let (file, kind) = runs.artifacts.find(&id, &name).ok_or_else(gone)?;
    let read = spawn_blocking(move || fs::read(file)).await;
    let bytes = read.ok().and_then(Result::ok).ok_or_else(gone)?;
    let kind = [(header::CONTENT_TYPE, kind)];
    let save = [(header::CONTENT_DISPOSITION, "attachment")];
    Ok((kind, save, bytes).into_response())
}
