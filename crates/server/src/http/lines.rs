//! A response that is written while the client reads it.

use axum::body::Bytes;
use http_body::{Body, Frame};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// How many pieces wait for a client; who writes the next one waits with them.
const MAX_WAITING: usize = 8;

/// A body that ends when its sender is dropped.
pub(crate) struct Lines {
    pieces: mpsc::Receiver<Bytes>,
    at_the_end: Option<Box<dyn FnOnce() + Send>>,
}

/// A sender, and the body of what is sent. `at_the_end` is called when the body
/// is dropped: it was read to its end, or the client has gone, which a sender
/// that is silent would not notice.
pub(crate) fn lines(at_the_end: impl FnOnce() + Send + 'static) -> (mpsc::Sender<Bytes>, Lines) {
    let (sender, pieces) = mpsc::channel(MAX_WAITING);
    let at_the_end: Option<Box<dyn FnOnce() + Send>> = Some(Box::new(at_the_end));
    (sender, Lines { pieces, at_the_end })
}

impl Body for Lines {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.pieces.poll_recv(context);
        piece.map(|piece| piece.map(|piece| Ok(Frame::data(piece))))
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        if let Some(at_the_end) = self.at_the_end.take() {
            at_the_end();
        }
    }
}
