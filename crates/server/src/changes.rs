//! What the open pages are told of the book: `GET /changes`, an event stream
//! (HTML standard, "Server-sent events").

use axum::Router;
use axum::extract;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use futures_util::stream::{self, Stream};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often a silent stream shows that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The book as the pages should know it.
pub(crate) struct Changes {
    /// A name that differs at each start: a page that comes back to a server
    /// which was started anew reloads.
    start: String,
    state: watch::Sender<State>,
}

#[derive(Clone, Default)]
struct State {
    /// How often the book was rendered anew.
    version: u64,
    /// Why the last rendering failed, if it did.
    broken: Option<Arc<str>>,
    /// How often the reader's progress has changed.
    progress: u64,
}

pub(crate) fn routes(changes: Arc<Changes>) -> Router {
    Router::new()
        .route("/changes", get(stream))
        .with_state(changes)
}

/// Tells one page of every change, as long as it listens.
async fn stream(
    extract::State(changes): extract::State<Arc<Changes>>,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let page = Page::opened(&changes, last);
    let events = stream::unfold(page, async |mut page| {
        let event = page.next().await?;
        Some((Ok(event), page))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
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
}

/// An open page.
struct Page {
    start: String,
    state: watch::Receiver<State>,
    seen: State,
    /// What the page was not sent yet.
    events: VecDeque<Event>,
}

impl Page {
    /// The state's id comes first, so that a page which was away knows whether it
    /// missed something; `last` is the id that it was sent last.
    fn opened(changes: &Changes, last: Option<&str>) -> Page {
        let mut state = changes.state.subscribe();
        let seen = state.borrow_and_update().clone();
        let mut page = Page {
            start: changes.start.clone(),
            state,
            seen,
            events: VecDeque::new(),
        };
        page.tell("hello");
        if last.is_some_and(|last| last != page.id()) {
            page.tell("reload");
        }
        page.tell_broken();
        page
    }

    /// Waits for the next event; `None` at the end of the server.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(event);
            }
            self.state.changed().await.ok()?;
            let now = self.state.borrow_and_update().clone();
            let before = std::mem::replace(&mut self.seen, now);
            self.tell_changes(&before);
        }
    }

    fn tell_changes(&mut self, before: &State) {
        if before.progress != self.seen.progress {
            self.tell("progress");
        }
        let is_anew = before.version != self.seen.version;
        if before.broken == self.seen.broken && !is_anew {
            return;
        }
        if self.tell_broken() {
            return;
        }
        if before.broken.is_some() {
            self.tell("mended");
        }
        if is_anew {
            self.tell("reload");
        }
    }

    /// Says why the book is broken, if it is; whether it is.
    fn tell_broken(&mut self) -> bool {
        let why = self.seen.broken.clone();
        if let Some(why) = &why {
            self.tell_with("broken", why);
        }
        why.is_some()
    }

    /// A browser drops an event without data, so the name stands there too.
    fn tell(&mut self, event: &str) {
        self.tell_with(event, event);
    }

    fn tell_with(&mut self, event: &str, data: &str) {
        let event = Event::default().event(event).id(self.id()).data(data);
        self.events.push_back(event);
    }

    fn id(&self) -> String {
        format!("{}-{}", self.start, self.seen.version)
    }
}
