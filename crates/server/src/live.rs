//! The book as it is now: rendered, and compiled.

mod book;
mod content_security;
mod current;
mod rendering;
mod runnable;
mod tracer;

pub use book::Book;
pub(crate) use rendering::Rendering;
pub use runnable::Runnable;
pub(crate) use tracer::{Tracer, TracerBuild};
