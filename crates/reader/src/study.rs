//! Exercises and progress: what the page and the terminal ask of them.

mod exercises;
mod progress;
mod terminal;

pub(crate) use progress::last_page;
pub(crate) use terminal::study;

use crate::server::Reader;
use axum::Router;
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<Reader>> {
    progress::routes().merge(exercises::routes())
}
