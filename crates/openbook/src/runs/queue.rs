//! Whose turn it is: so many at once, the others in the order in which they
//! came.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

pub(crate) struct Queue {
    at_once: usize,
    state: Mutex<State>,
    /// Something has changed; look again.
    changed: watch::Sender<()>,
}

#[derive(Default)]
struct State {
    running: usize,
    line: VecDeque<u64>,
    next: u64,
}

/// Held as long as a run is under way.
pub(crate) struct Turn(Arc<Queue>);

/// A place in the line; who leaves it early lets the others move up.
struct Place<'a>(&'a Queue, u64);

impl Queue {
    pub(crate) fn new(at_once: usize) -> Queue {
        Queue {
            at_once,
            state: Mutex::default(),
            changed: watch::Sender::default(),
        }
    }

    /// Waits for a turn. `waiting` hears how many runs must end before, each
    /// time that the number changes; dropping this gives the place up.
    pub(crate) async fn turn<F: Future>(
        self: &Arc<Self>,
        mut waiting: impl FnMut(usize) -> F,
    ) -> Turn {
        let mut changed = self.changed.subscribe();
        let place = self.line_up();
        let mut told = 0;
        loop {
            changed.mark_unchanged();
            match self.advance(place.1) {
                None => return Turn(Arc::clone(self)),
                Some(ahead) if ahead == told => {}
                Some(ahead) => {
                    told = ahead;
                    waiting(ahead).await;
                }
            }
            // The sender lives as long as we do.
            let _ = changed.changed().await;
        }
    }

    /// Waits until nobody has a turn.
    pub(crate) async fn empty(&self) {
        let mut changed = self.changed.subscribe();
        loop {
            changed.mark_unchanged();
            if self.with_state(|state| state.running) == 0 {
                return;
            }
            let _ = changed.changed().await;
        }
    }

    fn line_up(&self) -> Place<'_> {
        let number = self.with_state(|state| {
            state.next += 1;
            state.line.push_back(state.next);
            state.next
        });
        Place(self, number)
    }

    /// `None` if it is this one's turn, which it has taken then.
    fn advance(&self, number: u64) -> Option<usize> {
        self.with_state(|state| {
            let before = state.line.iter().position(|it| *it == number)?;
            if before + state.running < self.at_once {
                state.line.remove(before);
                state.running += 1;
                return None;
            }
            Some(before + state.running + 1 - self.at_once)
        })
    }

    fn with_state<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let Place(queue, number) = *self;
        queue.with_state(|state| state.line.retain(|it| *it != number));
        queue.changed.send_replace(());
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.with_state(|state| state.running -= 1);
        self.0.changed.send_replace(());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::future::ready;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    /// One poll decides: nothing here waits for anything outside.
    fn now<T>(turn: &mut std::pin::Pin<&mut impl Future<Output = T>>) -> Option<T> {
        match turn.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(turn) => Some(turn),
            Poll::Pending => None,
        }
    }

    #[test]
    fn the_first_to_come_is_the_first_to_run() {
        let queue = Arc::new(Queue::new(1));
        let first = now(&mut pin!(queue.turn(ready))).unwrap();
        let told = RefCell::new(Vec::new());
        let hear = |who| {
            let told = &told;
            move |ahead| {
                told.borrow_mut().push((who, ahead));
                ready(())
            }
        };
        let mut second = pin!(queue.turn(hear("second")));
        let mut third = pin!(queue.turn(hear("third")));
        assert!(now(&mut second).is_none());
        assert!(now(&mut third).is_none());
        drop(first);
        assert!(now(&mut third).is_none());
        let turn = now(&mut second).unwrap();
        assert!(now(&mut third).is_none());
        drop(turn);
        assert!(now(&mut third).is_some());
        let told = told.borrow();
        assert_eq!(*told, [("second", 1), ("third", 2), ("third", 1)]);
    }

    #[test]
    fn who_leaves_the_line_is_not_waited_for() {
        let queue = Arc::new(Queue::new(1));
        let first = now(&mut pin!(queue.turn(ready))).unwrap();
        {
            let mut gone = pin!(queue.turn(ready));
            assert!(now(&mut gone).is_none());
        }
        drop(first);
        assert!(now(&mut pin!(queue.turn(ready))).is_some());
        assert!(now(&mut pin!(queue.empty())).is_some());
    }
}
