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

use clap::Parser;
use command_line::{Command, CommandLine};
use mdbook_listing::Problems;
use std::process::ExitCode;

fn main() -> ExitCode {
    let CommandLine { command, opening } = CommandLine::parse();
    let result = match command {
        None => done(serve::serve(&opening)),
        Some(Command::Build) => done(build()),
        Some(Command::Pack) => done(pack::pack()),
        Some(Command::Record { what }) => done(record::record(&what)),
        Some(Command::Check { what }) => done(check::check(&what)),
        Some(Command::Study { what, exercise }) => study::study(what, exercise.as_deref()),
    };
    match result {
        Ok(status) => status,
        Err(error) => {
            // Each of the book's problems has its own "error:".
            match error.downcast_ref::<Problems>() {
                Some(problems) => eprintln!("{problems}"),
                None => eprintln!("error: {error:#}"),
            }
            ExitCode::FAILURE
        }
    }
}

fn build() -> anyhow::Result<()> {
    println!("{}", server::build_static_book(&root::root()?)?.display());
    Ok(())
}

fn done(result: anyhow::Result<()>) -> anyhow::Result<ExitCode> {
    result.map(|()| ExitCode::SUCCESS)
}
