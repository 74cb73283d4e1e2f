//! Who may run: so many at once, the others in the order in which they came.

use std::collections::BTreeMap;
use std::future::ready;
use std::sync::Arc;
use tokio::sync::watch;

pub(crate) struct Queue {
    at_once: usize,
    /// The numbers of all that run or wait, and what those do that have said it: those
    /// with the lowest numbers run.
    numbers: watch::Sender<BTreeMap<u64, Arc<str>>>,
}

/// A number in the queue. Dropping it gives it back, after the run or before it
/// has begun.
pub(crate) struct Permit {
    queue: Arc<Queue>,
    number: u64,
}

impl Queue {
    pub(crate) fn new(at_once: usize) -> Queue {
        Queue {
            at_once,
            numbers: watch::Sender::default(),
        }
    }

    /// Waits for leave to run. `waiting` hears how many runs must end before and what
    /// the first of them does, each time that this changes.
    pub(crate) async fn permit<F: Future>(
        self: &Arc<Self>,
        mut waiting: impl FnMut(usize, &str) -> F,
    ) -> Permit {
        let mut numbers = self.numbers.subscribe();
        let permit = Permit::new(self);
        let mut told = (0, Arc::default());
        loop {
            let before = numbers.borrow_and_update().range(..permit.number).count();
            if before < self.at_once {
                return permit;
            }
            let now = (before + 1 - self.at_once, self.first());
            if now != told {
                told = now;
                waiting(told.0, &told.1).await;
            }
            // The sender lives as long as we do.
            let _ = numbers.changed().await;
        }
    }

    /// As [`Queue::permit`], for whom nobody tells how long it is.
    pub(crate) async fn silent_permit(self: &Arc<Self>) -> Permit {
        self.permit(|_, _| ready(())).await
    }

    /// What the first of all does; empty if it has not said that, or there is none.
    pub(crate) fn first(&self) -> Arc<str> {
        let numbers = self.numbers.borrow();
        numbers.values().next().cloned().unwrap_or_default()
    }

    /// Waits until nobody runs or waits.
    pub(crate) async fn empty(&self) {
        let mut numbers = self.numbers.subscribe();
        let _ = numbers.wait_for(BTreeMap::is_empty).await;
    }
}

impl Permit {
    fn new(queue: &Arc<Queue>) -> Permit {
        let mut number = 0;
        queue.numbers.send_modify(|numbers| {
            number = numbers.last_key_value().map_or(0, |(last, _)| last + 1);
            numbers.insert(number, Arc::default());
        });
        let queue = Arc::clone(queue);
        Permit { queue, number }
    }

    /// Says what is done with it, to those who wait.
    pub(crate) fn does(&self, what: &str) {
        let Permit { queue, number } = self;
        queue
            .numbers
            .send_modify(|numbers| _ = numbers.insert(*number, what.into()));
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let Permit { queue, number } = self;
        queue
            .numbers
            .send_modify(|numbers| _ = numbers.remove(number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    /// One poll decides: nothing here waits for anything outside.
    fn now<T>(permit: &mut std::pin::Pin<&mut impl Future<Output = T>>) -> Option<T> {
        match permit
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(permit) => Some(permit),
            Poll::Pending => None,
        }
    }

    #[test]
    fn the_first_to_come_is_the_first_to_run() {
        let queue = Arc::new(Queue::new(1));
        let first = now(&mut pin!(queue.silent_permit())).unwrap();
        first.does("soup");
        let told = RefCell::new(Vec::new());
        let hear = |who| {
            let told = &told;
            move |ahead, what: &str| {
                told.borrow_mut().push((who, ahead, what.to_owned()));
                ready(())
            }
        };
        let mut second = pin!(queue.permit(hear("second")));
        let mut third = pin!(queue.permit(hear("third")));
        assert!(now(&mut second).is_none());
        assert!(now(&mut third).is_none());
        drop(first);
        assert!(now(&mut third).is_none());
        let permit = now(&mut second).unwrap();
        assert!(now(&mut third).is_none());
        permit.does("rice");
        assert!(now(&mut third).is_none());
        drop(permit);
        assert!(now(&mut third).is_some());
        let told = told.borrow();
        let told: Vec<_> = told.iter().map(|it| (it.0, it.1, &*it.2)).collect();
        let wanted = [
            ("second", 1, "soup"),
            ("third", 2, "soup"),
            ("third", 1, ""),
            ("third", 1, "rice"),
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn who_leaves_the_line_is_not_waited_for() {
        let queue = Arc::new(Queue::new(1));
        let first = now(&mut pin!(queue.silent_permit())).unwrap();
        {
            let mut gone = pin!(queue.silent_permit());
            assert!(now(&mut gone).is_none());
        }
        drop(first);
        assert!(now(&mut pin!(queue.silent_permit())).is_some());
        assert!(now(&mut pin!(queue.empty())).is_some());
    }
}
