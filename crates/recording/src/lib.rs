//! What one run of a listing said and did, as events; its form on disk; and
//! the rules by which two runs count as the same.
//!
//! This crate starts nothing. A live run and a recording are the same events,
//! so one player and one comparison serve both.

mod event;
mod file;
mod mask;
mod name;
mod settings;

pub mod compare;
pub mod kept;

pub use event::{Bytes, Event, Kind, Outcome, Resource};
pub use file::{Platform, Recording};
pub use mask::{Mask, Masked};
pub use name::{ListingName, nearest};
pub use settings::Settings;
