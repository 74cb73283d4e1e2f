//! What one run of a listing said and did, as events; its form on disk; and
//! the rules by which two runs count as the same. The [`catalogue`] has what
//! there is to run: listings and exercises, by name.
//!
//! This crate starts nothing. A live run and a recording are the same events,
//! so one player and one comparison serve both.

mod archive;
mod event;
mod file;
mod mask;
mod outcome;
mod relocate;
mod told;
pub mod traced;

pub mod catalogue;
pub mod compare;
pub mod kept;

pub use archive::{Archive, MadeOf};
pub use event::{Bytes, Event, Kind, Resource};
pub use file::{Platform, Recording};
pub use mask::{Mask, Masked};
pub use outcome::Outcome;
pub use relocate::relocate;
pub use told::Told;
