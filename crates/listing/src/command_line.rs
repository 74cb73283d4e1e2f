//! The command line of a chapter: all listings, one, `--list`, `--help`.

use crate::chapter::{Chapter, Language, Listing, Program};
use crate::place;
use crate::surroundings::{Folder, heed_the_keyboard, tidy_environment};
use crate::typed;
use crate::unwritten::{Unwritten, printing, say};
use anyhow::Context;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::{env, fs};

/// The exit status of a command line that asks for what there is not. Most
/// tools have 2 for it.
const USAGE_ERROR: u8 = 2;

impl Chapter {
    /// Does what the process's arguments ask for. Exit status 2 means that
    /// they asked for something that this chapter does not have.
    pub fn main(self) -> ExitCode {
        let mut arguments = env::args_os().skip(1);
        let Some(first) = arguments.next() else {
            return written(run_all(&self));
        };
        match first.to_str() {
            Some("-h" | "--help") => written(help(&self).map(|()| ExitCode::SUCCESS)),
            Some("--list") => written(list(&self).map(|()| ExitCode::SUCCESS)),
            Some("child") => child(&self, arguments.next().unwrap_or_default()),
            _ => one(&self, &first, arguments.collect()),
        }
    }
}

/// The exit status once all is written, or as much as was wanted.
fn written(result: io::Result<ExitCode>) -> ExitCode {
    result.unwrap_or_else(|error| Unwritten::of(&error).exit_code())
}

fn help(chapter: &Chapter) -> io::Result<()> {
    let Chapter { name, title, .. } = chapter;
    let mut out = io::stdout().lock();
    writeln!(out, "{}: {title}\n", heading(name))?;
    writeln!(out, "Usage:")?;
    let command = |arguments: &str| typed::here(&format!("cargo run -p {name}{arguments}"));
    let width = command(" -- --list").len();
    for (arguments, about) in [
        ("", "run every listing, in order"),
        (" -- NAME", "run one listing"),
        (" -- --list", "name the listings"),
        (" -- --help", "print this"),
    ] {
        writeln!(out, "  {:width$}   {about}", command(arguments))?;
    }
    for program in &chapter.programs {
        writeln!(
            out,
            "  {}",
            command(&format!(" -- {} --help", program.name))
        )?;
    }
    writeln!(out, "\nListings:")?;
    list(chapter)
}

fn list(chapter: &Chapter) -> io::Result<()> {
    let names = chapter.listings.iter().map(|listing| listing.name.len());
    let width = names.max().unwrap_or_default();
    let mut out = io::stdout().lock();
    for listing in &chapter.listings {
        write!(out, "{:width$}  {}", listing.name, listing.summary)?;
        match &*listing.needs {
            [] => writeln!(out)?,
            needs => writeln!(out, " (needs {})", needs.join(", "))?,
        }
    }
    for Program { name, summary, .. } in &chapter.programs {
        writeln!(out, "{name:width$}  {summary}")?;
    }
    Ok(())
}

fn one(chapter: &Chapter, name: &OsStr, rest: Vec<OsString>) -> ExitCode {
    if let Some(program) = chapter.programs.iter().find(|p| p.name == name) {
        let main = program.main;
        return printing(move || main(rest)).unwrap_or_else(Unwritten::exit_code);
    }
    let Some(listing) = chapter.listings.iter().find(|l| l.name == name) else {
        return unknown(chapter, name);
    };
    if let Some(extra) = rest.first() {
        say(&format!(
            "error: {} takes no arguments, but got {}",
            listing.name,
            extra.display()
        ));
        return USAGE_ERROR.into();
    }
    if let Some(tool) = missing_tool(listing) {
        say(&format!(
            "error: {} needs {tool}, which is not on the PATH: \
             install it with your system's package manager",
            listing.name
        ));
        return ExitCode::FAILURE;
    }
    // Before the environment is tidied, which may say where it is.
    let python = match listing.language {
        Language::Rust(_) => None,
        Language::Python => python_file(chapter, listing),
    };
    tidy_environment();
    heed_the_keyboard();
    let folder = match Folder::enter(chapter.name, listing.name) {
        Ok(folder) => folder,
        Err(error) => return reported(Err(error)),
    };
    let result = match listing.language {
        Language::Rust(main) => printing(main),
        Language::Python => Ok(Err(become_python(python))),
    };
    folder.leave();
    result.map_or_else(Unwritten::exit_code, reported)
}

