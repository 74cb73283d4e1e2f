//! Cargo, as a reader has it.

use std::env;
use std::process::Command;

/// Cargo as in a terminal, where no other Cargo has started us.
pub fn in_a_terminal() -> Command {
    let mut cargo = Command::new("cargo");
    for (name, _) in env::vars_os() {
        let name_in_text = name.to_string_lossy();
        if name_in_text.starts_with("CARGO") && name != "CARGO_HOME" {
            cargo.env_remove(name);
        }
    }
    cargo
}
