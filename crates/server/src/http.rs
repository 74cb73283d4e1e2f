//! What a request brings, and how it is answered.

mod blocking;
mod body;
mod lines;
mod refusal;

pub(crate) use blocking::blocking;
pub(crate) use body::{Nothing, json};
pub(crate) use lines::lines;
pub(crate) use refusal::{Refusal, as_page, wants_page};