/// Prints an error as Rust does for a `main` that returns one: the listing,
/// copied out into a project of its own, prints the same.
fn reported(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("Error: {error:?}"));
            ExitCode::FAILURE
        }
    }
}

/// A Python listing's file. That of an edit lies beside the program that was built
/// for it.
fn python_file(chapter: &Chapter, listing: &Listing) -> Option<PathBuf> {
    let file = Path::new("python").join(listing.name);
    let beside = env::current_exe().map(|program| program.with_file_name(&file));
    match beside {
        Ok(beside) if beside.is_file() => Some(beside),
        _ => place::chapter(chapter.name).map(|folder| folder.join(file)),
    }
}

/// Replaces this process by Python, so that pid and signals are the listing's
/// own. Returns only if that fails.
fn become_python(file: Option<PathBuf>) -> anyhow::Error {
    let Some(file) = file else {
        return anyhow::anyhow!(
            "there is no chapters-code above this program, where its Python would be"
        );
    };
    let error = Command::new("python3").arg(file).exec();
    anyhow::Error::new(error).context("starting python3")
}

fn child(chapter: &Chapter, name: OsString) -> ExitCode {
    let Some((_, main)) = chapter.children.iter().find(|(known, _)| *known == name) else {
        say(&format!(
            "error: {} has no child named {:?}",
            chapter.name, name
        ));
        return USAGE_ERROR.into();
    };
    reported(main())
}

fn unknown(chapter: &Chapter, name: &OsStr) -> ExitCode {
    let name = name.to_string_lossy();
    say(&format!(
        "error: {} has no listing named `{name}`",
        chapter.name
    ));
    let known = (chapter.listings.iter().map(|listing| listing.name))
        .chain(chapter.programs.iter().map(|program| program.name));
    let distance = |known: &&str| strsim::damerau_levenshtein(known, &name);
    if let Some(near) = known.min_by_key(distance) {
        say(&format!("       the nearest name is `{near}`"));
    }
    let list = format!("cargo run -p {} -- --list", chapter.name);
    say(&format!("       {} names them all", typed::here(&list)));
    USAGE_ERROR.into()
}

/// Runs every listing as a child of this process, so that one that exits,
/// aborts or leaves a zombie spoils nothing for the next.
fn run_all(chapter: &Chapter) -> io::Result<ExitCode> {
    let mut out = io::stdout();
    writeln!(out, "{}: {}", heading(chapter.name), chapter.title)?;
    let mut failed = Vec::new();
    for listing in &chapter.listings {
        writeln!(out, "\n── {}: {} ──", listing.name, listing.summary)?;
        out.flush()?;
        if let Some(tool) = missing_tool(listing) {
            writeln!(out, "(skipped: it needs {tool}, which is not on the PATH)")?;
            continue;
        }
        match start_one(listing) {
            Ok(status) if status.success() => {}
            Ok(status) => failed.push(format!("{} ended with {status}", listing.name)),
            Err(error) => failed.push(format!("{} did not start: {error:#}", listing.name)),
        }
    }
    writeln!(out)?;
    if let Some(next) = chapter.next {
        writeln!(out, "{}", typed::here(next))?;
    }
    out.flush()?;
    for failure in &failed {
        say(&format!("error: {failure}"));
    }
    Ok(if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn start_one(listing: &Listing) -> anyhow::Result<ExitStatus> {
    let program = env::current_exe().context("finding this program's own file")?;
    Ok(Command::new(program).arg(listing.name).status()?)
}

fn missing_tool(listing: &Listing) -> Option<&'static str> {
    listing.needs.iter().copied().find(|tool| !is_on_path(tool))
}

/// Whether a program of that name can be started: a look along the PATH, as
/// `execvp(3)` takes it.
fn is_on_path(tool: &str) -> bool {
    let executable = |file: &Path| {
        fs::metadata(file)
            .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
    };
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| executable(&folder.join(tool)))
}

/// `chapter5` as a heading has it: Chapter 5. What is no chapter is an appendix.
fn heading(name: &str) -> String {
    match name.strip_prefix("chapter") {
        Some(number) => format!("Chapter {number}"),
        None => "Appendix".to_owned(),
    }
}
