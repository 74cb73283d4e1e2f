//! What stands in the place of directives for a renderer that is not HTML's: Markdown
//! that says what the page says, without what only a browser uses.
//!
//! The one HTML in it is an anchor, `<span id="…"></span>`: Markdown itself has none
//! but at a heading, and links lead to listings.

mod answers;
mod drawing;
mod exercise;
mod figure;
mod markdown;
mod notes;
mod output;
mod phrase;
mod question;
mod tables;
mod wrappers;

pub(crate) use answers::{Answer, answers};
pub(crate) use drawing::drawing;
pub(crate) use exercise::exercise;
pub(crate) use figure::figure;
pub(crate) use markdown::inert;
pub(crate) use notes::quotations;
pub(crate) use phrase::phrase;
pub(crate) use question::question;
pub(crate) use tables::{exercises, progress, xray};
pub(crate) use wrappers::without_wrappers;
