//! What a page is told of its run: events, one a line.

use super::artifacts::Artifact;
use super::comparison::Compared;
use crate::queue::{Permit, Queue};
use anyhow::bail;
use axum::body::Bytes;
use recording::{Event, Kind};
use run::cargo::Diagnostic;
use serde::Serialize;
use std::sync::Arc;
use std::time::{Duration, Instant};
use study::exercise_check::Said;
use tokio::runtime::Handle;
use tokio::sync::mpsc::Sender;
use tokio::sync::mpsc::error::TrySendError;
use xray::Row;

/// How long a page may take to read what a run wrote, beyond the time that the run and
/// its build may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What only the server says; all else is a [`recording::Kind`].
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum ServerEvent<'a> {
    /// `ahead` runs must end before this one begins; or as many builds, of which the
    /// first is `what`.
    Waiting {
        ahead: usize,
        #[serde(skip_serializing_if = "str::is_empty")]
        what: &'a str,
    },
    /// What the reader wrote is being compiled; or `what`, which the run needs.
    Building {
        #[serde(skip_serializing_if = "Option::is_none")]
        what: Option<&'a str>,
    },
    /// What the compiler says of it.
    Diagnostic(&'a Diagnostic),
    /// [`recording::Kind::Started`], and the run's name in addresses.
    Started {
        pid: u32,
        command: &'a str,
        id: &'a str,
    },
    /// A row of the run's X-ray: a new one, or one in place of the row that has its
    /// number.
    Row { row: &'a Row },
    /// At which row the X-ray of the run, which is over, opens.
    Opens { row: u32 },
    /// What the run left for its reader.
    Artifacts { files: &'a [Artifact] },
    /// Whether the run came out as recorded.
    Compared(&'a Compared),
    /// What is said of an exercise's check, as a terminal says it.
    Verdict { said: &'a [Said] },
    /// Whether an exercise's check has passed.
    Checked { passed: bool },
    /// The run could not be started, or broke in the server.
    Failed { message: String },
}

#[derive(Serialize)]
struct Line<'a> {
    t: f64,
    #[serde(flatten)]
    event: ServerEvent<'a>,
}

/// Writes to the page from a thread, which waits while the page does not read.
pub(crate) struct EventWriter {
    page: Sender<Bytes>,
    runtime: Handle,
    /// How long the run may last.
    limit: Duration,
    /// When the page is given up if it does not read: until then its run keeps one of
    /// the places that others wait for.
    until: Option<Instant>,
}

impl EventWriter {
    /// Must be made within the runtime. `limit` is how long the run may last.
    pub(crate) fn new(page: Sender<Bytes>, limit: Duration) -> EventWriter {
        EventWriter {
            page,
            runtime: Handle::current(),
            limit,
            until: None,
        }
    }

    /// Starts the clock, or starts it anew. The page has `build_limit`, the run's limit
    /// and [`PATIENCE`] to read all that the run writes.
    pub(crate) fn begins(&mut self, build_limit: Duration) {
        self.until = Instant::now().checked_add(build_limit + self.limit + PATIENCE);
    }

    /// Passes on what happened in a run that is called `id` in addresses.
    ///
    /// # Errors
    /// The page has gone, or has not read for too long.
    pub(crate) fn pass_on(&self, event: &Event, id: &str) -> anyhow::Result<()> {
        match &event.kind {
            Kind::Started { pid, command } => {
                let pid = *pid;
                self.say(event.t, ServerEvent::Started { pid, command, id })
            }
            _ => self.send(line(event)?),
        }
    }

    /// Tells what the server itself has to say.
    ///
    /// # Errors
    /// As [`EventWriter::pass_on`].
    pub(crate) fn say(&self, t: f64, event: ServerEvent<'_>) -> anyhow::Result<()> {
        self.send(line(&Line { t, event })?)
    }

    /// Says how many runs must end before this one begins, or builds: what the first is.
    pub(crate) fn waits(&self, ahead: usize, what: &str) -> impl Future<Output = ()> + use<> {
        self.tells(ServerEvent::Waiting { ahead, what })
    }

    /// As [`EventWriter::say`], within the runtime, before the run has begun.
    pub(crate) fn tells(&self, event: ServerEvent<'_>) -> impl Future<Output = ()> + use<> {
        self.sends(line(&Line { t: 0.0, event }))
    }

    /// As [`EventWriter::tells`]: what a build has said that the run needs.
    pub(crate) fn tells_stderr(&self, text: &str) -> impl Future<Output = ()> + use<> {
        let kind = Kind::Stderr(recording::Bytes(text.as_bytes().to_vec()));
        self.sends(line(&Event { t: 0.0, kind }))
    }

    fn sends(&self, line: anyhow::Result<Bytes>) -> impl Future<Output = ()> + use<> {
        let page = self.page.clone();
        async move {
            if let Ok(line) = line {
                // If the page has gone, its body is dropped, which ends the run.
                let _ = page.send(line).await;
            }
        }
    }

    /// Returns when the page has gone.
    pub(crate) async fn gone(&self) {
        self.page.closed().await;
    }

    /// Waits for a permit, and tells the page how long; `None` if the page goes before.
    pub(crate) async fn permit(&self, queue: &Arc<Queue>) -> Option<Permit> {
        tokio::select! {
            biased;
            () = self.gone() => None,
            permit = queue.permit(|ahead, what| self.waits(ahead, what)) => Some(permit),
        }
    }

    /// As [`EventWriter::permit`], in a thread, for a build that may take `limit`. The
    /// clock starts anew: the builds before it do not count.
    pub(crate) fn build_permit(&mut self, builds: &Arc<Queue>, limit: Duration) -> Option<Permit> {
        let permit = self.runtime.block_on(self.permit(builds))?;
        self.begins(limit);
        Some(permit)
    }

    fn send(&self, line: Bytes) -> anyhow::Result<()> {
        let line = match self.page.try_send(line) {
            Ok(()) => return Ok(()),
            Err(TrySendError::Closed(_)) => bail!("the page has gone"),
            Err(TrySendError::Full(line)) => line,
        };
        let until = self.until.unwrap_or_else(Instant::now).into();
        let sent = self.runtime.block_on(async {
            // The timer must be made within the runtime.
            tokio::time::timeout_at(until, self.page.send(line)).await
        });
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => bail!("the page has gone"),
            Err(_) => bail!("the page does not read"),
        }
    }
}

fn line(event: &impl Serialize) -> anyhow::Result<Bytes> {
    let mut line = serde_json::to_vec(event)?;
    line.push(b'\n');
    Ok(line.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use tokio::runtime::Builder;
    use tokio::sync::mpsc;

    #[test]
    fn the_clock_of_a_build_does_not_count_the_builds_before_it() {
        let runtime = Builder::new_current_thread().build().unwrap();
        let _within = runtime.enter();
        let builds = Arc::new(Queue::new(1));
        let before = runtime.block_on(builds.silent_permit());
        let (page, mut lines) = mpsc::channel(1);
        let [run_limit, build_limit] = [10, 20].map(Duration::from_secs);
        let mut page = EventWriter::new(page, run_limit);
        page.begins(Duration::ZERO);
        let built = thread::scope(|scope| {
            let waits = scope.spawn(|| page.build_permit(&builds, build_limit).is_some());
            // It says that it waits.
            assert!(runtime.block_on(lines.recv()).is_some());
            let built = Instant::now();
            drop(before);
            assert!(waits.join().unwrap());
            built
        });
        assert!(page.until.unwrap() >= built + build_limit + run_limit + PATIENCE);
    }
}
