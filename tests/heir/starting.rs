//! Children of this process, by std and by duct.
#![expect(unsafe_code, reason = "`pre_exec` is the subject")]

use crate::attribute::Attribute;
use crate::calls::exec;
use crate::files::open_in_place;
use crate::signals::{block, set};
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

pub fn own_path() -> io::Result<String> {
    let path = std::env::var("HEIR_PATH");
    path.map_err(|error| io::Error::other(format!("HEIR_PATH: {error}")))
}

/// A closure that runs in the double, before it becomes the program.
pub fn with_pre_exec(program: &str, closure: fn() -> io::Result<()>) -> Command {
    let mut command = Command::new(program);
    // SAFETY: there is no other thread whose locks the double could miss.
    unsafe { command.pre_exec(closure) };
    command
}

/// A child that shows the attribute: arranged by its parent for itself, or for the
/// child alone, by a closure or by a method as a page writes it.
pub fn start(attribute: &Attribute, way: &str) -> io::Result<()> {
    let own = own_path()?;
    let arguments = ["show", attribute.name];
    let arrange = attribute.arrange;
    let ended = match way {
        "std" => {
            arrange()?;
            Command::new(&own).args(arguments).status()?
        }
        "duct" => {
            arrange()?;
            duct::cmd(&own, arguments).unchecked().run()?.status
        }
        "pre_exec" => with_pre_exec(&own, arrange).args(arguments).status()?,
        "before_spawn" => {
            let command = duct::cmd(&own, arguments).before_spawn(move |command| {
                // SAFETY: there is no other thread whose locks the double could miss.
                unsafe { command.pre_exec(arrange) };
                Ok(())
            });
            command.unchecked().run()?.status
        }
        _ => {
            let mut command = Command::new(own);
            match way {
                ".process_group(0)" => command.process_group(0),
                ".arg0(\"NAME\")" => command.arg0("NAME"),
                ".current_dir(\"/\")" => command.current_dir("/"),
                ".env(\"DISH\", \"dal\")" => command.env("DISH", "dal"),
                ".uid(54321)" => command.uid(54321),
                ".gid(54321)" => command.gid(54321),
                _ => return Err(io::Error::other(format!("{way}: no such method here"))),
            };
            command.args(arguments).status()?
        }
    };
    std::process::exit(ended.code().unwrap_or(1));
}

/// USR1 blocked, USR2, PIPE and XFSZ ignored, and a descriptor open that is not
/// closed on exec: then the program starts, by std, by duct, or in the place of this one.
pub fn prepared(words: &[&str]) -> io::Result<()> {
    block(libc::SIGUSR1)?;
    for signal in [libc::SIGUSR2, libc::SIGPIPE, libc::SIGXFSZ] {
        set(signal, libc::SIG_IGN)?;
    }
    open_in_place()?;
    match words {
        ["std", program, arguments @ ..] => {
            Command::new(program).args(arguments).status().map(drop)
        }
        ["duct", program, arguments @ ..] => duct::cmd(*program, arguments).run().map(drop),
        ["exec", program, arguments @ ..] => Err(exec(program, arguments)),
        _ => Err(io::Error::other("std, duct or exec, and a program")),
    }
}
