//! All attributes, by their names.

use crate::attribute::Attribute;
use crate::{files, kept, memory, places, privileges, rights, sessions, signals, timers};
use std::io;

/// # Errors
/// Nobody has this name.
pub fn named(name: &str) -> io::Result<Attribute> {
    let mut all = signals::ATTRIBUTES
        .iter()
        .chain(&kept::ATTRIBUTES)
        .chain(&files::ATTRIBUTES)
        .chain(&places::ATTRIBUTES)
        .chain(&sessions::ATTRIBUTES)
        .chain(&rights::ATTRIBUTES)
        .chain(&privileges::ATTRIBUTES)
        .chain(&timers::ATTRIBUTES)
        .chain(&memory::ATTRIBUTES);
    let found = all.find(|attribute| attribute.name == name);
    found
        .copied()
        .ok_or_else(|| io::Error::other(format!("no attribute {name:?}")))
}
