//! What is replaced as a whole while others read it.

use std::sync::{Arc, PoisonError, RwLock};

/// A value that is replaced as a whole. Who has got it keeps it as long as needed.
pub(crate) struct Current<T>(RwLock<Arc<T>>);

impl<T> Current<T> {
    pub(crate) fn new(first: T) -> Current<T> {
        Current(RwLock::new(Arc::new(first)))
    }

    pub(crate) fn get(&self) -> Arc<T> {
        let current = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&current)
    }

    pub(crate) fn set(&self, next: T) {
        let next = Arc::new(next);
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let last = std::mem::replace(&mut *current, next);
        drop(current);
        // Not under the lock: it may take time, as the removal of a folder does.
        drop(last);
    }
}
