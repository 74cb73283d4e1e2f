//! Where the pages show what may stand in one place only.

use crate::directive::Directive;
use crate::page::Page;
use crate::problems::Problems;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What is shown, and where, as messages name the place.
#[derive(Default)]
pub(crate) struct Places(BTreeMap<String, String>);

impl Places {
    /// Whether a directive is the first that shows `what`. Notes a second.
    pub(crate) fn is_first(
        &mut self,
        what: &str,
        page: &Page,
        directive: &Directive,
        problems: &mut Problems,
    ) -> bool {
        let at = directive.range.start;
        match self.0.entry(what.to_owned()) {
            Entry::Vacant(place) => {
                place.insert(format!("{}:{}", page.file.display(), page.line(at)));
                true
            }
            Entry::Occupied(place) => {
                let place = place.get();
                let message = format!("{what} is shown twice; it stands at {place} already");
                page.problem(problems, at, message);
                false
            }
        }
    }

    pub(crate) fn have(&self, what: &str) -> bool {
        self.0.contains_key(what)
    }
}
