//! What the container and the development container run.

use crate::book::root;
use crate::executable;
use anyhow::{Context, ensure};
use serde_json::Value;
use std::env;
use std::fs;
use std::process::Command;

/// What the container's image runs, without `cargo run -- --no-open`.
///
/// # Errors
/// It runs something else.
pub fn told_in_the_container() -> anyhow::Result<Vec<String>> {
    let dockerfile = fs::read_to_string(root().join("Dockerfile"))?;
    let mut lines = dockerfile.lines();
    let command = lines.find_map(|line| line.strip_prefix("CMD "));
    let command = command.context("the Dockerfile has a command")?;
    after_cargo_run(serde_json::from_str(command)?)
}

/// # Errors
/// It is no JSON.
pub fn development_container() -> anyhow::Result<Value> {
    let file = root().join(".devcontainer/devcontainer.json");
    Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
}

/// What a development container runs when somebody attaches to it, where `variables`
/// are set; without `cargo run -- --no-open`.
///
/// # Errors
/// It runs something else, or fails.
pub fn told_when_attached(variables: &[(&str, &str)]) -> anyhow::Result<Vec<String>> {
    let folder = tempfile::tempdir()?;
    let cargo = folder.path().join("cargo");
    executable::write(&cargo, "#!/bin/sh\nprintf '%s\\n' cargo \"$@\"\n")?;
    let container = development_container()?;
    let command = container["postAttachCommand"].as_str().context("words")?;
    let path = env::var("PATH")?;
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(root())
        .env("PATH", format!("{}:{path}", folder.path().display()))
        .env_remove("CODESPACE_NAME")
        .env_remove("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN")
        .envs(variables.iter().copied())
        .output()?;
    ensure!(output.status.success(), "{output:?}");
    let words = String::from_utf8(output.stdout)?;
    after_cargo_run(words.lines().map(str::to_owned).collect())
}

fn after_cargo_run(mut words: Vec<String>) -> anyhow::Result<Vec<String>> {
    // A container has no browser.
    let begins = words.starts_with(&["cargo", "run", "--", "--no-open"].map(str::to_owned));
    ensure!(begins, "{words:?}");
    Ok(words.split_off(4))
}
