//! The checks of a request's headers before any route sees it, `Host`, `Origin` and
//! the token; and the headers that every answer gets.

use crate::address::Hosts;
use crate::http::{Refusal, as_page, wants_page};
use crate::token::Token;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// By which a browser says whose page a request comes from (Fetch Metadata).
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What opens the book, for whoever came by another address.
const OPEN_THE_ADDRESS: &str = "\
    Open the address that was printed in the terminal where the book was started, to its end: it \
    is like <code>http://127.0.0.1:3000/#token=…</code>";

/// The same, where the port may be another.
const WITH_ITS_PORT: &str = "\
    If its port is forwarded to you (<code>ssh -L 8080:127.0.0.1:3000</code>, <code>docker run \
    -p 127.0.0.1:8080:3000</code>), open it with the port that you chose: \
    <code>http://127.0.0.1:8080/#token=…</code>";

/// The same, where the name may be another.
const BY_ITS_NAME: &str = "\
    If it is forwarded to you by https and under a name of its own, as Codespaces and reverse \
    proxies do, start it with <code>--forwarded-as NAME</code> (<code>cargo run -- --forwarded-as \
    NAME</code>), and open the address with that name which it then prints.";

const WHY_OTHER_HOSTS_ARE_REFUSED: &str = "\
    Other names are refused because whoever owns a name can point it at your machine, and a page \
    of that name could then read the server’s answers (DNS rebinding).";

/// What requests are held against. A page of the book needs a `Host` of the
/// server's and no `Origin` but its own; a run needs the token too.
pub(crate) struct Guard {
    pub(crate) hosts: Hosts,
    pub(crate) token: Token,
}

impl Guard {
    /// # Errors
    /// The request is for another host (DNS rebinding), or comes from another
    /// site.
    fn admit(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = self.host(uri, headers)?;
        self.check_origin(method, &host, headers)
    }

    fn host(&self, uri: &Uri, headers: &HeaderMap) -> Result<String, Refusal> {
        let named = only(headers, header::HOST).unwrap_or_default();
        let same = |whole: &str| whole.eq_ignore_ascii_case(named);
        let is_one = uri.authority().is_none_or(|it| same(it.as_str()));
        if is_one && self.hosts.contain(named) {
            return Ok(named.to_owned());
        }
        let asked_for = match uri.authority() {
            Some(whole) if !is_one => whole.as_str(),
            _ => named,
        };
        let own = self.hosts.in_words();
        let why = format!("it was asked for `{asked_for}`, and answers to {own}");
        let refusal = forbidden(why).advising(OPEN_THE_ADDRESS);
        let refusal = refusal.advising(WITH_ITS_PORT).advising(BY_ITS_NAME);
        Err(refusal.advising(WHY_OTHER_HOSTS_ARE_REFUSED))
    }

    /// Refuses the requests of other sites' pages. A browser sends `Origin` with each
    /// request that is neither GET nor HEAD (Fetch standard, "Origin header"), so one
    /// without it does not come from our page.
    fn check_origin(
        &self,
        method: &Method,
        host: &str,
        headers: &HeaderMap,
    ) -> Result<(), Refusal> {
        let reads = [Method::GET, Method::HEAD].contains(method);
        let said_same = only(headers, SITE) == Some("same-origin");
        let own = |origin: &str| self.hosts.own_origin(host, origin, said_same);
        match only(headers, header::ORIGIN) {
            Some(origin) if own(origin) => Ok(()),
            None if reads && !headers.contains_key(header::ORIGIN) => Ok(()),
            _ => Err(from_another_site()),
        }
    }

    fn has_token(&self, headers: &HeaderMap) -> bool {
        let mut all = headers.get_all(header::AUTHORIZATION).iter();
        let first = all.next().is_some_and(|it| self.token.is_in(it.as_bytes()));
        first && all.next().is_none()
    }
}

