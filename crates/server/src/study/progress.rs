//! What the page knows and learns of its reader's progress.

use crate::http::{Refusal, blocking, json};
use crate::live::Book;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Arc;
use study::ProgressFile;
use study::progress::{LAST, Progress};

/// The longest body of a request, in bytes: an import is a whole file.
const MAX_BODY_BYTES: usize = 256 * 1024;

pub(super) fn routes(book: Arc<Book>) -> Router {
    Router::new()
        .route("/progress", get(read).post(change))
        .with_state(book)
}

async fn read(State(book): State<Arc<Book>>) -> Result<Response, Refusal> {
    let progress = with(&book, |store| store.read()).await?;
    Ok(Json(progress.to_map()).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    #[serde(default)]
    set: BTreeMap<String, String>,
    #[serde(default)]
    remove: Vec<String>,
    /// `set` is all that is kept: everything else is forgotten.
    #[serde(default)]
    replace: bool,
}

async fn change(State(book): State<Arc<Book>>, request: Request) -> Result<StatusCode, Refusal> {
    let change: Change = json(request, MAX_BODY_BYTES).await?;
    with(&book, move |store| store.change(|it| change.act_on(it))).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl Change {
    fn act_on(self, progress: &mut Progress) {
        if self.replace {
            progress.clear();
        }
        for key in &self.remove {
            progress.remove(key);
        }
        for (key, value) in &self.set {
            // A value that could not be read back is not kept.
            progress.set(key, value);
        }
    }
}

/// The page that was read last, if the book has it.
pub(crate) fn last_page(book: &Book) -> Option<String> {
    let progress = book.progress.read().ok()?;
    let last = progress.get(LAST)?;
    // The file may be edited by hand: only a page of the book is taken from it.
    let page = Path::new(last);
    let mut parts = page.components();
    let is_inside = parts.all(|it| matches!(it, Component::Normal(_)));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c);
    let is_page = is_inside && last.ends_with(".html") && last.chars().all(is_plain);
    let rendering = book.rendering.get();
    (is_page && rendering.folder().join(page).is_file()).then(|| last.to_owned())
}

/// Files are read and written in a thread that may wait.
async fn with<T: Send + 'static>(
    book: &Book,
    act: impl FnOnce(&ProgressFile) -> anyhow::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    let store = book.progress.clone();
    blocking(move || act(&store)).await
}
