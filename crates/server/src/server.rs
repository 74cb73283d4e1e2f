//! The book over HTTP: the book, its runs, its changes.

use crate::address::{ForwardedName, Hosts};
use crate::changes::{self, Changes};
use crate::edited::Edits;
use crate::guard::{Guard, guarded};
use crate::live::{Background, Book};
use crate::pages;
use crate::runs::{self, Runs};
use crate::study;
use crate::token::{Token, random};
use crate::watch::Watching;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinSet, spawn_blocking};

/// How many connections are served at once; the others wait to be accepted.
const MAX_CONNECTIONS: usize = 256;

/// How long a client may take to say what it wants, or may be silent between
/// two requests. One that connects and says nothing is gone after that.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);

/// The longest head of a request, in bytes.
const MAX_HEADER_BYTES: usize = 16 * 1024;

/// A book that is ready to be served.
pub struct Server {
    listener: std::net::TcpListener,
    listening: SocketAddr,
    token: String,
    book: Arc<Book>,
    runs: Arc<Runs>,
    edits: Arc<Edits>,
    changes: Arc<Changes>,
    routes: Router,
}

impl Server {
    /// `forwarded` are names by which the port is forwarded to the reader.
    ///
    /// # Errors
    /// The listener has no address, or the system no randomness to give.
    pub fn new(
        book: Book,
        listener: std::net::TcpListener,
        forwarded: Vec<ForwardedName>,
    ) -> anyhow::Result<Server> {
        let listening = listener.local_addr()?;
        let token = Token::new()?;
        let text = token.to_string();
        let book = Arc::new(book);
        let edits = Arc::new(Edits::new(Arc::clone(&book)));
        let runs = Runs::new(Arc::clone(&book), Arc::clone(&edits));
        let runs = Arc::new(runs);
        let changes = Arc::new(Changes::new(random()?));
        let guard = Guard {
            hosts: Hosts::of(listening, forwarded),
            token,
        };
        let acting = Router::new()
            .merge(runs::routes(Arc::clone(&runs)))
            .merge(study::routes(Arc::clone(&book), Arc::clone(&edits)));
        let told = changes::routes(Arc::clone(&changes));
        let routes = guarded(guard, acting, told, pages::routes(Arc::clone(&book)));
        Ok(Server {
            listener,
            listening,
            token: text,
            book,
            runs,
            edits,
            changes,
            routes,
        })
    }

    /// Where it listens.
    pub fn listening(&self) -> SocketAddr {
        self.listening
    }

    /// What stands in the fragment of the book's address, and lets its pages run
    /// listings.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The page that was read last, if the book has it.
    pub fn last_page(&self) -> Option<String> {
        study::last_page(&self.book)
    }

    /// Why nothing that the reader does is kept in a file, if so.
    pub fn unkept(&self) -> Option<String> {
        let error = self.book.progress.can_change().err()?;
        Some(format!("{error:#}"))
    }

    /// Serves, and renders what is saved, until `stop`. Every connection, run and
    /// build has ended then.
    ///
    /// # Errors
    /// The listener is none that can be waited for, or the system has no thread to give.
    pub async fn until(self, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        self.listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(self.listener)?;
        let background = Background::start(Arc::clone(&self.book))?;
        let builds = Arc::clone(&self.book.builds);
        let watching = watching(self.book, self.changes);
        let serving = tokio::spawn(serve(self.routes, listener));
        stop.await;
        serving.abort();
        // A run ends with its connection.
        let _ = serving.await;
        // Who waits for a build does not wait for its end.
        background.end();
        self.edits.end();
        if let Some(watching) = watching {
            let _ = spawn_blocking(|| watching.stop()).await;
        }
        let _ = spawn_blocking(|| background.stop()).await;
        self.runs.over().await;
        builds.empty().await;
        Ok(())
    }
}

/// Watches the book's files. Without that, the book can still be read.
fn watching(book: Arc<Book>, changes: Arc<Changes>) -> Option<Watching> {
    match Watching::start(book, changes) {
        Ok(watching) => Some(watching),
        Err(error) => {
            let why = format!("What you save will not be rendered: {error:#}");
            let _ = writeln!(io::stderr(), "{why}");
            None
        }
    }
}

/// Serves until it is dropped; all connections end with it.
async fn serve(routes: Router, listener: TcpListener) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            (stream, slot) = accept(&listener, &slots) => {
                connections.spawn(connection(stream, routes.clone(), slot));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    let slot = Arc::clone(slots).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, slot),
            // The client has gone already, or no descriptor is left for it.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn connection(stream: TcpStream, routes: Router, slot: Option<OwnedSemaphorePermit>) {
    // Nagle's algorithm would hold an event back until the one before it is
    // acknowledged.
    let _ = stream.set_nodelay(true);
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .max_buf_size(MAX_HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes));
    // A client that breaks off, or speaks no HTTP, is told so by hyper.
    let _ = served.await;
    drop(slot);
}
