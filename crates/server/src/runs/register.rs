//! The runs that are under way, and what the last ones left.

use super::artifacts::Artifacts;
use super::report::{Report, on_this_machine};
use super::under_way::UnderWay;
use crate::edited::Edits;
use crate::live::Book;
use crate::made_of::made_of;
use crate::queue::Queue;
use recording::MadeOf;
use recording::catalogue::ListingName;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// How many listings run at once; the others wait.
const MAX_RUNS_AT_ONCE: usize = 4;

/// All that a page may run, and what runs.
pub(crate) struct Runs {
    /// Dropped first: the book has locked the folder in which they lie.
    pub(super) artifacts: Artifacts,
    pub(super) book: Arc<Book>,
    pub(super) edits: Arc<Edits>,
    pub(super) queue: Arc<Queue>,
    pub(super) under_way: RunsById,
    /// What reports say of the book and of this machine: asked for when there is a
    /// first.
    made_of: OnceLock<MadeOf>,
}

impl Runs {
    pub(crate) fn new(book: Arc<Book>, edits: Arc<Edits>) -> Runs {
        Runs {
            artifacts: Artifacts::default(),
            book,
            edits,
            queue: Arc::new(Queue::new(MAX_RUNS_AT_ONCE)),
            under_way: RunsById::default(),
            made_of: OnceLock::new(),
        }
    }

    /// What a reader can tell of a listing's run that was not as recorded.
    pub(super) fn report(&self, listing: &ListingName, differences: &[String]) -> Report {
        let Book { root, archive, .. } = &*self.book;
        let made_of = self.made_of.get_or_init(|| {
            let made_of = match archive {
                Some(archive) => archive.made_of.clone(),
                None => made_of(root),
            };
            on_this_machine(root, made_of)
        });
        Report::of(made_of, listing, differences)
    }

    /// Waits until no run is left. Whoever asked for them must have gone.
    pub(crate) async fn over(&self) {
        self.queue.empty().await;
    }
}

/// The runs that a page can act on, by their names in addresses.
#[derive(Default)]
pub(super) struct RunsById(Mutex<HashMap<String, Arc<UnderWay>>>);

/// A run among them. Dropped, it is none of them any more.
pub(super) struct Registered<'a> {
    runs: &'a RunsById,
    id: &'a str,
}

impl RunsById {
    pub(super) fn find(&self, id: &str) -> Option<Arc<UnderWay>> {
        self.all().get(id).cloned()
    }

    pub(super) fn register<'a>(&'a self, run: &'a Arc<UnderWay>) -> Registered<'a> {
        self.all().insert(run.id.clone(), Arc::clone(run));
        let id = &run.id;
        Registered { runs: self, id }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Arc<UnderWay>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Registered<'_> {
    fn drop(&mut self) {
        self.runs.all().remove(self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn a_run_whose_thread_has_panicked_is_not_found_any_more() {
        let runs = RunsById::default();
        let run = Arc::new(UnderWay::new("r1".to_owned()));
        let thread = || {
            let _registered = runs.register(&run);
            assert!(runs.find("r1").is_some());
            panic!("as a fault of ours would");
        };
        assert!(catch_unwind(AssertUnwindSafe(thread)).is_err());
        assert!(runs.find("r1").is_none());
    }
}
