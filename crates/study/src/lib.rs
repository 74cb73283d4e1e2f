//! Study at one's own pace: exercises checked, and how far the reader has come,
//! with one memory for the page and the terminal.

pub mod check;
pub mod progress;
mod proof;
mod replace;
mod terminal;

pub use proof::{Proof, fails_as_it_should, prove};
pub use replace::replace;
pub use terminal::Study;
