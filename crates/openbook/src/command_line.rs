//! What can be typed after `cargo run --`.

use crate::export::Form;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use server::ForwardedName;
use std::env;
use std::net::{IpAddr, Ipv4Addr};

/// Read the book "Subprocess ye hua load", and run its listings from its pages
///
/// Without a command: serve the book on this machine alone, print its address,
/// open it in a browser if there is one, and build its chapters meanwhile.
/// Save a page or a listing, and the open page follows. Ctrl-C stops the
/// server and everything that it started.
#[derive(Parser)]
#[command(
    bin_name = "cargo run --",
    disable_version_flag = true,
    args_conflicts_with_subcommands = true
)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) opening: Opening,
}

/// What `--help` says in an archive.
const OF_AN_ARCHIVE: &str = "\
Read the book \"Subprocess ye hua load\", and run its listings from its pages

Serve the book on this machine alone, print its address, and open it in a browser if there is one. \
Ctrl-C stops the server and everything that it started.";

/// What a command's own `--help` says there.
const NEEDS_SOURCE: &str = "It needs Rust and the book's source, and an archive has neither.";

impl CommandLine {
    /// What was typed. Of the commands none does anything in an archive: its help is
    /// without them, and whoever types one is told what it needs.
    ///
    /// # Errors
    /// Help is asked for, or something is wrong with the words.
    pub(crate) fn read(is_archive: bool) -> clap::error::Result<CommandLine> {
        let mut command = CommandLine::command();
        if is_archive {
            command = command.bin_name("./open").long_about(OF_AN_ARCHIVE);
            command = command.mut_subcommands(|it| it.hide(true).after_help(NEEDS_SOURCE));
        }
        let words = command.try_get_matches_from_mut(env::args_os())?;
        CommandLine::from_arg_matches(&words).map_err(|error| error.format(&mut command))
    }
}

/// How the book is opened.
#[derive(Args)]
pub(crate) struct Opening {
    /// The port to serve on, or the next free one; 0 leaves it to the system
    #[arg(long, value_name = "PORT", default_value_t = 3000)]
    pub(crate) port: u16,
    /// Print the address, and leave the browser alone
    #[arg(long)]
    pub(crate) no_open: bool,
    /// The address to listen on; one that other machines can reach is refused
    /// without --let-others-in
    #[arg(long, value_name = "ADDRESS", default_value_t = Ipv4Addr::LOCALHOST.into())]
    pub(crate) host: IpAddr,
    /// Listen on a --host that other machines can reach, all the same
    ///
    /// Whoever learns the printed address can then run the listings as you.
    /// Nothing is encrypted, so whoever can listen to the network learns it.
    #[arg(long)]
    pub(crate) let_others_in: bool,
    /// A name by which the port is forwarded to you over https, as Codespaces
    /// and reverse proxies do; may be given more than once
    ///
    /// Pages can be asked for by exactly this name, beside 127.0.0.1, localhost
    /// and [::1]. What starts something needs the token all the same.
    #[arg(long, value_name = "NAME", value_parser = ForwardedName::parse)]
    pub(crate) forwarded_as: Vec<ForwardedName>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Build the book into target/book, for a static host, and check it
    Build,
    /// Pack the book for a machine of this kind without Rust, into target/pack
    ///
    /// The archive has the rendered book, the compiled listings, and a program
    /// `open` that serves them. It needs the program `xz`.
    Pack,
    /// Make files to take along, into target/export: for reading without the book's server
    ///
    /// What a missing program keeps from being made is said, and the rest is made.
    Export {
        /// What to make; without any, all of it
        #[arg(value_name = "WHAT")]
        what: Vec<Form>,
    },
    /// Run listings and keep what they print, for the pages and the tests
    ///
    /// A recording that differs from the new run only in what is masked is
    /// left as it is. An exercise is kept as the book is to give it.
    Record {
        /// Chapters (chapter5), listings (chapter5/word_count) and exercises
        /// (chapter5/through_a_filter); without any, all of the book
        #[arg(value_name = "WHAT")]
        what: Vec<String>,
    },
    /// Check the book as CI does: its pages, links and code blocks, every
    /// recording against a new run of its listing, and that every exercise
    /// fails as it is given and passes as we solve it
    Check {
        /// Chapters, listings and exercises; without any, all of the book
        #[arg(value_name = "WHAT")]
        what: Vec<String>,
    },
    /// Do the exercises: each save of one is checked
    ///
    /// It goes on where you were. Keys ask for hints, go to the next, give one
    /// back as it was, and quit.
    #[command(args_conflicts_with_subcommands = true)]
    Study {
        #[command(subcommand)]
        what: Option<Studying>,
        /// The exercise (chapter2/both_streams, or both_streams), or a chapter;
        /// without it, the one to go on with
        #[arg(value_name = "EXERCISE")]
        exercise: Option<String>,
    },
}

/// What can be done with exercises beside doing them.
#[derive(Subcommand)]
pub(crate) enum Studying {
    /// Name all exercises, and those that you have begun or passed
    List,
    /// Print the next of an exercise's three hints
    Hint {
        #[arg(value_name = "EXERCISE")]
        exercise: Option<String>,
    },
    /// Give an exercise back as it was; what you wrote in it is lost, and that
    /// you passed it is forgotten
    Reset {
        #[arg(value_name = "EXERCISE")]
        exercise: String,
    },
}
