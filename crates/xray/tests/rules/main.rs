//! The rules by which events become rows, each held by a run that is made up.

mod causes;
mod columns;
mod facts;
mod folding;
mod launch;
mod named_rows;
mod page;
mod pictures;
mod pipes;
mod signals;
mod story;
mod two_runs;
mod waits;
