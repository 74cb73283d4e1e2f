//! Study at one's own pace: exercises checked, and how far the reader has come,
//! with one memory for the page and the terminal.

pub mod exercise_check;
mod exercise_file;
mod print;
pub mod progress;
mod progress_file;
mod proof;
mod replace;
mod terminal;
mod why_not_watched;

pub use exercise_file::{give_back, lock_exercises};
pub use print::{ReaderGone, print};
pub use progress_file::ProgressFile;
pub use proof::{Proof, fails_as_it_should, prove};
pub use replace::replace;
pub use terminal::Study;
pub use why_not_watched::why_not_watched;
