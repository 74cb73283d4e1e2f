//! A trial, as a check describes it.

use crate::ended::Ended;
use crate::spec::TrialSpec;
use crate::{launch, trial_process};
use std::any::type_name;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a trial may take if the check does not say.
const DEFAULT_TIME_LIMIT: Duration = Duration::from_secs(10);

/// The tests that have had their trial.
static TRIED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Code to be tried, and what is expected of it.
pub struct Trial<F> {
    spec: TrialSpec,
    work: F,
}

/// A trial of `work`, which is called in a process of its own, in an empty
/// folder. `expected` says what it should do, for the message if it does not.
///
/// Call it in the `#[test]` function itself: the trial's process finds the test
/// by the closure's name.
pub fn trial<F: FnOnce() -> anyhow::Result<()>>(expected: impl Into<String>, work: F) -> Trial<F> {
    let spec = TrialSpec {
        expected: expected.into(),
        page: None,
        stdin: Vec::new(),
        time_limit: DEFAULT_TIME_LIMIT,
    };
    Trial { spec, work }
}

impl<F: FnOnce() -> anyhow::Result<()>> Trial<F> {
    /// The page of the book that explains it, from `book/` on.
    #[must_use]
    pub fn read(mut self, page: &str) -> Self {
        self.spec.page = Some(page.to_owned());
        self
    }

    /// What the code reads from stdin: nothing if the check does not say.
    #[must_use]
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.spec.stdin = bytes.into();
        self
    }

    /// The longest that the code may take: 10 s if the check does not say. It
    /// should be many times what the code needs on a slow machine.
    #[must_use]
    pub fn within(mut self, time_limit: Duration) -> Self {
        self.spec.time_limit = time_limit;
        self
    }

    /// Runs the trial to its end, or ends it when its time is up.
    ///
    /// # Panics
    /// The process cannot be started, or the test has had a trial already: a
    /// second process would run the first trial again.
    pub fn ends(self) -> Ended {
        let test = test_of::<F>();
        if trial_process::is_trial() {
            trial_process::run(self.work);
        }
        let mut tried = TRIED.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(
            tried.insert(test.clone()),
            "{test} has two trials: a test has one"
        );
        drop(tried);
        launch::run(&test, self.spec).unwrap_or_else(|error| panic!("{error:#}"))
    }

    /// Runs the trial. The code must return `Ok` in time and leave nothing: no
    /// child, running or not waited for, and no open descriptor.
    ///
    /// # Panics
    /// It does not. The message says what was expected, what happened, and
    /// where to read.
    pub fn passes(self) {
        self.ends().passes();
    }

    /// As [`Trial::passes`], and its stdout must be exactly this.
    ///
    /// # Panics
    /// As [`Trial::passes`].
    pub fn prints(self, stdout: &str) {
        self.ends().prints(stdout);
    }
}

/// The name that libtest gives to the test in which the closure stands.
fn test_of<F>() -> String {
    let name = type_name::<F>();
    let (_, name) = name.split_once("::").unwrap_or(("", name));
    name.split("::{{closure}}")
        .next()
        .unwrap_or(name)
        .to_owned()
}
