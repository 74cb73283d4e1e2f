//! The browser that tests use.

use std::env;
use std::path::PathBuf;

/// Chromium's engine without its windows first: with it a page is opened in a third of the
/// processor's time.
const CHROMIUMS: [&str; 2] = ["chromium-headless-shell", "chromium"];

/// What the variable `CHROMIUM` names, or the first that is on the PATH; `None` if it is
/// not there.
pub fn chromium() -> Option<PathBuf> {
    let mut found = CHROMIUMS.iter().filter_map(|name| which::which(name).ok());
    match env::var_os("CHROMIUM") {
        Some(named) => which::which(named).ok(),
        None => found.next(),
    }
}
