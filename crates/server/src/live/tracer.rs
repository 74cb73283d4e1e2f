//! The program that makes X-rays. Nobody waits for it when the book opens: it is
//! compiled behind the open book.

use super::runnable::Runnable;
use crate::ending::Ending;
use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tokio::sync::watch;

/// The tracer, compiled or still being compiled.
pub(crate) struct Tracer(watch::Sender<Option<Result<PathBuf, String>>>);

impl Tracer {
    pub(crate) fn new() -> Tracer {
        Tracer(watch::Sender::new(None))
    }

    /// Whether it was compiled, or cannot be.
    pub(crate) fn is_decided(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Waits until it is compiled: where it is, or why there is none.
    pub(crate) async fn program(&self) -> Result<PathBuf, String> {
        let mut changes = self.0.subscribe();
        let decided = changes.wait_for(Option::is_some).await;
        let decided = decided.ok().and_then(|decided| decided.clone());
        decided.unwrap_or_else(|| Err("the server is ending".to_owned()))
    }

    fn decide(&self, program: anyhow::Result<PathBuf>) {
        let program = program.map_err(|error| format!("{error:#}"));
        self.0.send_replace(Some(program));
    }
}

/// A thread that has Cargo compile the tracer.
pub(crate) struct TracerBuild {
    ending: Arc<Ending>,
    thread: Option<JoinHandle<()>>,
}

impl TracerBuild {
    /// Compiles the tracer of the book at `root`, beside what is compiled of it.
    pub(crate) fn start(
        tracer: Arc<Tracer>,
        root: PathBuf,
        compiled: Arc<Runnable>,
    ) -> TracerBuild {
        let ending = Arc::new(Ending::default());
        let may_end = Arc::clone(&ending);
        let decided = Arc::clone(&tracer);
        let thread = thread::Builder::new().name("tracer".to_owned());
        let thread = thread.spawn(move || decided.decide(build(&root, &compiled, &may_end)));
        let thread = thread.context("starting a thread");
        let thread = thread.map_err(|error| tracer.decide(Err(error))).ok();
        TracerBuild { ending, thread }
    }

    /// Ends Cargo, if it still runs.
    pub(crate) fn stop(self) {
        self.ending.end();
        if let Some(thread) = self.thread {
            let _ = thread.join();
        }
    }
}

fn build(root: &Path, compiled: &Runnable, ending: &Ending) -> anyhow::Result<PathBuf> {
    ensure!(
        cfg!(target_os = "linux"),
        "an X-ray needs Linux: no other system tells a program so much of others"
    );
    if let Ok(packed) = compiled.chapters.binary("tracer") {
        return Ok(packed.to_owned());
    }
    ensure!(
        root.join("crates/tracer").is_dir(),
        "this book has no crates/tracer"
    );
    compiled.tracer(root, ending)
}
