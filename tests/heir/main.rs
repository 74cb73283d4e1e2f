//! A process with something to leave: it arranges one attribute of its own, and
//! shows what its double has of it after a fork, and its next program after an exec.
//!
//! `fork NAME` and `exec NAME` print lines of a word and what was seen then;
//! `show NAME` prints what this process has, without having arranged anything.

mod attribute;
mod attributes;
mod calls;
mod files;
mod kept;
mod memory;
mod places;
mod privileges;
mod rights;
mod sessions;
mod signals;
mod starting;
mod timers;

use attribute::Attribute;
use std::io::{self, Write};
use std::process::ExitCode;

/// The status of who may not arrange the attribute, or is on a machine that has
/// it not.
const NOT_HERE: u8 = 77;

/// What `exec` starts, where it is not this program under its own name.
const SET_USER_ID: &str = "./set-user-id";

fn main() -> ExitCode {
    match act() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let not_here = [
                io::ErrorKind::PermissionDenied,
                io::ErrorKind::Unsupported,
                io::ErrorKind::StorageFull,
            ];
            if not_here.contains(&error.kind()) {
                ExitCode::from(NOT_HERE)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

fn act() -> io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["show", name] => show("shows", &attributes::named(name)?),
        ["fork", name] => over_fork(&attributes::named(name)?),
        ["apart", name] => apart(&attributes::named(name)?),
        ["exec", name] => over_exec(&attributes::named(name)?, None),
        ["set-user-id", name] => over_exec(&attributes::named(name)?, Some(SET_USER_ID)),
        ["hold", name] => hold(&attributes::named(name)?),
        ["start", name, way] => starting::start(&attributes::named(name)?, way),
        ["prepared", ref program @ ..] => starting::prepared(program),
        ["buffer", to] => memory::half_a_line(to),
        ["doubles", how] => memory::told_of_doubles(how),
        _ => Err(io::Error::other(format!("what is {words:?}?"))),
    }
}

fn show(word: &str, attribute: &Attribute) -> io::Result<()> {
    println!("{word} {}", (attribute.show)()?);
    Ok(())
}

/// What the double has of what was arranged, and what becomes of the parent's
/// when the double changes its own.
fn over_fork(attribute: &Attribute) -> io::Result<()> {
    (attribute.arrange)()?;
    show("before", attribute)?;
    let seen = calls::in_a_double(|| {
        let seen = (attribute.show)()?;
        if let Some(change) = attribute.change {
            change()?;
        }
        Ok(seen)
    })?;
    println!("double {seen}");
    show("parent", attribute)
}

/// The double arranges the attribute, and its parent has done nothing.
fn apart(attribute: &Attribute) -> io::Result<()> {
    let seen = calls::in_a_double(|| {
        (attribute.arrange)()?;
        (attribute.show)()
    })?;
    println!("double {seen}");
    show("parent", attribute)
}

fn over_exec(attribute: &Attribute, program: Option<&str>) -> io::Result<()> {
    (attribute.arrange)()?;
    show("before", attribute)?;
    io::stdout().flush()?;
    let own = starting::own_path()?;
    Err(calls::exec(
        program.unwrap_or(&own),
        &["show", attribute.name],
    ))
}

/// Until its stdin ends; with `HEIR_IDLE` it has arranged nothing.
fn hold(attribute: &Attribute) -> io::Result<()> {
    if std::env::var_os("HEIR_IDLE").is_none() {
        (attribute.arrange)()?;
    }
    println!("ready {}", std::process::id());
    io::stdout().flush()?;
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}
