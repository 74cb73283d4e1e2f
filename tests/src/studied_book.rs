//! Scratch books whose exercises a test may solve.

use crate::scratch_book::ScratchBook;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{LazyLock, Mutex, PoisonError};

/// So many tests study at once. Each book compiles its own exercises, so with
/// more of them there is less to wait for and more to compile.
const BOOKS: usize = 3;

/// The numbers of the books that no test has.
static FREE: LazyLock<(Sender<usize>, Mutex<Receiver<usize>>)> = LazyLock::new(|| {
    let (give_back, take) = channel();
    (1..=BOOKS).for_each(|number| give_back.send(number).expect("`take` is there"));
    (give_back, Mutex::new(take))
});

/// A test's turn with a book. Dropped, the next test takes the book, and what
/// was compiled in it.
pub struct Turn(usize);

impl ScratchBook {
    /// A book in which nobody has studied, of this test alone for its turn.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn studied() -> anyhow::Result<(ScratchBook, Turn)> {
        let turn = Turn::next();
        let book = ScratchBook::fresh(&format!("studied-{}", turn.0))?;
        book.forget_progress()?;
        Ok((book, turn))
    }
}

impl Turn {
    fn next() -> Turn {
        let take = FREE.1.lock().unwrap_or_else(PoisonError::into_inner);
        Turn(take.recv().expect("a static's sender is there"))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let _ = FREE.0.send(self.0);
    }
}
