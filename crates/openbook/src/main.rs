//! Openbook: `cargo run` opens the book, and every listing runs from its
//! page.

mod archive;
mod check;
mod command_line;
mod export;
mod greeting;
mod listening;
mod pack;
mod record;
mod root;
mod serve;
mod study;
mod wanted;

use ::study::{ReaderGone, print};
use command_line::{Command, CommandLine};
use listing::Unwritten;
use mdbook_listing::Problems;
use recording::Archive;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = root::archive().and_then(|archive| match CommandLine::read(archive.is_some()) {
        Ok(line) => obey(line, archive),
        Err(said) => Ok(answer(&said)),
    });
    match done {
        Ok(status) => status,
        Err(error) if error.is::<ReaderGone>() => Unwritten::ReaderGone.exit_code(),
        Err(error) => {
            // Each of the book's problems has its own "error:".
            let text = match error.downcast_ref::<Problems>() {
                Some(problems) => problems.to_string(),
                None => format!("error: {error:#}"),
            };
            // Nobody may be reading our stderr either.
            let _ = writeln!(io::stderr(), "{text}");
            ExitCode::FAILURE
        }
    }
}

fn obey(
    CommandLine { command, opening }: CommandLine,
    archive: Option<Archive>,
) -> anyhow::Result<ExitCode> {
    match command {
        None => done(serve::serve(&opening, archive)),
        Some(Command::Build) => done(build()),
        Some(Command::Pack) => done(pack::pack()),
        Some(Command::Export { what }) => done(export::export(&what)),
        Some(Command::Record { what }) => done(record::record(&what)),
        Some(Command::Check { what }) => done(check::check(&what)),
        Some(Command::Study { what, exercise }) => study::study(what, exercise.as_deref()),
    }
}

/// What clap has to say instead: help, on stdout, or what is wrong with the words.
fn answer(said: &clap::Error) -> ExitCode {
    if let Err(error) = said.print()
        && !said.use_stderr()
    {
        return Unwritten::of(&error).exit_code();
    }
    u8::try_from(said.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn build() -> anyhow::Result<()> {
    let page = server::build_static_book(&root::root()?)?;
    print(&format!("{}\n", page.display()))
}

fn done(result: anyhow::Result<()>) -> anyhow::Result<ExitCode> {
    result.map(|()| ExitCode::SUCCESS)
}
