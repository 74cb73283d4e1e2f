//! Work that may wait, as for a file: it is done in a thread, where it holds up no
//! other request.

use super::refusal::Refusal;
use tokio::task::spawn_blocking;

/// Does it, and waits for its result.
///
/// # Errors
/// It has failed: [`Refusal::fault`].
pub(crate) async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    let done = spawn_blocking(act).await.map_err(anyhow::Error::new);
    done.and_then(|done| done)
        .map_err(|error| Refusal::fault(&error))
}
