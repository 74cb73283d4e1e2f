//! What is said of a check, in the same words and order in the page and in a terminal.

use super::verdict::CheckVerdict;
use serde::Serialize;
use std::iter;

/// What stands before what has failed, and before what has passed.
pub const FAILED: &str = "✗";
pub const PASSED: &str = "✓";

/// One thing that is said of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// [`FAILED`] or [`PASSED`], where one of them stands before it.
    pub mark: Option<&'static str>,
    /// Its lines. Those below the first of a trial are indented.
    pub text: String,
    /// rustc says it. Its lines are not to be wrapped: a caret stands under the code.
    pub is_rustc: bool,
}

impl CheckVerdict {
    /// The trials and the fault, or what rustc refuses; then what it warns of.
    pub fn said(&self) -> Vec<Said> {
        let words = |passed, text| Said {
            mark: Some(if passed { PASSED } else { FAILED }),
            text,
            is_rustc: false,
        };
        let rustc = |mark, text: &String| Said {
            mark,
            text: text.trim_end().to_owned(),
            is_rustc: true,
        };
        let trials = self.trials.iter().map(|trial| {
            let message = trial.message.lines().map(|line| format!("  {line}"));
            let lines: Vec<_> = iter::once(trial.sentence.clone()).chain(message).collect();
            words(trial.passed, lines.join("\n"))
        });
        let fault = self.fault.iter().map(|fault| words(false, fault.clone()));
        let errors = self.errors.iter().map(|it| rustc(Some(FAILED), it));
        let warnings = self.warnings.iter().map(|it| rustc(None, it));
        trials.chain(fault).chain(errors).chain(warnings).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise_check::TrialResult;

    #[test]
    fn what_has_failed_is_marked_and_warnings_come_last() {
        let verdict = CheckVerdict {
            trials: vec![
                TrialResult::of("a b", true, ""),
                TrialResult::of("c", false, "  read: x"),
            ],
            fault: Some("it broke off".to_owned()),
            errors: vec!["error: e\n".to_owned()],
            warnings: vec!["warning: w\n\n".to_owned()],
            ..CheckVerdict::default()
        };
        let said = verdict.said().into_iter();
        let said: Vec<_> = said.map(|it| (it.mark, it.text, it.is_rustc)).collect();
        let wanted = [
            (Some(PASSED), "a b", false),
            (Some(FAILED), "c\n    read: x", false),
            (Some(FAILED), "it broke off", false),
            (Some(FAILED), "error: e", true),
            (None, "warning: w", true),
        ];
        let wanted = wanted.map(|(mark, text, is_rustc)| (mark, text.to_owned(), is_rustc));
        assert_eq!(said, wanted);
    }
}
