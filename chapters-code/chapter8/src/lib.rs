//! What chapter 8 has besides its listings: the children that they start, and
//! the program that measures.

pub mod children;
pub mod job;
pub mod measure;
pub mod plot;
