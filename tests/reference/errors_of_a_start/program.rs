//! "The program": it is not there, or may not or cannot be executed.

use super::case::Case;
use super::filter::refused;
use super::folder::NOBODY;
use super::process::has_namespaces;
use tests::starting::{By, Condition, Start};

pub const CASES: &[Case] = &[
    Case::new("on `PATH`", |_| Ok(Start::new("no-such"))),
    Case::new("no file at this path", |_| Ok(Start::new("./no-such"))),
    Case::new("A whole command line", |_| Ok(Start::new("ls -l"))),
    Case::new("No shell replaces", |_| Ok(Start::new("~/tool"))),
    Case::new("empty", |_| Ok(Start::new(""))),
    Case::new("leads nowhere", |folder| {
        folder.link("tool", "no-such")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("in the child's directory", |folder| {
        folder.script("tool", "#!/bin/sh\n")?;
        folder.folder("sub")?;
        Ok(Start {
            folder: Some("sub".to_owned()),
            ..Start::new("./tool")
        })
    })
    .by(&[By::Std]),
    Case::new("has been removed", |_| {
        Ok(Start {
            conditions: vec![Condition::FolderRemoved],
            ..Start::new("./tool")
        })
    }),
    Case::new("is a file, and no directory", |folder| {
        folder.script("tool", "#!/bin/sh\n")?;
        Ok(Start::new("./tool/bin"))
    }),
    Case::new("has no executable bit", |folder| {
        folder.script("tool", "#!/bin/sh\n")?;
        folder.allow("tool", 0o644)?;
        Ok(Start::new("./tool"))
    }),
    Case::new("It is a directory", |folder| {
        folder.folder("tool")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("a file of that name", |folder| {
        folder.script("tool", "#!/bin/sh\n")?;
        folder.allow("tool", 0o644)?;
        Ok(on_path("tool", ".:/usr/bin"))
    }),
    Case::new("A directory of `PATH`", |folder| {
        folder.folder("locked")?;
        folder.allow("locked", 0o000)?;
        Ok(Start {
            conditions: vec![Condition::NotRoot(NOBODY)],
            ..on_path("no-such", "locked:/usr/bin")
        })
    }),
    Case::new("lacks `x`", |folder| {
        folder.folder("locked")?;
        folder.script("locked/tool", "#!/bin/sh\n")?;
        folder.allow("locked", 0o644)?;
        Ok(Start {
            conditions: vec![Condition::NotRoot(NOBODY)],
            ..Start::new("./locked/tool")
        })
    }),
    Case::new("`noexec`", |folder| {
        folder.folder("sub")?;
        folder.script("sub/tool", "#!/bin/sh\n")?;
        let condition = match has_namespaces() {
            true => Condition::NothingExecutable("sub".to_owned()),
            false => refused(libc::SYS_execve, libc::EACCES),
        };
        Ok(Start {
            conditions: vec![condition],
            ..Start::new("./sub/tool")
        })
    }),
    Case::new("open for writing", |folder| {
        folder.script("tool", "#!/bin/sh\n")?;
        Ok(Start {
            conditions: vec![Condition::Writes("tool".to_owned())],
            ..Start::new("./tool")
        })
    }),
    Case::new("text without", |folder| {
        folder.script("tool", "echo hi\n")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("It is empty", |folder| {
        folder.script("tool", "")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("byte order mark", |folder| {
        folder.script("tool", "\u{feff}#!/bin/sh\n")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("another processor", |folder| {
        // EM_AVR, a machine without an operating system.
        folder.program_of_machine(83)?;
        Ok(Start::new("./tool"))
    }),
    Case::new("in a circle", |folder| {
        folder.link("tool", "other")?;
        folder.link("other", "tool")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("255 bytes", |_| {
        Ok(Start::new(format!("./{}", "x".repeat(256))))
    }),
];

fn on_path(program: &str, path: &str) -> Start {
    Start {
        environment: [("PATH".to_owned(), path.to_owned())].into(),
        ..Start::new(program)
    }
}
