//! What the preprocessor promises, each promise on a small book of its own
//! that mdBook renders.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod artifacts;
mod code;
mod command;
mod diagrams;
mod exercises;
mod figures;
mod fixture;
mod includes;
mod links;
mod listings;
mod lookups;
mod notes;
mod outputs;
mod phrases;
mod plain;
mod player;
mod predict_on_xrays;
mod predictions;
mod progress;
mod several;
mod short_answers;
mod source;
mod traced;
mod which_arrow;
mod xrays;
