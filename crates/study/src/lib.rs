//! Study at one's own pace: exercises checked, and how far the reader has come,
//! with one memory for the page and the terminal.

pub mod check;
pub mod progress;
