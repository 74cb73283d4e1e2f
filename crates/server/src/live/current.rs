//! A value that is replaced while others read it.

use std::sync::{Arc, PoisonError, RwLock};

/// The current one of several values. Whoever got an earlier one from
/// [`Current::get`] keeps that as long as they need it.
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
        // The old value is dropped after the lock: to remove a folder takes time.
        drop(last);
    }
}
