//! A request that is not granted: a status, and why in words.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An error that the page can show.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    said: Said,
}

#[derive(Debug, Serialize)]
struct Said {
    error: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<&'static str>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, error: impl Into<String>) -> Refusal {
        let error = error.into();
        let said = Said {
            error,
            nearest: None,
            consent: None,
        };
        Refusal { status, said }
    }

    /// With the name that was probably meant.
    pub(crate) fn with_nearest(mut self, nearest: Option<String>) -> Refusal {
        self.said.nearest = nearest;
        self
    }

    /// With the sentence that must be agreed to first.
    pub(crate) fn until_agreed(mut self, consent: &'static str) -> Refusal {
        self.said.consent = Some(consent);
        self
    }

    /// What went wrong here is not the request's fault.
    pub(crate) fn fault(error: &anyhow::Error) -> Refusal {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = serde_json::to_string(&self.said).unwrap_or_default();
        let json = [(header::CONTENT_TYPE, "application/json")];
        (self.status, json, body).into_response()
    }
}
