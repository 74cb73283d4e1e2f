//! "Its interpreter": the program that the line `#!` names.

use super::case::Case;
use super::folder::{Folder, NOBODY};
use tests::starting::{Condition, Start};

pub const CASES: &[Case] = &[
    Case::new("The script is there", |folder| {
        script(folder, "#!/usr/bin/lemon\n")
    }),
    Case::new("`\\r`", |folder| script(folder, "#!/bin/sh\r\n")),
    Case::new("`env` has started, and looked for", |folder| {
        script(folder, "#!/usr/bin/env lemon\n")
    }),
    Case::new("a `\\r` behind the name", |folder| {
        script(folder, "#!/usr/bin/env sh\r\n")
    }),
    Case::new("`env -S`", |folder| {
        script(folder, "#!/usr/bin/env sh -e\n")
    }),
    Case::new("has no executable bit", |folder| {
        folder.script("lemon", "")?;
        folder.allow("lemon", 0o644)?;
        script(folder, "#!./lemon\n")
    }),
    Case::new("is a directory", |folder| {
        folder.folder("lemon")?;
        script(folder, "#!./lemon\n")
    }),
    Case::new("may not read it", |folder| {
        script(folder, "#!/bin/sh\n")?;
        folder.allow("tool", 0o111)?;
        Ok(Start {
            conditions: vec![Condition::NotRoot(NOBODY)],
            ..Start::new("./tool")
        })
    }),
    Case::new("Nothing stands behind", |folder| script(folder, "#!\n")),
    Case::new("in the middle of the interpreter's name", |folder| {
        script(folder, format!("#!/{}\n", "x/".repeat(130)))
    }),
    Case::new("in the middle of the interpreter's argument", |folder| {
        let line = "#!/bin/cat ";
        // The file that it finds, if of the line 255 bytes are read.
        folder.script(&"x".repeat(255 - line.len()), "")?;
        script(folder, format!("{line}{}\n", "x".repeat(300)))
    }),
    Case::new("names itself", |folder| script(folder, "#!./tool\n")),
    Case::new("six scripts", |folder| {
        for depth in 1..5 {
            folder.script(&format!("i{depth}"), format!("#!./i{}\n", depth + 1))?;
        }
        folder.script("i5", "#!/bin/true\n")?;
        script(folder, "#!./i1\n")
    }),
];

fn script(folder: &Folder, text: impl Into<Vec<u8>>) -> anyhow::Result<Start> {
    folder.script("tool", text)?;
    Ok(Start::new("./tool"))
}
