//! A run that is traced: its output, and what its tracer tells, in one order.

use super::Run;
use crate::held::Piece;
use crate::readiness::Source;
use crate::stream::Found;
use anyhow::{Context, bail, ensure};
use std::net::Shutdown;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

/// How long the tracer of a run that has ended may take to tell the rest.
const TRACER_ENDS_WITHIN: Duration = Duration::from_secs(10);

impl Run {
    /// Puts an event of the tracer into its place behind the output that was
    /// written before it, or gives output its place before all that will be told.
    /// Whether it has done anything for that; false if there is nothing to do, or no
    /// tracer.
    ///
    /// # Errors
    /// The tracer died.
    pub(super) fn settle(&mut self) -> anyhow::Result<bool> {
        let Some(tracing) = &mut self.tracing else {
            return Ok(false);
        };
        let Some(told) = tracing.next_told() else {
            return self.release();
        };
        self.read_up_to(Source::Stdout, told.stdout)?;
        self.read_up_to(Source::Stderr, told.stderr)?;
        if let Some(tracing) = &mut self.tracing {
            let before = tracing.before(&told);
            self.pending.extend(before.into_iter().map(Piece::happened));
            let event = (tracing.when(&told), told.event.kind);
            self.pending.push_back(event);
        }
        Ok(true)
    }

    /// Gives out output when the tracer has told what was before it.
    fn release(&mut self) -> anyhow::Result<bool> {
        let Some(tracing) = &mut self.tracing else {
            return Ok(false);
        };
        let released = tracing.released();
        if !released.is_empty() {
            self.pending
                .extend(released.into_iter().map(Piece::happened));
            return Ok(true);
        }
        let silent = self.stdout.has_ended() && self.stderr.has_ended();
        let ended = self.exited.as_ref().filter(|_| silent).map(|it| it.0);
        if let Some(ended) = ended {
            return self.hear_the_end(ended);
        }
        let holds_back = tracing.holds_back();
        if holds_back {
            self.look_after_supervisor()?;
            self.hear_tracer()?;
        }
        Ok(holds_back)
    }

    /// Takes in the last that the tracer tells. It ends by itself when it has seen
    /// the end of every process.
    fn hear_the_end(&mut self, ended: Instant) -> anyhow::Result<bool> {
        if self.tracing.as_ref().is_some_and(|it| !it.has_ended) {
            self.supervisor.wake();
            self.hear_tracer()?;
            let late = ended.elapsed() > TRACER_ENDS_WITHIN;
            ensure!(!late, "the tracer does not end");
            return Ok(true);
        }
        match self.supervisor.wait() {
            Ok(status) if !status.success() => {
                bail!("the tracer died ({status}), and the run with it")
            }
            _ => Ok(false),
        }
    }

    /// Takes in what the tracer tells, waiting a while until it does.
    pub(super) fn hear_tracer(&mut self) -> anyhow::Result<()> {
        let Some(tracing) = &mut self.tracing else {
            return Ok(());
        };
        tracing.receive()?;
        if tracing.has_ended {
            let socket = tracing.socket.as_fd();
            self.readiness.leave(Source::Tracer, socket);
        }
        Ok(())
    }

    /// Lets go of the tracer, which need not wait until it is heard.
    pub(super) fn hear_no_more(&mut self) {
        if let Some(tracing) = &mut self.tracing {
            tracing.has_ended = true;
            let _ = tracing.socket.shutdown(Shutdown::Both);
        }
    }

    /// Reads what a tracer has seen in a pipe. It is there, unless a program has
    /// read its own output.
    fn read_up_to(&mut self, source: Source, bytes: u64) -> anyhow::Result<()> {
        while self.stream(source).read_bytes() < bytes {
            let found = self.stream(source).try_read();
            match found.context("reading what the program wrote")? {
                Found::Piece(piece, more) => {
                    self.take(piece, source)?;
                    if more {
                        self.readiness.again(source);
                    }
                }
                Found::Nothing | Found::End => break,
            }
        }
        Ok(())
    }
}
