//! What a check has found, read from what libtest prints.

use recording::{Bytes, Event, Kind, Outcome};
use run::cargo::Diagnostic;

/// How a check came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckVerdict {
    /// Every trial passed, and there was one.
    pub passed: bool,
    /// The trials, in the order of the check's file.
    pub trials: Vec<TrialResult>,
    /// What went wrong with the check as a whole, beside its trials.
    pub fault: Option<String>,
    /// What rustc does not compile, in its own words.
    pub errors: Vec<String>,
    /// What rustc warns of, in its own words.
    pub warnings: Vec<String>,
}

/// One trial: a test of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialResult {
    /// What was tried: the test's name, as words.
    pub sentence: String,
    pub passed: bool,
    /// What was expected, what happened, where to read.
    pub message: String,
}

#[cfg(test)]
impl TrialResult {
    pub(crate) fn of(sentence: &str, passed: bool, message: &str) -> TrialResult {
        TrialResult {
            sentence: sentence.to_owned(),
            passed,
            message: message.to_owned(),
        }
    }
}

impl CheckVerdict {
    /// Puts the trials in the order in which the check's file has them. They have
    /// ended in any order.
    pub(super) fn as_in(&mut self, check: &str) {
        self.trials.sort_by_key(|trial| {
            let name = trial.sentence.replace(' ', "_");
            check.find(&format!("fn {name}("))
        });
    }

    /// What rustc tells of a file that it does not compile.
    pub(super) fn does_not_compile(diagnostics: Vec<Diagnostic>) -> CheckVerdict {
        let (errors, warnings): (Vec<_>, Vec<_>) =
            diagnostics.into_iter().partition(Diagnostic::is_error);
        let rendered = |all: Vec<Diagnostic>| all.into_iter().map(|it| it.rendered).collect();
        CheckVerdict {
            errors: rendered(errors),
            warnings: rendered(warnings),
            ..CheckVerdict::default()
        }
    }

    pub fn compiles(&self) -> bool {
        self.errors.is_empty()
    }
}

/// What a check has printed so far, and how it ended.
#[derive(Default)]
pub(super) struct CheckOutput {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    code: Option<i32>,
    /// Why it had to be ended.
    ended: Option<String>,
}

/// How much of each stream is kept: a check writes little.
const MAX_KEPT_BYTES: usize = 256 * 1024;

impl CheckOutput {
    pub(super) fn take(&mut self, event: &Event) {
        match &event.kind {
            Kind::Stdout(Bytes(bytes)) if self.stdout.len() < MAX_KEPT_BYTES => {
                self.stdout.extend(bytes)
            }
            Kind::Stderr(Bytes(bytes)) if self.stderr.len() < MAX_KEPT_BYTES => {
                self.stderr.extend(bytes)
            }
            Kind::Exited {
                outcome: Outcome::Code(code),
                ..
            } => self.code = Some(*code),
            kind => self.ended = self.ended.take().or(why_it_ended(kind)),
        }
    }

    pub(super) fn verdict(self) -> CheckVerdict {
        let said = String::from_utf8_lossy(&self.stdout);
        let trials = trials(&said);
        // Tests of the reader's own do not count as the check.
        let is_whole_file = said.lines().any(is_of_the_check);
        let all = !trials.is_empty() && trials.iter().all(|it| it.passed);
        let whole = said.contains("\ntest result: ok. ");
        let passed = self.code == Some(0) && whole && all && is_whole_file && self.ended.is_none();
        let none = "its check did not run: the lines at the end of the file, from \
                    `#[cfg(test)]` on, must stay"
            .to_owned();
        let fault = match self.ended {
            Some(why) => Some(why),
            None if !is_whole_file && self.code == Some(0) => Some(none),
            None if all && !passed => {
                let said = String::from_utf8_lossy(&self.stderr);
                Some(format!("the check broke off: {}", said.trim()))
            }
            None => None,
        };
        CheckVerdict {
            passed,
            trials,
            fault,
            ..CheckVerdict::default()
        }
    }
}

/// The lines `test NAME ... ok`, and the sections `---- NAME stdout ----`.
fn trials(stdout: &str) -> Vec<TrialResult> {
    let results = stdout.lines().filter_map(|line| {
        let (name, result) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
        let passed = match result {
            "ok" => true,
            "FAILED" => false,
            _ => return None,
        };
        Some(TrialResult {
            sentence: sentence(name),
            passed,
            message: message(stdout, name),
        })
    });
    results.collect()
}

/// Whether a line of libtest's is about a test of the check: `both_streams::checks::…`
/// of an exercise, `checks::…` of a solution.
fn is_of_the_check(line: &str) -> bool {
    let name = line.strip_prefix("test ").unwrap_or_default();
    name.starts_with("checks::")
        || name
            .split_once("::")
            .is_some_and(|(_, below)| below.starts_with("checks::"))
}

fn message(stdout: &str, name: &str) -> String {
    let begins = format!("\n---- {name} stdout ----\n");
    let Some((_, rest)) = stdout.split_once(&begins) else {
        return String::new();
    };
    let ends = ["\n---- ", "\n\nfailures:\n"];
    let end = ends.iter().filter_map(|end| rest.find(end)).min();
    let message = &rest[..end.unwrap_or(rest.len())];
    message.trim_matches('\n').to_owned()
}

/// `checks::a_short_script_is_heard`, as a sentence.
fn sentence(name: &str) -> String {
    let name = name.rsplit("::").next().unwrap_or(name);
    name.replace('_', " ")
}

