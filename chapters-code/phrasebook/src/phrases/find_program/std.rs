use anyhow::ensure;
use std::env::{split_paths, var_os};

pub fn main() -> anyhow::Result<()> {
    let path = var_os("PATH").unwrap_or_default();
    let mut files = split_paths(&path).map(|dir| dir.join("sh"));
    let found = files.find(|file| file.is_file());

    ensure!(found.is_some());
    Ok(())
}
