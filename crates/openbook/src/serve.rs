//! `cargo run`: the book, open.

use crate::command_line::Opening;
use crate::greeting::Address;
use crate::listening::{listen, refuse_to_be_reached};
use crate::root::root;
use anyhow::Context;
use recording::Archive;
use server::{Book, Runnable, Server};
use std::io::{self, Write};
use std::path::Path;
use std::process;
use tokio::runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Serves the book until it is stopped: that of `archive`, or of the checkout, whose
/// chapters are built meanwhile.
///
/// # Errors
/// What builds the chapters does not compile, the book has problems, or there is no
/// port to listen on.
pub(crate) fn serve(opening: &Opening, archive: Option<Archive>) -> anyhow::Result<()> {
    refuse_to_be_reached(opening)?;
    let (book, started_by) = match archive {
        Some(archive) => (Book::of_archive(archive)?, "./open"),
        None => (render()?, "cargo run --"),
    };
    // The folder of the file that sends the browser to the address.
    let door = book.temporary_folder()?;
    let server = Server::new(book, listen(opening)?, opening.forwarded_as.clone())?;
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("starting the server")?;
    runtime.block_on(until_stopped(server, opening, started_by, door.path()))
}

fn render() -> anyhow::Result<Book> {
    let root = root()?;
    let runnable = Runnable::unbuilt(&root)?;
    say("Rendering the book; its listings are compiled once it is open");
    Book::open(root, runnable)
}

async fn until_stopped(
    server: Server,
    opening: &Opening,
    started_by: &'static str,
    door: &Path,
) -> anyhow::Result<()> {
    let mut stop = Stop::new()?;
    let last_page = server.last_page();
    let unkept = server.unkept();
    let address = Address {
        listening: server.listening(),
        token: server.token().to_owned(),
        forwarded: opening.forwarded_as.clone(),
        started_by,
    };
    let stopped = async move {
        address.print(opening.port, last_page.as_deref(), unkept.as_deref());
        if !opening.no_open
            && let Err(error) = address.open(door)
        {
            // Without a browser, the printed address is enough.
            say(&format!("No browser was opened: {error:#}"));
        }
        stop.asked().await;
        say("Stopping");
        tokio::spawn(async move {
            stop.asked().await;
            process::exit(1);
        });
    };
    server.until(stopped).await
}

/// What a terminal, a shell or a system sends to end a program.
struct Stop([Signal; 3]);

impl Stop {
    fn new() -> anyhow::Result<Stop> {
        let listen = |kind| signal(kind).context("listening to signals");
        Ok(Stop([
            listen(SignalKind::interrupt())?,
            listen(SignalKind::terminate())?,
            listen(SignalKind::hangup())?,
        ]))
    }

    async fn asked(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}

/// One line for whoever watches.
fn say(what: &str) {
    let _ = writeln!(io::stderr(), "{what}");
}
