//! How a trial ended, and what is asked of that.

use crate::shown::{quoted, shortened, visible};
use crate::spec::TrialSpec;
use crate::trial_process::{EXIT_FAILED, EXIT_LEFT, EXIT_PASSED};
use std::os::unix::process::ExitStatusExt;
use std::panic::resume_unwind;
use std::process::ExitStatus;

/// A trial that is over; nothing of it is left.
pub struct Ended {
    pub(crate) spec: TrialSpec,
    pub(crate) ending: Ending,
    /// What the code wrote to stdout.
    pub stdout: String,
    /// What the code wrote to stderr.
    pub stderr: String,
    /// The code was called.
    pub(crate) has_begun: bool,
    /// What the trial's own process said of it.
    pub(crate) verdict: Option<String>,
    /// The code wrote more than can be kept.
    pub(crate) too_much: bool,
    /// The names of the processes that the code has started and that did not
    /// end with it.
    pub(crate) left: Vec<String>,
}

pub(crate) enum Ending {
    Exited(ExitStatus),
    /// It was killed when its time was up.
    TimedOut,
}

/// libtest found no such test, so that nothing was tried.
const NOT_BEGUN: &str = "the trial has not begun: `trial` must be called in the #[test] function \
                         itself, not in one that it calls";

impl Ended {
    /// # Panics
    /// It did not return `Ok` in time, or left something.
    pub fn passes(&self) {
        if let Some(fault) = self.fault() {
            self.fails(&fault);
        }
    }

    /// As [`Ended::passes`], and its stdout must be exactly this.
    ///
    /// # Panics
    /// As [`Ended::passes`].
    pub fn prints(&self, stdout: &str) {
        self.passes();
        if self.stdout != stdout {
            let (said, wanted) = (shortened(&self.stdout), shortened(&stdout));
            let fault = format!("it printed {said}, and not {wanted}");
            self.fails(&fault);
        }
    }

    /// Fails the check: `happened` says what the trial did instead.
    ///
    /// # Panics
    /// Always.
    pub fn fails(&self, happened: &str) -> ! {
        let happened = visible(happened);
        let expected = &self.spec.expected;
        let mut message = format!("\n  expected: {expected}\n  happened: {happened}\n");
        for (name, stream) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !stream.trim().is_empty() {
                message.push_str(&format!("  {name}:\n{}", quoted(stream)));
            }
        }
        if let Some(page) = &self.spec.page {
            message.push_str(&format!("  read:     book/{page}\n"));
        }
        // The message is all that a reader needs: no panic hook adds where in
        // this crate it was made, nor a backtrace.
        eprintln!("{message}");
        resume_unwind(Box::new(message))
    }

    fn fault(&self) -> Option<String> {
        let seconds = self.spec.time_limit.as_secs_f64();
        let status = match self.ending {
            Ending::TimedOut => {
                return Some(format!("it still ran after {seconds} s, and was ended"));
            }
            Ending::Exited(status) => status,
        };
        if !self.has_begun && status.success() {
            return Some(NOT_BEGUN.to_owned());
        }
        let unheard = "it failed, and had closed its stderr, where it would say why";
        let verdict = self.verdict.as_deref().unwrap_or(unheard).trim();
        match status.code() {
            Some(EXIT_PASSED) if self.too_much => Some("it wrote without end".to_owned()),
            Some(EXIT_PASSED) if self.left.is_empty() => None,
            Some(EXIT_PASSED) => Some(format!("it has left running: {}", self.left.join(", "))),
            Some(EXIT_FAILED) => Some(verdict.to_owned()),
            Some(EXIT_LEFT) => Some(match self.left.is_empty() {
                true => verdict.to_owned(),
                false => format!("{verdict}: {}", self.left.join(", ")),
            }),
            Some(101) => Some("it panicked".to_owned()),
            Some(code) => Some(format!("its process exited with status {code}")),
            None => {
                let signal = status.signal().unwrap_or_default();
                Some(format!("its process was ended by signal {signal}"))
            }
        }
    }
}
