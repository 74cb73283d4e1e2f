//! What a traced run shows: states, rows and sentences, made of its events.

pub mod row;
