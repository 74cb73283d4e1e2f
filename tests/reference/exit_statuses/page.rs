//! The page.

pub const PAGE: &str = "exit-statuses.md";
