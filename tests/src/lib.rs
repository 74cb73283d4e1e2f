//! What must hold across rooms, and the fixtures that the tests share.

pub mod archive;
pub mod book;
pub mod cargo;
pub mod chance;
pub mod chromium;
pub mod container;
pub mod executable;
pub mod figures;
pub mod harness;
pub mod held_builds;
pub mod http;
pub mod new_project;
pub mod processes;
pub mod pulse;
pub mod recorder;
pub mod rendering;
pub mod scratch_book;
pub mod server;
pub mod starting;
pub mod studied_book;
pub mod terminal;
pub mod tone;
pub mod trees;
