//! The book as it is now: rendered, and compiled.

mod background;
mod book;
mod compiled;
mod content_security;
mod current;
mod rendering;
mod runnable;
mod tracer;
mod work_folder;

pub(crate) use background::Background;
pub use book::Book;
pub(crate) use compiled::{TRACER, Wish, in_words};
pub(crate) use rendering::Rendering;
pub use runnable::Runnable;
