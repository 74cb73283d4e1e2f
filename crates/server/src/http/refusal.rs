//! A request that is not granted: a status, and why in words.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An error that the page can show.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    body: ErrorBody,
}

#[derive(Debug, Serialize)]
struct ErrorBody {
    error: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<&'static str>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, error: impl Into<String>) -> Refusal {
        let body = ErrorBody {
            error: error.into(),
            consent: None,
        };
        Refusal { status, body }
    }

    /// A refusal until the reader agrees to the sentence `consent`.
    pub(crate) fn until_agreed(mut self, consent: &'static str) -> Refusal {
        self.body.consent = Some(consent);
        self
    }

    /// The answer to a method that the address does not have.
    pub(crate) fn odd_method() -> Refusal {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Refusal::new(status, "the server does not do that with this address")
    }

    /// An error of ours, which is not the request's fault.
    pub(crate) fn fault(error: &anyhow::Error) -> Refusal {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}
