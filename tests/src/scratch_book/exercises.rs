//! The exercises of a scratch book.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::symlink;
use std::path::Path;

/// The part of the chapter's manifest that enters them.
pub(super) const TARGETS: &str = r#"
[[test]]
name = "doubles"
path = "exercises/doubles.test.rs"
test = false

[[test]]
name = "doubles_solution"
path = "solutions/doubles.rs"

[[test]]
name = "waits"
path = "exercises/waits.test.rs"
test = false

[[test]]
name = "waits_solution"
path = "solutions/waits.rs"
"#;

/// The page that shows them.
pub(super) const PAGE: &str =
    "# Exercises\n\n{{#exercise chapter1/doubles}}\n\n{{#exercise chapter1/waits}}\n";

const CHECKED: &str = "\n#[cfg(test)]\n#[path = \"../checks/NAME.rs\"]\nmod checks;\n";

/// An exercise: its name, its text, its solution's, its check, and why it fails.
type Exercise = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const EXERCISES: [Exercise; 2] = [
    (
        "doubles",
        "//! # Twice as much\n//!\n//! Return twice the number.\n\n\
         pub fn doubled(number: i32) -> i32 {\n    number\n}\n",
        "//! # Twice as much\n//!\n//! A number and itself make twice the number.\n\n\
         pub fn doubled(number: i32) -> i32 {\n    number * 2\n}\n",
        r#"use super::doubled;
use trial::{same, trial};

#[test]
fn twice_two_is_four() {
    trial("twice the number", || same("doubled(2)", &doubled(2), &4))
        .read("index.md")
        .passes();
}

#[test]
fn twice_nothing_is_nothing() {
    trial("nothing", || same("doubled(0)", &doubled(0), &0)).passes();
}
"#,
        "doubled(2) should be 4, and is 2",
    ),
    // Its check waits for as long as a test of ours may need.
    (
        "waits",
        "//! # No wait\n//!\n//! Return at once.\n\n\
         pub fn waited() -> anyhow::Result<()> {\n    \
         std::process::Command::new(\"sleep\").arg(\"600\").status()?;\n    \
         anyhow::bail!(\"late\")\n}\n",
        "//! # No wait\n//!\n//! It returns.\n\n\
         pub fn waited() -> anyhow::Result<()> {\n    Ok(())\n}\n",
        r#"use super::waited;
use trial::trial;
use std::time::Duration;

#[test]
fn it_does_not_wait() {
    trial("a return", || waited()).within(Duration::from_secs(80)).passes();
}
"#,
        "it still ran",
    ),
];

/// No reader has opened one. The checks are found from `given/`, too.
pub(super) fn are_unopened(root: &Path) -> anyhow::Result<()> {
    let folder = root.join("chapters-code/chapter1/exercises");
    for (name, ..) in EXERCISES {
        let own = folder.join(format!("{name}.rs"));
        if own.symlink_metadata().is_ok() {
            fs::remove_file(own)?;
        }
    }
    match symlink("../checks", folder.join("checks")) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

/// All files, with their paths.
pub(super) fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (name, given, solution, check, fails) in EXERCISES {
        let path =
            |folder: &str, ending: &str| format!("chapters-code/chapter1/{folder}/{name}.{ending}");
        let checked = CHECKED.replace("NAME", name);
        let root = format!("exercise::own_or_given!({name});\n");
        let settings = format!(
            "minutes = 10\nfails = {fails:?}\n\
             hints = [\"Look at it.\", \"Use a number.\", \"Write it down.\"]\n"
        );
        files.extend([
            (path("exercises", "test.rs"), root),
            (path("exercises/given", "rs"), format!("{given}{checked}")),
            (path("solutions", "rs"), format!("{solution}{checked}")),
            (path("checks", "rs"), check.to_owned()),
            (path("exercises", "toml"), settings),
        ]);
    }
    files
}
