//! Who may ask for what: `Host`, `Origin` and token of every request, and what no
//! answer lacks.

use crate::address::Hosts;
use crate::http::Refusal;
use crate::token::Token;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The addresses that run code, or read and write what is the reader's; so does
/// all that lies below them.
const DOES_SOMETHING: [&str; 4] = ["/runs", "/consent", "/progress", "/exercises"];

/// The book may be read by whoever reaches it as this machine; a run asks for
/// the token too.
pub(crate) struct Guard {
    pub(crate) hosts: Hosts,
    pub(crate) token: Token,
}

impl Guard {
    /// # Errors
    /// The request is for another host (DNS rebinding), comes from another
    /// site, or does something without the token.
    fn admit(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = self.host(uri, headers)?;
        check_origin(method, &host, headers)?;
        let does_something = DOES_SOMETHING.iter().any(|path| {
            let rest = uri.path().strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        if does_something || uri.path() == "/changes" {
            refuse_other_sites(headers)?;
        }
        if does_something && !self.has_token(headers) {
            return Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                "this page does not know the server's token: open the address that the server \
                 printed when it started",
            ));
        }
        Ok(())
    }

    fn host(&self, uri: &Uri, headers: &HeaderMap) -> Result<String, Refusal> {
        let host = only(headers, header::HOST).filter(|host| self.hosts.contain(host));
        let same = uri
            .authority()
            .is_none_or(|named| host == Some(named.as_str()));
        match host {
            Some(host) if same => Ok(host.to_owned()),
            _ => Err(forbidden(
                "this is not the host that the server serves: open the address that it printed",
            )),
        }
    }

    fn has_token(&self, headers: &HeaderMap) -> bool {
        let mut all = headers.get_all(header::AUTHORIZATION).iter();
        let first = all.next().is_some_and(|it| self.token.is_in(it.as_bytes()));
        first && all.next().is_none()
    }
}

/// Lets through what may be asked, and secures every answer.
pub(crate) async fn guarded(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    let admitted = guard.admit(request.method(), request.uri(), request.headers());
    let mut response = match admitted {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    secure(response.headers_mut());
    response
}

fn secure(headers: &mut HeaderMap) {
    let nothing = "default-src 'none'; frame-ancestors 'none'; sandbox";
    let defaults = [
        (header::CONTENT_SECURITY_POLICY, nothing),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in defaults {
        let value = HeaderValue::from_static(value);
        headers.entry(name).or_insert(value);
    }
}

/// A browser says by which site a request that reads or does something was made
/// (Fetch standard, "Origin header"); a POST without it is none of our page's.
fn check_origin(method: &Method, host: &str, headers: &HeaderMap) -> Result<(), Refusal> {
    let reads = [Method::GET, Method::HEAD].contains(method);
    let own = format!("http://{host}");
    match only(headers, header::ORIGIN) {
        Some(origin) if *origin == own => Ok(()),
        None if reads && !headers.contains_key(header::ORIGIN) => Ok(()),
        _ => Err(forbidden("the request comes from another site's page")),
    }
}

/// Another site cannot read our answers, but need not be answered at all (Fetch
/// Metadata, `Sec-Fetch-Site`).
fn refuse_other_sites(headers: &HeaderMap) -> Result<(), Refusal> {
    let site = HeaderName::from_static("sec-fetch-site");
    match only(headers, site.clone()) {
        Some("same-origin" | "none") => Ok(()),
        None if !headers.contains_key(site) => Ok(()),
        _ => Err(forbidden("the request comes from another site's page")),
    }
}

/// The value of a header, if it is there exactly once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok();
    first.filter(|_| all.next().is_none())
}

fn forbidden(why: &str) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, why)
}
