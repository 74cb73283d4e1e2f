//! Study at one's own pace: exercises checked, and how far the reader has come,
//! with one memory for the page and the terminal.

pub mod check;
mod own;
pub mod progress;
mod proof;
mod replace;
mod terminal;

pub use own::{give_back, hold_exercises};
pub use proof::{Proof, fails_as_it_should, prove};
pub use replace::replace;
pub use terminal::Study;
