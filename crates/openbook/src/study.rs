//! Exercises and progress: what the page and the terminal ask of them.

mod exercises;
mod progress;
mod terminal;

pub(crate) use progress::last_page;
pub(crate) use terminal::study;

use crate::server::Server;
use axum::Router;
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<Server>> {
    progress::routes().merge(exercises::routes())
}
