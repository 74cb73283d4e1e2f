//! `cargo run`: the book, open.

use crate::command_line::Opening;
use crate::greeting::Address;
use crate::live::{Current, Rendering, Shelf, Watching};
use crate::root::root;
use crate::runs::Runs;
use crate::server::{self, Changes, Guard, Hosts, Server, Token, random};
use crate::study;
use anyhow::Context;
use run::LockedFolder;
use std::io::{self, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use tokio::runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Builds the chapters and the book, and serves them until it is stopped.
///
/// # Errors
/// A chapter does not compile, the book has problems, or there is no port to
/// listen on.
pub(crate) fn serve(opening: &Opening) -> anyhow::Result<()> {
    server::refuse_to_be_reached(opening)?;
    let root = root()?;
    let shelf = Shelf::build(&root)?;
    let home = LockedFolder::claim(&root.join("target/live"))?;
    progress("Rendering the book");
    let live = Current::new(Rendering::of(&root, &home)?);
    let listener = server::listen(opening)?;
    let listening = listener.local_addr()?;
    let token = Token::new()?;
    let address = Address {
        listening,
        token: token.to_string(),
    };
    let server = Arc::new(Server {
        guard: Guard {
            hosts: Hosts::of(listening),
            token,
        },
        live,
        changes: Changes::new(random()?),
        runs: Arc::new(Runs::new(root.clone(), shelf)),
    });
    let open = Open {
        root,
        home,
        server,
        listener,
        address,
    };
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("starting the server")?;
    runtime.block_on(open.until_stopped(opening))
}

/// A book that is ready to be served.
struct Open {
    root: PathBuf,
    home: LockedFolder,
    server: Arc<Server>,
    listener: TcpListener,
    address: Address,
}

impl Open {
    async fn until_stopped(self, opening: &Opening) -> anyhow::Result<()> {
        let mut stop = Stop::new()?;
        self.listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        // Holds the file that the browser is led by.
        let door = self.home.temporary()?;
        let watching = watching(&self.root, self.home, &self.server);
        let serving = tokio::spawn(server::serve(Arc::clone(&self.server), listener));
        self.address
            .print(opening.port, study::last_page(&self.server).as_deref());
        if !opening.no_open
            && let Err(error) = self.address.open(door.path())
        {
            // The address is enough.
            progress(&format!("No browser was opened: {error:#}"));
        }
        stop.asked().await;
        progress("Stopping");
        tokio::spawn(async move {
            stop.asked().await;
            process::exit(1);
        });
        serving.abort();
        // With its connections every run ends.
        let _ = serving.await;
        self.server.runs.over().await;
        if let Some(watching) = watching {
            let _ = tokio::task::spawn_blocking(|| watching.stop()).await;
        }
        Ok(())
    }
}

/// A book that cannot be watched can still be read.
fn watching(root: &Path, home: LockedFolder, server: &Arc<Server>) -> Option<Watching> {
    match Watching::start(root, home, Arc::clone(server)) {
        Ok(watching) => Some(watching),
        Err(error) => {
            progress(&format!("What you save will not be rendered: {error:#}"));
            None
        }
    }
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
fn progress(what: &str) {
    let _ = writeln!(io::stderr(), "{what}");
}
