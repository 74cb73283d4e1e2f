//! What a request brings.

use super::refusal::Refusal;
use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long a client may take to send a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// The body of a request that says all by its address: `{}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// The JSON body of a request. One that is said to be longer than `max_bytes` is
/// refused before it comes.
///
/// # Errors
/// The body is no JSON of that form, has more than `max_bytes` bytes, or does not come.
pub(crate) async fn json<T: DeserializeOwned>(
    request: Request,
    max_bytes: usize,
) -> Result<T, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let (kind, _) = kind.split_once(';').unwrap_or((kind, ""));
    if !kind.trim().eq_ignore_ascii_case("application/json") {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Refusal::new(status, "the body must be application/json"));
    }
    let body = body(request, max_bytes).await?;
    serde_json::from_slice(&body).map_err(|error| {
        let error = format!("the body is not what it should be: {error}");
        Refusal::new(StatusCode::BAD_REQUEST, error)
    })
}

async fn body(request: Request, max_bytes: usize) -> Result<Bytes, Refusal> {
    let said = request.headers().get(header::CONTENT_LENGTH);
    let said = said.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let too_long = || {
        let error = format!("the body is longer than {max_bytes} bytes");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, error)
    };
    if said.is_some_and(|length| length > max_bytes as u64) {
        return Err(too_long());
    }
    let body = to_bytes(request.into_body(), max_bytes);
    match tokio::time::timeout(BODY_TIMEOUT, body).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(too_long()),
        Err(_) => {
            let status = StatusCode::REQUEST_TIMEOUT;
            Err(Refusal::new(status, "the body did not come in time"))
        }
    }
}
