//! An exercise: a program for the reader to finish, with its hints, its
//! solution and its place in the order. This crate starts nothing.

mod exercise;
mod name;
mod order;
mod settings;

pub use exercise::{Exercise, Solution};
pub use name::{ExerciseName, nearest};
pub use order::{all, chapters, names, of_chapter};
pub use settings::{HINTS, Settings};
