//! A response that is written while the client reads it.

use axum::body::{Body, Bytes};
use futures_util::stream;
use std::convert::Infallible;
use tokio::sync::mpsc;

/// How many pieces wait for a client; who writes the next one waits with them.
const MAX_WAITING: usize = 8;

/// A sender, and the body of what is sent, which ends when the sender is dropped.
/// `at_the_end` is called when the body is dropped: it was read to its end, or
/// the client has gone, which a sender that is silent would not notice.
pub(crate) fn lines(at_the_end: impl FnOnce() + Send + 'static) -> (mpsc::Sender<Bytes>, Body) {
    let (sender, pieces) = mpsc::channel(MAX_WAITING);
    let end = OnDrop(Some(at_the_end));
    let pieces = stream::unfold((pieces, end), async |(mut pieces, end)| {
        let piece = Ok::<_, Infallible>(pieces.recv().await?);
        Some((piece, (pieces, end)))
    });
    (sender, Body::from_stream(pieces))
}

struct OnDrop<F: FnOnce()>(Option<F>);

impl<F: FnOnce()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        if let Some(act) = self.0.take() {
            act();
        }
    }
}
