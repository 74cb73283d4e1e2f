//! The answer to a request that is refused: a status, and the reason in words.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A refusal; the page shows its words.
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

    /// Adds the sentence that the reader has to agree to first.
    pub(crate) fn until_agreed(mut self, consent: &'static str) -> Refusal {
        self.body.consent = Some(consent);
        self
    }

    /// The answer to a method that the route does not have.
    pub(crate) fn method_not_allowed() -> Refusal {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Refusal::new(status, "the server does not do that with this address")
    }

    /// The answer when the server has failed, and the request was right.
    pub(crate) fn fault(error: &anyhow::Error) -> Refusal {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}
