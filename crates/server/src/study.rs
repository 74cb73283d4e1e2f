//! Exercises and progress, as the page asks for them.

mod exercises;
mod progress;

pub(crate) use progress::last_page;

use crate::edited::Edits;
use crate::live::Book;
use axum::Router;
use std::sync::Arc;

pub(crate) fn routes(book: Arc<Book>, edits: Arc<Edits>) -> Router {
    progress::routes(Arc::clone(&book)).merge(exercises::routes(book, edits))
}
