//! The program that makes X-rays, and where there is none.

use std::path::Path;

/// Why the book at `root` cannot have a tracer here, if it cannot.
pub(super) fn is_missing(root: &Path) -> Option<&'static str> {
    if !cfg!(target_os = "linux") {
        Some("an X-ray needs Linux: no other system tells a program so much of others")
    } else if !root.join("crates/tracer").is_dir() {
        Some("this book has no crates/tracer")
    } else {
        None
    }
}
