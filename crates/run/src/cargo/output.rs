//! What Cargo writes, and how it is started.

use super::environment::absolute_paths;
use crate::lines::Lines;
use crate::run::Run;
use crate::start::Start;
use anyhow::{Context, bail};
use cargo_metadata::Message;
use recording::{Kind, Outcome};
use std::env;
use std::path::Path;

/// The Cargo that has started this program, or the one on the PATH, as it is to
/// stand in `folder`. What the environment tells it means what it means here.
pub(super) fn start(folder: &Path) -> Start {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let start = Start::new(program, folder);
    absolute_paths().fold(start, |start, (name, path)| start.variable(name, path))
}

/// Reads what Cargo writes until it has ended, and returns how it ended.
/// `on_message` gets its messages, and `on_stderr` the rest of what it writes.
///
/// # Errors
/// It took too long or too much, or its run broke. Nothing of it is left.
pub(super) fn until_the_end(
    run: Run,
    mut on_message: impl FnMut(Message),
    mut on_stderr: impl FnMut(&[u8]),
) -> anyhow::Result<Outcome> {
    let mut lines = Lines::default();
    let mut outcome = None;
    for event in run {
        match event?.kind {
            Kind::Stdout(piece) => messages(&lines.whole(&piece.0))
                .into_iter()
                .for_each(&mut on_message),
            Kind::Stderr(piece) => on_stderr(&piece.0),
            Kind::TimedOut { seconds } => bail!("compiling it took longer than {seconds} s"),
            Kind::Exceeded { most, what } => bail!("compiling it took more than {most} {what}"),
            Kind::Exited { outcome: end, .. } => outcome = Some(end),
            Kind::Started { .. }
            | Kind::LeftBehind { .. }
            | Kind::Process(_)
            | Kind::Seen(_)
            | Kind::Untraced { .. }
            | Kind::Unknown => {}
        }
    }
    outcome.context("cargo did not end")
}

/// The messages in whole lines. A line that is none, as a macro may print one,
/// is a [`Message::TextLine`], even if it is no UTF-8.
pub(super) fn messages(lines: &[u8]) -> Vec<Message> {
    let text = String::from_utf8_lossy(lines);
    Message::parse_stream(text.as_bytes()).flatten().collect()
}
