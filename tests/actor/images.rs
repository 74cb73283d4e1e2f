//! Which program a plan is to be run by.

use crate::kernel::{Ends, Image};
use std::env;
use std::ffi::CString;
use tests::trees::plan::{Plan, Step};

/// The shell that runs a tree's scripts.
const SHELL: &str = "/bin/sh";

/// The image for a plan, seen by whoever makes the child: a plan that begins with
/// a foreign program needs no actor.
pub fn of(plan: &Plan, ends: Option<Ends>) -> Image {
    match plan.steps.first() {
        Some(Step::Shell(file)) => foreign(SHELL, &["sh", file], ends),
        Some(Step::Program(program)) => foreign(program, &[program], ends),
        _ => actor(&plan.name, &plan.steps, ends),
    }
}

/// The same, where the child may also end between vfork and exec, or ask for what
/// is not there and end. (`posix_spawn` fails then, and tells nobody a pid.)
pub fn of_vforked(plan: &Plan, ends: Option<Ends>) -> Image {
    match plan.steps.first() {
        Some(Step::Missing) => missing(ends),
        Some(Step::Exit(code)) => Image {
            or_exit: *code,
            ..missing(ends)
        },
        _ => of(plan, ends),
    }
}

/// The foreign program that a step becomes: its path and its arguments.
pub fn shell(file: &str) -> Image {
    foreign(SHELL, &["sh", file], None)
}

pub fn program(program: &str) -> Image {
    foreign(program, &[program], None)
}

/// The actor itself, for what is left of a plan.
pub fn actor(name: &str, rest: &[Step], ends: Option<Ends>) -> Image {
    let own = env::current_exe().expect("the actor knows its file");
    let own = own.to_str().expect("its path is text");
    foreign(own, &["actor", &Plan::rest(name, rest)], ends)
}

/// No program at all.
pub fn missing(ends: Option<Ends>) -> Image {
    foreign("/no/such/program", &["missing"], ends)
}

fn foreign(program: &str, argv: &[&str], ends: Option<Ends>) -> Image {
    let word = |it: &str| CString::new(it).expect("no word of a plan has a NUL");
    Image {
        program: word(program),
        argv: argv.iter().map(|it| word(it)).collect(),
        or_exit: 127,
        ends,
    }
}
