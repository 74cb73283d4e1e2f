//! What may wait, as for a file, in a thread where it holds up no other request.

use super::refusal::Refusal;
use tokio::task::spawn_blocking;

/// # Errors
/// What went wrong, as an error of ours.
pub(crate) async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    let done = spawn_blocking(act).await.map_err(anyhow::Error::new);
    done.and_then(|done| done)
        .map_err(|error| Refusal::fault(&error))
}
