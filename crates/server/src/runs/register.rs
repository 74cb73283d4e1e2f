//! The runs that are under way, and what the last ones left.

use super::artifacts::Artifacts;
use super::under_way::UnderWay;
use crate::edited::Edits;
use crate::live::Book;
use crate::queue::Queue;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many listings run at once; the others wait.
pub(super) const MAX_RUNS_AT_ONCE: usize = 4;

/// All that a page may run, and what runs.
pub(crate) struct Runs {
    /// Dropped first: the book has locked the folder in which they lie.
    pub(super) artifacts: Artifacts,
    pub(super) book: Arc<Book>,
    pub(super) edits: Arc<Edits>,
    pub(super) queue: Arc<Queue>,
    under_way: Mutex<HashMap<String, Arc<UnderWay>>>,
}

impl Runs {
    pub(crate) fn new(book: Arc<Book>, edits: Arc<Edits>) -> Runs {
        Runs {
            artifacts: Artifacts::default(),
            book,
            edits,
            queue: Arc::new(Queue::new(MAX_RUNS_AT_ONCE)),
            under_way: Mutex::default(),
        }
    }

    /// Waits until no run is left. Whoever asked for them must have gone.
    pub(crate) async fn over(&self) {
        self.queue.empty().await;
    }

    pub(super) fn find(&self, id: &str) -> Option<Arc<UnderWay>> {
        let all = self.under_way.lock();
        let all = all.unwrap_or_else(PoisonError::into_inner);
        all.get(id).cloned()
    }

    pub(super) fn begins(&self, run: &Arc<UnderWay>) {
        let all = self.under_way.lock();
        let mut all = all.unwrap_or_else(PoisonError::into_inner);
        all.insert(run.id.clone(), Arc::clone(run));
    }

    pub(super) fn ends(&self, run: &UnderWay) {
        let all = self.under_way.lock();
        let mut all = all.unwrap_or_else(PoisonError::into_inner);
        all.remove(&run.id);
    }
}
