//! Who waits for whom, and who waits for ever.

mod bells;
mod deadlock;
mod holders;
mod lookout;
#[cfg(test)]
mod made_up;
mod seen;
mod signals;
mod wakers;

pub use deadlock::deadlock;
pub use lookout::Lookout;
pub use wakers::{Waits, Wakers};
