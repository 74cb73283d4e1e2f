//! Random trees of processes, made from a seed, and what is told of one: by the
//! tree itself, by `strace -f`, by a tracer.

pub mod account;
pub mod happened;
pub mod plan;
pub mod planting;
pub mod script;
pub mod shape;
pub mod strace;
pub mod told;
pub mod way;
