//! What the chapters have, by name: listings and exercises, where their files
//! lie, and what stands beside them in TOML. Recordings are of these listings.

mod chapters;
mod exercise;
mod fault;
mod lines;
mod manifest;
mod name;
mod nearest;
mod settings;

pub use chapters::{chapters, names_in};
pub use exercise::{Exercise, Solution};
pub use fault::{Fault, read_text, read_toml};
pub use lines::plain_lines;
pub use name::{CHAPTERS, ExerciseName, ListingName};
pub use nearest::{did_you_mean, nearest};
pub use settings::{ExerciseSettings, HINTS, Settings};
