//! What a process can leave, by its name in the page's tables.

use std::io;

#[derive(Clone, Copy)]
pub struct Attribute {
    /// As the first cell of its row begins.
    pub name: &'static str,
    /// Sets it to something that a process does not have from elsewhere.
    pub arrange: fn() -> io::Result<()>,
    /// What this process has, on one line.
    pub show: fn() -> io::Result<String>,
    /// Sets it to something else again. Without it a double that arranges it
    /// anew is asked whether its parent has noticed.
    pub change: Option<fn() -> io::Result<()>>,
}
