//! Pages that are worked on at the same time.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// What `make` makes of each, in their order, by as many threads as there are processors.
pub(crate) fn of_each<T: Sync, R: Send>(all: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = all.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let parts = all.chunks(share);
        let parts = parts.map(|part| scope.spawn(|| part.iter().map(&make).collect::<Vec<_>>()));
        // All are started before one is waited for.
        let parts: Vec<_> = parts.collect();
        let made = parts
            .into_iter()
            .map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
        made.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_stands_in_the_order_of_what_it_was_made_of() {
        for count in [0, 1, 2, 7, 100] {
            let all: Vec<_> = (0..count).collect();
            let made = of_each(&all, |it| it * 2);
            assert_eq!(made, all.iter().map(|it| it * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn a_panic_is_the_callers_own() {
        of_each(&[1, 2, 3], |it| assert!(*it < 3, "the third"));
    }
}
