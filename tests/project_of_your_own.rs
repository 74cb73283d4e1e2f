//! The commands by which a reader makes a project of a listing, typed one after
//! the other as the pages have them: in a shell, in a folder that has what they
//! take from the book.
//!
//! Cargo is told to stay offline: it has what it needs, since it has built
//! this workspace.

use anyhow::{Context, ensure};
use duct::cmd;
use std::{env, fs, io};
use tests::book::root;

/// The lines that are meant to end with another status than 0.
const OTHER_ENDS: [(&str, i32); 5] = [
    ("cargo run -- 1 sleep 60", 124),
    ("cargo run -- 5 no-such-program", 1),
    ("cargo run -- soon true", 1),
    ("target/release/deadline 1 sleep 60", 124),
    ("deadline 1 sleep 60", 124),
];

#[test]
fn the_appendix_makes_a_tool_of_a_listing() -> anyhow::Result<()> {
    let said = typed(console_lines(&page(
        "appendix-enough-rust/a-project-of-your-own.md",
    )?))?;
    for part in [
        "exec sleep 60: too late, ended by us",
        "deadline: too late, ended after 1 s",
        "Error: starting no-such-program",
        "Error: SECONDS is a whole number",
        "test result: ok. 2 passed",
    ] {
        ensure!(said.contains(part), "no {part} in\n{said}");
    }
    Ok(())
}

#[test]
fn the_introduction_takes_a_listing_out_of_the_book() -> anyhow::Result<()> {
    let lines = console_lines(&page("introduction.md")?);
    let first = lines.iter().position(|line| line.contains("cargo new"));
    let said = typed(lines[first.expect("it makes a project")..].to_vec())?;
    ensure!(said.ends_with("\n2"), "{said}");
    Ok(())
}

fn page(path: &str) -> io::Result<String> {
    fs::read_to_string(root().join("book").join(path))
}

/// The lines of a page's console blocks, without their prompts.
fn console_lines(page: &str) -> Vec<String> {
    let lines = page.lines().filter_map(|line| line.strip_prefix("$ "));
    lines.map(str::to_owned).collect()
}

/// Types the lines into a shell, asks for the status of each, and returns what
/// they said.
fn typed(lines: Vec<String>) -> anyhow::Result<String> {
    let there = tempfile::tempdir()?;
    let book = there.path().join("book");
    fs::create_dir(&book)?;
    let mut script = String::from("exec 3>../statuses\n");
    for line in &lines {
        for word in line.split(['"', ' ']) {
            let file = word.strip_prefix("$book/").unwrap_or(word);
            if file.starts_with("chapters-code/") {
                let copy = book.join(file);
                fs::create_dir_all(copy.parent().context("it has a folder")?)?;
                fs::copy(root().join(file), copy).context(line.clone())?;
            }
        }
        script.push_str(&format!("{line}\necho $? >&3\n"));
    }

    let installed = there.path().join("installed");
    let path = env::var("PATH")?;
    let said = cmd!("sh", "-c", script)
        .dir(&book)
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_INSTALL_ROOT", &installed)
        .env("PATH", format!("{}/bin:{path}", installed.display()))
        .env_remove("CARGO_TARGET_DIR")
        .stdin_null()
        .stderr_to_stdout()
        .read()?;

    let statuses = fs::read_to_string(there.path().join("statuses"))?;
    let statuses: Vec<_> = lines.iter().zip(statuses.lines()).collect();
    ensure!(statuses.len() == lines.len(), "{said}");
    for (line, status) in statuses {
        let other = OTHER_ENDS.iter().find(|(other, _)| line == other);
        let expected = other.map_or(0, |(_, status)| *status);
        ensure!(
            status == expected.to_string(),
            "{line}: status {status}\n{said}"
        );
    }
    Ok(said)
}
