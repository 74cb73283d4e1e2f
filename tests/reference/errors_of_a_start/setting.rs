//! What a start is given besides the program: directory, arguments, streams,
//! user and group.

use super::case::Case;
use super::filter::refused;
use super::folder::{Folder, NOBODY, STARTER};
use anyhow::ensure;
use rustix::process::geteuid;
use std::path::Path;
use std::process;
use tests::starting::{By, Condition, Start};

pub const DIRECTORY: &[Case] = &[
    Case::new("There is no such directory", |_| Ok(in_folder("no-such"))),
    Case::new("It is a file", |folder| {
        folder.script("sub", "")?;
        Ok(in_folder("sub"))
    }),
    Case::new("may not enter", |folder| {
        folder.folder("sub")?;
        folder.allow("sub", 0o644)?;
        Ok(Start {
            conditions: vec![Condition::NotRoot(NOBODY)],
            ..in_folder("sub")
        })
    }),
    Case::new("in a circle", |folder| {
        folder.link("sub", "sub")?;
        Ok(in_folder("sub"))
    }),
    Case::new("255 bytes", |_| Ok(in_folder(&"x".repeat(256)))),
];

fn in_folder(folder: &str) -> Start {
    Start {
        folder: Some(folder.to_owned()),
        ..Start::new("/bin/true")
    }
}

pub const ARGUMENTS: &[Case] = &[
    Case::new("in an argument", |_| {
        Ok(with_arguments(["be\0fore".to_owned()]))
    }),
    Case::new("in the name of the program", |_| Ok(Start::new("tr\0ue"))),
    Case::new("in a variable", |_| Ok(with_variable("LEMON", "be\0fore"))),
    Case::new("in the directory", |_| Ok(in_folder("be\0fore"))),
    Case::new("131,072 bytes and more", |_| {
        Ok(with_arguments(["x".repeat(131_072)]))
    }),
    Case::new("One variable", |_| {
        let value = "x".repeat(131_072 - "LEMON=".len());
        Ok(with_variable("LEMON", &value))
    }),
    Case::new("a quarter of the stack's limit", |_| {
        let arguments = vec!["x".repeat(120_000); 20];
        Ok(Start {
            conditions: vec![Condition::Limit(libc::RLIMIT_STACK, 8 << 20)],
            arguments,
            ..Start::new("/bin/true")
        })
    }),
    Case::new("An argument is a number", |_| {
        Ok(Start {
            number: true,
            ..Start::new("/bin/true")
        })
    })
    .by(&[]),
    Case::new("The list is empty", |_| {
        Ok(Start {
            nothing: true,
            ..Start::new("")
        })
    })
    .by(&[]),
    Case::new("`=` in its name", |_| Ok(with_variable("LE=MON", "1"))),
];

/// The bounds that rows name, from the other side: what is just started, and the
/// total that no limit of the stack raises.
pub fn bounds() -> anyhow::Result<()> {
    let total = Start {
        conditions: vec![Condition::Limit(libc::RLIMIT_STACK, 64 << 20)],
        ..with_arguments(vec!["x".repeat(120_000); 53])
    };
    let variable = "x".repeat(131_071 - "LEMON=".len());
    let starts = [
        (None, with_arguments(["x".repeat(131_071)])),
        (None, with_variable("LEMON", &variable)),
        (Some("Argument list too long"), total),
    ];
    let folder = Folder::new()?;
    let hold = |refusal: Option<&str>, start: &Start, by| -> anyhow::Result<()> {
        let outcome = start.outcome(by, Path::new(STARTER), folder.path())?;
        let is_as_told = match refusal {
            Some(refusal) => outcome
                .error
                .as_ref()
                .is_some_and(|it| it.contains(refusal)),
            None => outcome.error.is_none(),
        };
        let (error, user) = (outcome.error, start.user);
        ensure!(is_as_told, "{user:?}, {by:?}: {error:?}, not {refusal:?}");
        Ok(())
    };
    for (refusal, start) in &starts {
        for by in [By::Std, By::Python] {
            hold(*refusal, start, by)?;
        }
    }
    if !geteuid().is_root() {
        return Ok(());
    }
    // Users whose processes are nobody else's, and another one for each start: the
    // processes of the last may still be about. A container may have no number above
    // that of nobody.
    let mut user = 20_000 + process::id() % 8_000 * 4;
    for (others, refusal) in [(1, None), (2, Some("Resource temporarily unavailable"))] {
        for by in [By::Std, By::Python] {
            user += 1;
            let mut conditions = vec![Condition::AnotherOf(user); others];
            conditions.push(Condition::Limit(libc::RLIMIT_NPROC, 1));
            let start = Start {
                user: Some(user),
                conditions,
                ..Start::new("/bin/true")
            };
            hold(refusal, &start, by)?;
        }
    }
    Ok(())
}