/// Puts the guard before all routes. The routes of `acting` run code, or read and
/// write the reader's files: they need the token, and refuse other sites' pages. Those
/// of `told` only refuse other sites' pages. `pages` are open to whoever the guard
/// admits.
pub(crate) fn guarded(guard: Guard, acting: Router, told: Router, pages: Router) -> Router {
    let guard = Arc::new(guard);
    // In axum a layer covers the routes that were added before it, and their fallback
    // for a method that they do not have.
    let not_allowed = async || Refusal::method_not_allowed();
    acting
        .method_not_allowed_fallback(not_allowed)
        .route_layer(from_fn_with_state(Arc::clone(&guard), with_token))
        .merge(told.method_not_allowed_fallback(not_allowed))
        .route_layer(from_fn(from_no_other_site))
        .merge(pages)
        .layer(from_fn_with_state(guard, of_our_own))
}

async fn with_token(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    if guard.has_token(request.headers()) {
        return Ok(next.run(request).await);
    }
    Err(Refusal::new(
        StatusCode::UNAUTHORIZED,
        "this page does not know the server's token: open the address that the server \
         printed when it started",
    ))
}

async fn from_no_other_site(request: Request, next: Next) -> Result<Response, Refusal> {
    refuse_other_sites(request.headers())?;
    Ok(next.run(request).await)
}

/// Refuses what the guard does not admit, and gives every answer, refusals too, the
/// headers of [`secure`]. A refusal is a page where a browser asks for one.
async fn of_our_own(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let admitted = guard.admit(request.method(), request.uri(), request.headers());
    let wants_page = wants_page(request.method(), request.headers());
    let mut response = match admitted {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    if wants_page {
        response = as_page(response);
    }
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

/// Refuses the requests of other sites' pages, also those that only read (Fetch
/// Metadata, `Sec-Fetch-Site`). The browser would not let such a page see the answer;
/// so the server need not make one.
fn refuse_other_sites(headers: &HeaderMap) -> Result<(), Refusal> {
    match only(headers, SITE) {
        Some("same-origin" | "none") => Ok(()),
        None if !headers.contains_key(SITE) => Ok(()),
        _ => Err(from_another_site()),
    }
}

/// The value of a header, if it is there exactly once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok();
    first.filter(|_| all.next().is_none())
}

fn from_another_site() -> Refusal {
    forbidden("the request comes from another site's page").advising(OPEN_THE_ADDRESS)
}

fn forbidden(why: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::routing::{get, post};
    use hyper::service::Service;
    use hyper_util::service::TowerToHyperService;

    /// The status of an answer to somebody without the token.
    async fn status(method: Method, path: &str) -> StatusCode {
        let listening = "127.0.0.1:3000".parse().unwrap();
        let guard = Guard {
            hosts: Hosts::of(listening, Vec::new()),
            token: Token::new().unwrap(),
        };
        let acting = Router::new()
            .route("/new", get(async || "acts"))
            .route("/new/{id}/stop", post(async || "acts"));
        let told = Router::new().route("/told", get(async || "told"));
        let pages = Router::new().fallback(async || "a page");
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::ORIGIN, "http://127.0.0.1:3000");
        let request = request.body(Body::empty()).unwrap();
        let routes = TowerToHyperService::new(guarded(guard, acting, told, pages));
        routes.call(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn a_route_that_acts_asks_for_the_token_whatever_its_path_is() {
        for (method, path) in [
            (Method::GET, "/new"),
            (Method::HEAD, "/new"),
            (Method::PUT, "/new"),
            (Method::POST, "/new/1/stop"),
        ] {
            let status = status(method.clone(), path).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{method} {path}");
        }
    }

    #[tokio::test]
    async fn pages_and_what_they_are_told_need_no_token() {
        for path in ["/", "/new.html", "/told"] {
            assert_eq!(status(Method::GET, path).await, StatusCode::OK, "{path}");
        }
    }
}
