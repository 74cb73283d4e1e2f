//! The words of a row in which nothing happened: who waits for what, for how long,
//! and who will end it.

use crate::what::{Clause, Quiet};
use crate::words::{duration, limit, list};

impl Quiet {
    pub fn text(&self) -> String {
        let clauses: Vec<_> = self.clauses.iter().map(|it| it.text(self.idle)).collect();
        match (&self.deadlock, self.idle) {
            (Some(limits), idle) => {
                let lasted = idle.map_or(String::new(), |it| format!(" for {}", duration(it)));
                let end = self.end(limits);
                format!("Deadlock{lasted}. {}. {end}", clauses.join(". "))
            }
            (None, Some(idle)) => format!("For {}, {}", duration(idle), clauses.join("; ")),
            (None, None) => clauses.join("; "),
        }
    }

    /// Who will end the deadlock.
    fn end(&self, limits: &[(String, f64)]) -> String {
        let limits: Vec<_> = limits
            .iter()
            .map(|(who, ms)| match within(*ms, self.idle) {
                true => format!("{who}'s time limit of {}", limit(*ms)),
                false => format!("{who}'s time limit"),
            })
            .collect();
        match limits.len() {
            0 => "Nothing in the run will end the deadlock.".to_owned(),
            _ => format!("Only {} will end the deadlock.", list(&limits, "or")),
        }
    }
}

impl Clause {
    fn text(&self, idle: Option<f64>) -> String {
        let Clause { text, is_sleep, .. } = self;
        match self.limit_ms {
            None => text.clone(),
            // Python waits with a timeout by many short sleeps; tokio by two or three.
            Some(ms) if *is_sleep && idle.is_some_and(|idle| ms * 4.0 < idle * 1e3) => {
                format!("{text} again and again")
            }
            Some(ms) if *is_sleep && within(ms, idle) => format!("{text} for {}", limit(ms)),
            Some(_) if *is_sleep => text.clone(),
            Some(ms) if within(ms, idle) => format!("{text}, at most {}", limit(ms)),
            Some(_) => format!("{text}, with a time limit"),
        }
    }
}

/// Whether a limit of so many milliseconds holds for all of a quiet time: a look
/// may be a little later than the call.
fn within(ms: f64, idle: Option<f64>) -> bool {
    idle.is_none_or(|idle| idle * 1e3 < ms * 1.05 + 5.0)
}