/// Why a check had to be ended, if this event says so.
fn why_it_ended(kind: &Kind) -> Option<String> {
    match kind {
        Kind::TimedOut { seconds } => Some(format!("it still ran after {seconds} s")),
        Kind::Exceeded { most, what } => Some(format!("it took more than {most} {what}")),
        Kind::LeftBehind { name, .. } => Some(format!("it has left {name} running")),
        Kind::Exited {
            outcome: outcome @ Outcome::Signal(_),
            ..
        } => Some(format!("it was ended by {outcome}")),
        Kind::Started { .. }
        | Kind::Stdout(_)
        | Kind::Stderr(_)
        | Kind::Exited { .. }
        | Kind::Process(_)
        | Kind::Seen(_)
        | Kind::Untraced { .. }
        | Kind::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict_of(stdout: &str, code: i32) -> CheckVerdict {
        let mut output = CheckOutput::default();
        let kinds = [
            Kind::Stdout(Bytes(stdout.into())),
            Kind::Exited {
                outcome: Outcome::Code(code),
                seconds: 1.0,
            },
        ];
        for kind in kinds {
            output.take(&Event { t: 0.0, kind });
        }
        output.verdict()
    }

    #[test]
    fn an_error_comes_before_a_warning() {
        let diagnostic = |level, rendered: &str| Diagnostic {
            level,
            message: String::new(),
            rendered: format!("{rendered}\n\n"),
            place: None,
        };
        let verdict = CheckVerdict::does_not_compile(vec![
            diagnostic("warning", "warning: a"),
            diagnostic("error", "error: b"),
            diagnostic("warning", "warning: c"),
            diagnostic("error", "error: d"),
        ]);
        assert!(!verdict.compiles() && !verdict.passed);
        let said: Vec<_> = verdict.said().into_iter().map(|it| it.text).collect();
        assert_eq!(said, ["error: b", "error: d", "warning: a", "warning: c"]);
    }

    #[test]
    fn a_failure_has_its_message_and_no_more() {
        let verdict = verdict_of(
            "\nrunning 3 tests\ntest checks::a_b ... ok\ntest checks::c ... FAILED\n\
             test checks::d ... FAILED\n\nfailures:\n\n---- checks::c stdout ----\n\n  expected: x\n  \
             happened: y\n\n\n---- checks::d stdout ----\n\n  expected: z\n\n\nfailures:\n    \
             checks::c\n    checks::d\n\ntest result: FAILED. 1 passed; 2 failed\n\n",
            101,
        );
        assert!(!verdict.passed && verdict.fault.is_none());
        let [a, c, d] = &verdict.trials[..] else {
            panic!("{verdict:?}");
        };
        assert_eq!(
            (a.sentence.as_str(), a.passed, a.message.as_str()),
            ("a b", true, "")
        );
        assert_eq!(c.message, "  expected: x\n  happened: y");
        assert_eq!(d.message, "  expected: z");
    }

    #[test]
    fn a_check_that_was_taken_out_does_not_pass() {
        let verdict = verdict_of("\nrunning 0 tests\n\ntest result: ok. 0 passed\n\n", 0);
        assert!(!verdict.passed);
        assert!(verdict.fault.is_some_and(|it| it.contains("must stay")));
    }

    #[test]
    fn tests_of_the_readers_own_are_no_check() {
        for (test, is_check) in [
            ("mine::all_is_well", false),
            ("doubles::mine::all_is_well", false),
            ("doubles::all_is_well", false),
            ("doubles::checks::a", true),
            ("checks::a", true),
        ] {
            let said =
                format!("\nrunning 1 test\ntest {test} ... ok\n\ntest result: ok. 1 passed\n");
            let verdict = verdict_of(&said, 0);
            assert_eq!(verdict.passed, is_check, "{test}");
            let fault = verdict.fault.unwrap_or_default();
            assert_eq!(fault.contains("must stay"), !is_check, "{test}");
        }
    }

    #[test]
    fn what_is_left_running_is_the_fault() {
        let mut output = CheckOutput::default();
        let stdout = "\nrunning 1 test\ntest checks::a ... ok\n\ntest result: ok. 1 passed\n\n";
        for kind in [
            Kind::Stdout(Bytes(stdout.into())),
            Kind::LeftBehind {
                pid: 7,
                name: "sleep".to_owned(),
            },
            Kind::Exited {
                outcome: Outcome::Code(0),
                seconds: 1.0,
            },
        ] {
            output.take(&Event { t: 0.0, kind });
        }
        let verdict = output.verdict();
        assert!(!verdict.passed);
        assert_eq!(verdict.fault.as_deref(), Some("it has left sleep running"));
    }

    #[test]
    fn a_check_that_breaks_off_does_not_pass() {
        for code in [0, 3] {
            let verdict = verdict_of("\nrunning 2 tests\ntest checks::a ... ok\n", code);
            assert!(!verdict.passed && verdict.fault.is_some(), "{code}");
        }
    }

    #[test]
    fn time_that_is_up_is_the_fault() {
        let mut output = CheckOutput::default();
        for kind in [
            Kind::TimedOut { seconds: 90.0 },
            Kind::Exited {
                outcome: Outcome::Signal(9),
                seconds: 90.0,
            },
        ] {
            output.take(&Event { t: 0.0, kind });
        }
        let fault = output.verdict().fault;
        assert_eq!(fault.as_deref(), Some("it still ran after 90 s"));
    }
}
