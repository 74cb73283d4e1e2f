//! What a traced run shows: states, rows and sentences, made of its events.

mod boxes;
mod channels;
mod columns;
pub mod compare;
mod deeds;
mod drawn;
mod ends;
mod execs;
mod facts;
pub mod html;
mod launcher;
mod moment;
mod open;
pub mod picture;
pub mod printed;
mod process;
mod quiet;
mod quiet_sentences;
pub mod row;
mod run;
mod sentences;
mod signals;
mod starts;
mod table;
pub mod text;
mod waits;
mod what;
mod words;
mod xray;

pub use launcher::without_launch;
pub use row::Row;
pub use xray::{MOST_ROWS, XRay};
