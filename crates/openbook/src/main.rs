//! Openbook: `cargo run` opens the book, and every listing runs from its
//! page.

mod check;
mod command_line;
mod greeting;
mod listening;
mod pack;
mod record;
mod root;
mod serve;
mod study;
mod wanted;

use ::study::{ReaderGone, print};
use clap::Parser;
use command_line::{Command, CommandLine};
use mdbook_listing::Problems;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

/// The exit status once nobody reads what we print: as the shell names the end of a
/// program that SIGPIPE has ended, 128 and 13.
const READER_GONE: u8 = 141;

fn main() -> ExitCode {
    let result = match CommandLine::try_parse() {
        Ok(line) => obey(line),
        Err(said) => answer(&said),
    };
    match result {
        Ok(status) => status,
        Err(error) if error.is::<ReaderGone>() => ExitCode::from(READER_GONE),
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

fn obey(CommandLine { command, opening }: CommandLine) -> anyhow::Result<ExitCode> {
    match command {
        None => done(serve::serve(&opening)),
        Some(Command::Build) => done(build()),
        Some(Command::Pack) => done(pack::pack()),
        Some(Command::Record { what }) => done(record::record(&what)),
        Some(Command::Check { what }) => done(check::check(&what)),
        Some(Command::Study { what, exercise }) => study::study(what, exercise.as_deref()),
    }
}

/// What clap has to say instead: help, on stdout, or what is wrong with the words.
fn answer(said: &clap::Error) -> anyhow::Result<ExitCode> {
    if said.use_stderr() || io::stdout().is_terminal() {
        // With colours.
        let _ = said.print();
    } else {
        print(&said.render().to_string())?;
    }
    Ok(u8::try_from(said.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from))
}

fn build() -> anyhow::Result<()> {
    let page = server::build_static_book(&root::root()?)?;
    print(&format!("{}\n", page.display()))
}

fn done(result: anyhow::Result<()>) -> anyhow::Result<ExitCode> {
    result.map(|()| ExitCode::SUCCESS)
}
