//! `mdbook-listing`: the preprocessor as the command that stock mdBook starts.
//!
//! mdBook asks `mdbook-listing supports html` first, then gives the book as
//! JSON on stdin and takes it back on stdout.

use anyhow::{Context, bail};
use mdbook_listing::ListingPreprocessor;
use mdbook_preprocessor::{MDBOOK_VERSION, Preprocessor, parse_input};
use std::env;
use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        [] => preprocess(),
        // Every renderer needs the listings; which form, the book says that comes then.
        ["supports", _] => return ExitCode::SUCCESS,
        _ => {
            eprintln!("mdbook-listing is started by mdBook: see book.toml");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn preprocess() -> anyhow::Result<()> {
    let (context, book) = parse_input(io::stdin())
        .with_context(|| format!("mdBook {MDBOOK_VERSION} sends a book; this is none"))?;
    let minor = |version: &str| version.split('.').take(2).collect::<Vec<_>>().join(".");
    let (theirs, ours) = (minor(&context.mdbook_version), minor(MDBOOK_VERSION));
    if theirs != ours {
        bail!("this is mdBook {theirs}, and the book needs mdBook {ours}");
    }
    let book = ListingPreprocessor::new().run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book)?;
    Ok(())
}