fn with_arguments(arguments: impl Into<Vec<String>>) -> Start {
    Start {
        arguments: arguments.into(),
        ..Start::new("/bin/true")
    }
}

fn with_variable(name: &str, value: &str) -> Start {
    Start {
        environment: [(name.to_owned(), value.to_owned())].into(),
        ..Start::new("/bin/true")
    }
}

pub const STREAMS: &[Case] = &[
    Case::new("to be its stdin", |_| {
        Ok(Start {
            stdin_path: Some("in.txt".to_owned()),
            ..Start::new("/bin/true")
        })
    }),
    Case::new("to be its stdout", |folder| {
        folder.folder("out")?;
        Ok(Start {
            stdout_path: Some("out".to_owned()),
            ..Start::new("/bin/true")
        })
    }),
    Case::new("may not be made", |folder| {
        folder.folder("locked")?;
        folder.allow("locked", 0o555)?;
        Ok(Start {
            stdout_path: Some("locked/out.txt".to_owned()),
            conditions: vec![Condition::NotRoot(NOBODY)],
            ..Start::new("/bin/true")
        })
    }),
    Case::new("`/dev/null` is missing", |_| {
        Ok(Start {
            stdin_null: true,
            conditions: vec![refused(libc::SYS_openat, libc::ENOENT)],
            ..Start::new("/bin/true")
        })
    })
    .marked(),
    Case::new("no pipe for", |_| {
        Ok(Start {
            stdout_pipe: true,
            conditions: vec![Condition::NoDescriptorLeft],
            ..Start::new("/bin/true")
        })
    }),
    Case::new("nothing is captured", |_| {
        Ok(Start {
            conditions: vec![Condition::NoDescriptorLeft],
            ..Start::new("/bin/true")
        })
    }),
    Case::new("whole machine has", |_| {
        Ok(Start {
            stdout_pipe: true,
            conditions: vec![refused(libc::SYS_pipe2, libc::ENFILE)],
            ..Start::new("/bin/true")
        })
    })
    .marked(),
];

/// More than a pid can be: `PID_MAX_LIMIT`, `proc_sys_kernel(5)`.
const NO_GROUP: i32 = (1 << 22) + 1;

pub const USER: &[Case] = &[
    Case::new("root may", |_| {
        Ok(Start {
            user: Some(0),
            conditions: vec![Condition::NotRoot(NOBODY)],
            ..Start::new("/bin/true")
        })
    }),
    Case::new("beside the user", |_| {
        Ok(Start {
            user: Some(0),
            folder: Some(".".to_owned()),
            conditions: vec![Condition::NotRoot(NOBODY)],
            ..Start::new("/bin/true")
        })
    }),
    Case::new("-1", |_| {
        Ok(Start {
            user: Some(u32::MAX),
            ..Start::new("/bin/true")
        })
    }),
    Case::new("no user of that name", |_| {
        Ok(Start {
            user_name: Some("lemon".to_owned()),
            ..Start::new("/bin/true")
        })
    })
    .by(&[]),
    Case::new("no group of that number", |_| Ok(in_group(NO_GROUP))),
    Case::new("a negative number", |_| Ok(in_group(-2))),
    Case::new("between fork and exec failed", |_| {
        Ok(Start {
            fails_before_exec: true,
            ..Start::new("/bin/true")
        })
    }),
    Case::new("ignores SIGCHLD", |_| {
        Ok(Start {
            conditions: vec![Condition::ChildSignalIgnored],
            environment: [("PATH".to_owned(), "/usr/bin".to_owned())].into(),
            ..Start::new("no-such")
        })
    }),
];

fn in_group(group: i32) -> Start {
    Start {
        group: Some(group),
        ..Start::new("/bin/true")
    }
}
