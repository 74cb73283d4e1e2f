//! The start itself, by std or by duct.

#![expect(unsafe_code, reason = "a function between fork and exec is one case")]

use duct::cmd;
use std::fs::File;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitStatus, Stdio};
use tests::starting::{By, Outcome, Start};

pub fn start(start: &Start) -> Outcome {
    let result = match start.by {
        By::Duct => by_duct(start),
        By::Std | By::Python => by_std(start),
    };
    match result {
        Ok(status) => Outcome {
            status: Some(status.to_string()),
            ..Outcome::default()
        },
        Err(error) => Outcome {
            kind: Some(format!("{:?}", error.kind())),
            error: Some(error.to_string()),
            ..Outcome::default()
        },
    }
}

fn by_std(start: &Start) -> io::Result<ExitStatus> {
    let mut command = Command::new(&start.program);
    command.args(&start.arguments).envs(&start.environment);
    if let Some(folder) = &start.folder {
        command.current_dir(folder);
    }
    if start.stdin_null {
        command.stdin(Stdio::null());
    }
    if start.stdout_pipe {
        command.stdout(Stdio::piped());
    }
    if let Some(path) = &start.stdin_path {
        command.stdin(File::open(path)?);
    }
    if let Some(path) = &start.stdout_path {
        command.stdout(File::create(path)?);
    }
    further(start, &mut command);
    // Not `output`, which would close stdin.
    command.spawn()?.wait()
}

fn by_duct(start: &Start) -> io::Result<ExitStatus> {
    let mut expression = cmd(&start.program, &start.arguments).unchecked();
    for (name, value) in &start.environment {
        expression = expression.env(name, value);
    }
    if let Some(folder) = &start.folder {
        expression = expression.dir(folder);
    }
    if start.stdin_null {
        expression = expression.stdin_null();
    }
    if start.stdout_pipe {
        expression = expression.stdout_capture();
    }
    if let Some(path) = &start.stdin_path {
        expression = expression.stdin_path(path);
    }
    if let Some(path) = &start.stdout_path {
        expression = expression.stdout_path(path);
    }
    let start = start.clone();
    let expression = expression.before_spawn(move |command| {
        further(&start, command);
        Ok(())
    });
    Ok(expression.run()?.status)
}

/// What duct has no word for.
fn further(start: &Start, command: &mut Command) {
    if let Some(user) = start.user {
        command.uid(user);
    }
    if let Some(group) = start.group {
        command.process_group(group);
    }
    if start.fails_before_exec {
        // SAFETY: between fork and exec it makes a value of no memory.
        unsafe { command.pre_exec(|| Err(io::ErrorKind::Other.into())) };
    }
}
