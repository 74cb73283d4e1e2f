//! Listings, run for a page: four at once, each in a folder of its own.

mod artifacts;
mod checks;
mod comparison;
mod conduct;
mod ending;
mod queue;
mod requests;
mod said;
mod under_way;
mod work;

pub(crate) use ending::Ending;
pub(crate) use queue::Queue;
pub(crate) use requests::routes;

use crate::edited::Edits;
use crate::live::{Current, Shelf};
use artifacts::Artifacts;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use study::ProgressFile;
use under_way::UnderWay;

/// How many listings run at once; the others wait.
const AT_ONCE: usize = 4;

/// The runs that are under way, and what the last ones left.
pub(crate) struct Runs {
    pub(crate) root: PathBuf,
    pub(crate) shelf: Current<Shelf>,
    queue: Arc<Queue>,
    under_way: Mutex<HashMap<String, Arc<UnderWay>>>,
    artifacts: Artifacts,
    pub(crate) edits: Edits,
    pub(crate) progress: ProgressFile,
}

impl Runs {
    pub(crate) fn new(root: PathBuf, shelf: Shelf) -> Runs {
        Runs {
            edits: Edits::new(root.clone()),
            progress: ProgressFile::of(&root),
            root,
            shelf: Current::new(shelf),
            queue: Arc::new(Queue::new(AT_ONCE)),
            under_way: Mutex::default(),
            artifacts: Artifacts::default(),
        }
    }

    /// Waits until no run is left. Whoever asked for them must have gone.
    pub(crate) async fn over(&self) {
        self.queue.empty().await;
    }

    fn find(&self, id: &str) -> Option<Arc<UnderWay>> {
        let all = self.under_way.lock();
        let all = all.unwrap_or_else(PoisonError::into_inner);
        all.get(id).cloned()
    }

    fn begins(&self, run: &Arc<UnderWay>) {
        let all = self.under_way.lock();
        let mut all = all.unwrap_or_else(PoisonError::into_inner);
        all.insert(run.id.clone(), Arc::clone(run));
    }

    fn ends(&self, run: &UnderWay) {
        let all = self.under_way.lock();
        let mut all = all.unwrap_or_else(PoisonError::into_inner);
        all.remove(&run.id);
    }
}
