//! The answer to a request that is refused: a status, and the reason in words.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use mdbook_listing::escape;
use serde::Serialize;

/// A refusal; the page shows its words. It goes with its answer inside the server.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    body: ErrorBody,
    advice: String,
}

#[derive(Clone, Debug, Serialize)]
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
        Refusal {
            status,
            body,
            advice: String::new(),
        }
    }

    /// Adds the sentence that the reader has to agree to first.
    pub(crate) fn until_agreed(mut self, consent: &'static str) -> Refusal {
        self.body.consent = Some(consent);
        self
    }

    /// Adds a paragraph of HTML, for whoever has opened an address.
    pub(crate) fn advising(mut self, advice: &'static str) -> Refusal {
        self.advice.push_str("<p>");
        self.advice.push_str(advice);
        self.advice.push('\n');
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

    /// The page that a person sees.
    fn page(&self) -> String {
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>No page of the book</title>\n\
             <style>body {{ font: 1.1em/1.5 sans-serif; max-width: 38em; margin: 3em auto; \
             padding: 0 1em; overflow-wrap: anywhere; }}</style>\n\
             <h1>This is no page of the book</h1>\n\
             <p>The book’s server says: {}.\n{}",
            escape(&self.body.error),
            self.advice,
        )
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(&self.body)).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Whether a browser asks for a page to show, and not a page's script for an answer.
pub(crate) fn wants_page(method: &Method, headers: &HeaderMap) -> bool {
    let kinds = headers.get_all(header::ACCEPT).iter();
    let mut kinds = kinds.flat_map(|it| it.to_str().unwrap_or_default().split(','));
    let html = |kind: &str| {
        let name = kind.split(';').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case("text/html")
    };
    [Method::GET, Method::HEAD].contains(method) && kinds.any(html)
}

/// The same answer; a refusal as a page.
pub(crate) fn as_page(mut response: Response) -> Response {
    let Some(refusal) = response.extensions_mut().remove::<Refusal>() else {
        return response;
    };
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
    let policy = [(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    )];
    (response.status(), policy, Html(refusal.page())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wants(accept: &'static str) -> bool {
        let accept = HeaderValue::from_static(accept);
        let headers = HeaderMap::from_iter([(header::ACCEPT, accept)]);
        wants_page(&Method::GET, &headers)
    }

    #[test]
    fn only_what_a_browser_shows_is_a_page() {
        assert!(wants("text/html"));
        assert!(wants("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"));
        assert!(wants("application/xhtml+xml;q=0.9, Text/HTML;level=1"));
        for other in [
            "*/*",
            "text/event-stream",
            "text/htmlx",
            "image/*,*/*;q=0.8",
        ] {
            assert!(!wants(other), "{other}");
        }
        assert!(!wants_page(&Method::GET, &HeaderMap::new()));
    }
}
