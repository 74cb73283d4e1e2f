//! How a trial ended, and what is asked of that.

use crate::own::{FAILED, LEFT, PASSED};
use crate::{cut, shortened};
use std::os::unix::process::ExitStatusExt;
use std::panic::resume_unwind;
use std::process::ExitStatus;
use std::time::Duration;

/// A trial that is over; nothing of it is left.
pub struct Ended {
    pub(crate) how: How,
    /// What it wrote.
    pub stdout: String,
    pub stderr: String,
    /// The code was called.
    pub(crate) has_begun: bool,
    /// What its own process had to say of it.
    pub(crate) verdict: Option<String>,
    /// It wrote more than can be kept.
    pub(crate) too_much: bool,
    /// What it had started and what did not end with it.
    pub(crate) left: Vec<String>,
    pub(crate) expected: String,
    pub(crate) read: Option<String>,
    pub(crate) time_limit: Duration,
}

pub(crate) enum How {
    Ended(ExitStatus),
    /// It had to be ended.
    TimedOut,
}

/// libtest found no such test, so that nothing was tried.
const NOT_BEGUN: &str = "the trial has not begun: `trial` must be called in the #[test] function \
                         itself, not in one that it calls";

/// So much of what it wrote is repeated in a message.
const LINES: usize = 12;

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
        let mut message = format!("\n  expected: {}\n  happened: {happened}\n", self.expected);
        for (stream, said) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !said.trim().is_empty() {
                message.push_str(&format!("  {stream}:\n{}", quoted(said)));
            }
        }
        if let Some(page) = &self.read {
            message.push_str(&format!("  read:     book/{page}\n"));
        }
        // The message is all that a reader needs: no panic hook adds where in
        // this crate it was made, nor a backtrace.
        eprintln!("{message}");
        resume_unwind(Box::new(message))
    }

    fn fault(&self) -> Option<String> {
        let seconds = self.time_limit.as_secs_f64();
        let status = match self.how {
            How::TimedOut => {
                return Some(format!("it still ran after {seconds} s, and was ended"));
            }
            How::Ended(status) => status,
        };
        if !self.has_begun && status.success() {
            return Some(NOT_BEGUN.to_owned());
        }
        let unheard = "it failed, and had closed its stderr, where it would say why";
        let said = self.verdict.as_deref().unwrap_or(unheard).trim();
        match status.code() {
            Some(PASSED) if self.too_much => Some("it wrote without end".to_owned()),
            Some(PASSED) if self.left.is_empty() => None,
            Some(PASSED) => Some(format!("it has left running: {}", self.left.join(", "))),
            Some(FAILED) => Some(said.to_owned()),
            Some(LEFT) => Some(match self.left.is_empty() {
                true => said.to_owned(),
                false => format!("{said}: {}", self.left.join(", ")),
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

fn quoted(said: &str) -> String {
    let lines: Vec<_> = said.lines().collect();
    let skipped = lines.len().saturating_sub(LINES);
    let mut text = String::new();
    if skipped > 0 {
        text.push_str(&format!("    | … {skipped} lines before\n"));
    }
    for line in &lines[skipped..] {
        text.push_str(&format!("    | {}\n", cut(visible(line))));
    }
    text
}

/// A terminal obeys control characters; here they are shown.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push(c),
            c if c.is_control() => shown.extend(c.escape_debug()),
            c => shown.push(c),
        }
    }
    shown
}
