//! What the open pages are told of the book: `GET /changes`, an event stream
//! (HTML standard, "Server-sent events").

use crate::http::lines;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// How often a silent stream shows that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The book as the pages should know it.
pub(crate) struct Changes {
    /// Differs at each start: a page that comes back to a new server reloads.
    start: String,
    state: watch::Sender<State>,
}

#[derive(Clone, Default)]
struct State {
    /// How often the book was rendered anew.
    version: u64,
    /// Why it was not, the last time.
    broken: Option<Arc<str>>,
    /// How often the reader's progress has changed.
    progress: u64,
}

pub(crate) fn routes(changes: Arc<Changes>) -> Router {
    Router::new()
        .route("/changes", get(stream))
        .with_state(changes)
}

async fn stream(
    extract::State(changes): extract::State<Arc<Changes>>,
    headers: HeaderMap,
) -> Response {
    changes.stream(&headers)
}

impl Changes {
    /// `start` names this start of the server.
    pub(crate) fn new(start: String) -> Changes {
        let state = watch::Sender::default();
        Changes { start, state }
    }

    /// The book was rendered anew.
    pub(crate) fn rendered(&self) {
        self.state.send_modify(|state| {
            state.version += 1;
            state.broken = None;
        });
    }

    /// The book could not be rendered, or a chapter not compiled.
    pub(crate) fn broken(&self, why: &str) {
        self.state
            .send_modify(|state| state.broken = Some(why.into()));
    }

    /// The reader has come further, in another page or in a terminal.
    pub(crate) fn progressed(&self) {
        self.state.send_modify(|state| state.progress += 1);
    }

    /// Tells one page of every change, as long as it listens.
    fn stream(&self, headers: &HeaderMap) -> Response {
        let mut state = self.state.subscribe();
        let last = headers.get("last-event-id");
        let last = last.and_then(|id| id.to_str().ok()).map(str::to_owned);
        let (tell, body) = lines(|| {});
        let mut page = Page {
            start: self.start.clone(),
            tell,
        };
        tokio::spawn(async move {
            let now = state.borrow_and_update().clone();
            let _ = page.greet(&now, last).await;
            page.follow(now, state).await;
        });
        let kind = [(header::CONTENT_TYPE, "text/event-stream")];
        (kind, Body::new(body)).into_response()
    }
}

/// An open page.
struct Page {
    start: String,
    tell: mpsc::Sender<Bytes>,
}

/// The page has gone.
struct Gone;

impl Page {
    /// Names the state, so that a page which was away knows whether it missed
    /// something.
    async fn greet(&mut self, now: &State, last: Option<String>) -> Result<(), Gone> {
        let id = self.id(now);
        self.say(now, "hello", "").await?;
        if last.is_some_and(|last| last != id) {
            self.say(now, "reload", "").await?;
        }
        match &now.broken {
            Some(why) => self.say(now, "broken", why).await,
            None => Ok(()),
        }
    }

    async fn follow(&mut self, mut seen: State, mut state: watch::Receiver<State>) {
        loop {
            let still_here = tokio::time::sleep(KEEP_ALIVE);
            let said = tokio::select! {
                changed = state.changed() => match changed {
                    Ok(()) => {
                        let now = state.borrow_and_update().clone();
                        let before = std::mem::replace(&mut seen, now);
                        self.tell(&before, &seen).await
                    }
                    Err(_) => return,
                },
                () = still_here => self.send(":\n\n".to_owned()).await,
                () = self.tell.closed() => return,
            };
            if said.is_err() {
                return;
            }
        }
    }

    async fn tell(&mut self, before: &State, now: &State) -> Result<(), Gone> {
        if before.progress != now.progress {
            self.say(now, "progress", "").await?;
        }
        if before.broken == now.broken && before.version == now.version {
            return Ok(());
        }
        match &now.broken {
            Some(why) => return self.say(now, "broken", why).await,
            None if before.broken.is_some() => self.say(now, "mended", "").await?,
            None => {}
        }
        if before.version == now.version {
            return Ok(());
        }
        self.say(now, "reload", "").await
    }

    async fn say(&mut self, now: &State, event: &str, data: &str) -> Result<(), Gone> {
        let mut text = format!("event: {event}\nid: {}\n", self.id(now));
        for line in data.split(['\n', '\r']) {
            text.push_str(&format!("data: {line}\n"));
        }
        text.push('\n');
        self.send(text).await
    }

    async fn send(&mut self, text: String) -> Result<(), Gone> {
        self.tell.send(text.into()).await.map_err(|_| Gone)
    }

    fn id(&self, state: &State) -> String {
        format!("{}-{}", self.start, state.version)
    }
}
