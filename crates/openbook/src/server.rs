//! The book over HTTP: the book, its runs, its changes.

mod address;
mod body;
mod changes;
mod content_security;
mod guard;
mod lines;
mod pages;
mod refusal;
mod token;

pub(crate) use address::{Hosts, in_address, listen, refuse_to_be_reached};
pub(crate) use body::{Nothing, json};
pub(crate) use changes::Changes;
pub(crate) use content_security::ContentSecurity;
pub(crate) use guard::Guard;
pub(crate) use lines::lines;
pub(crate) use refusal::Refusal;
pub(crate) use token::{Token, random};

use crate::live::{Current, Rendering};
use crate::runs::{self, Runs};
use crate::study;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

/// How many connections are served at once; the others wait to be accepted.
const CONNECTIONS: usize = 256;

/// How long a client may take to say what it wants, or may be silent between
/// two requests. One that connects and says nothing is gone after that.
const HEADERS: Duration = Duration::from_secs(10);

/// How much a client may say before its body begins.
const HEADER_BYTES: usize = 16 * 1024;

/// All that a request may need.
pub(crate) struct Server {
    pub(crate) guard: Guard,
    pub(crate) live: Current<Rendering>,
    pub(crate) changes: Changes,
    pub(crate) runs: Arc<Runs>,
}

/// Serves until it is dropped; all connections end with it.
pub(crate) async fn serve(server: Arc<Server>, listener: TcpListener) {
    let routes = routes(server);
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            (stream, slot) = accept(&listener, &slots) => {
                connections.spawn(connection(stream, routes.clone(), slot));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

fn routes(server: Arc<Server>) -> Router {
    Router::new()
        .merge(runs::routes())
        .merge(study::routes())
        .route("/changes", get(changes))
        .fallback(pages::page)
        .method_not_allowed_fallback(odd_method)
        .layer(middleware::from_fn_with_state(Arc::clone(&server), guarded))
        .with_state(server)
}

async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    let slot = Arc::clone(slots).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, slot),
            // A client that was quick to go, or no descriptor left for one.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn connection(stream: TcpStream, routes: Router, slot: Option<OwnedSemaphorePermit>) {
    // An event is not to wait for the acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes));
    // A client that breaks off, or speaks no HTTP, is told so by hyper.
    let _ = served.await;
    drop(slot);
}

async fn guarded(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let admitted = server
        .guard
        .admit(request.method(), request.uri(), request.headers());
    let mut response = match admitted {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    secure(response.headers_mut());
    response
}

fn secure(headers: &mut HeaderMap) {
    let nothing = "default-src 'none'; frame-ancestors 'none'; sandbox";
    let defaults = [
        (header::CONTENT_SECURITY_POLICY, nothing),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in defaults {
        let value = HeaderValue::from_static(value);
        headers.entry(name).or_insert(value);
    }
}

async fn changes(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    server.changes.stream(&headers)
}

/// The page makes no such request.
async fn odd_method() -> Refusal {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    Refusal::new(status, "the server does not do that with this address")
}
