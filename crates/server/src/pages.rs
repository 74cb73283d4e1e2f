//! The book's own files.

use crate::http::{Refusal, blocking};
use crate::live::{Book, Rendering, Wish};
use crate::rendered::before_hash;
use crate::search::LaterIndex;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tower_http::services::{ServeDir, ServeFile};

pub(crate) fn routes(book: Arc<Book>) -> Router {
    Router::new().fallback(page).with_state(book)
}

/// Serves a file of the last good book.
async fn page(State(book): State<Arc<Book>>, request: Request) -> Response {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return Refusal::method_not_allowed().into_response();
    }
    let rendering = book.rendering.get();
    let path = request.uri().path().to_owned();
    let mut response = match rendering.index(&path) {
        Some(index) => script(index).await.into_response(),
        None => match file(&rendering, &path, request).await {
            Ok(response) => response,
            Err(error) => Refusal::fault(&anyhow::Error::new(error)).into_response(),
        },
    };
    if book.compiled.is_to_do() && is_html(&response) {
        response = with_its_wishes(&book, response).await;
    }
    let cache = match response.status().is_success() {
        true => caching(&path),
        false => "no-store",
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    let security = rendering.security.header(&path);
    headers.insert(header::CONTENT_SECURITY_POLICY, security);
    // The header names a second, within which two books can be rendered.
    headers.remove(header::LAST_MODIFIED);
    response
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// The chapters whose listings a page shows are built before others.
async fn with_its_wishes(book: &Book, response: Response) -> Response {
    let (head, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(page) => {
            for chapter in shown(&String::from_utf8_lossy(&page)) {
                book.compiled.want(chapter, Wish::Shown);
            }
            Response::from_parts(head, Body::from(page))
        }
        Err(error) => Refusal::fault(&anyhow::Error::new(error)).into_response(),
    }
}

/// The chapters of a page's listings, as their figures name them.
fn shown(page: &str) -> impl Iterator<Item = &str> {
    let listings = page.split("data-listing=\"").skip(1);
    listings.filter_map(|rest| rest.split_once('/').map(|(chapter, _)| chapter))
}

/// Waits until the search index is made.
async fn script(index: Arc<LaterIndex>) -> Result<impl IntoResponse, Refusal> {
    let script = blocking(move || index.script()).await?;
    Ok(([(header::CONTENT_TYPE, "text/javascript")], script))
}

async fn file(
    rendering: &Rendering,
    path: &str,
    mut request: Request,
) -> std::io::Result<Response> {
    // A redirection to such a path would lead to another host.
    if !path.starts_with("//") && !path.contains('\\') {
        request.headers_mut().remove(header::IF_MODIFIED_SINCE);
        let folder = ServeDir::new(rendering.folder());
        let found = folder.append_index_html_on_directories(true);
        // What cannot be opened is not there: a name with a NUL, or too long.
        match { found }.try_call(request).await {
            Ok(response) if response.status() == StatusCode::NOT_FOUND => {}
            Ok(response) => return Ok(response.map(Body::new)),
            Err(_) => {}
        }
    }
    let mut page = ServeFile::new(rendering.folder().join("404.html"));
    let mut response = page.try_call(Request::new(Body::empty())).await?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response.map(Body::new))
}

/// mdBook puts a hash of its content into the name of a script, a style or a font, before
/// the first dot: `NAME-HASH.min.js`. Everything else may be another at the next look; so may
/// a page or a picture of such a name, which is its author's.
fn caching(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let (stem, kind) = name.split_once('.').unwrap_or_default();
    let hashed = ["js", "min.js", "css", "woff2"].contains(&kind) && before_hash(stem).is_some();
    match hashed {
        true => "private, max-age=31536000, immutable",
        false => "no-store",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_never_changes_is_kept_by_the_browser() {
        assert!(caching("/book-609e4cb8.js").ends_with("immutable"));
        assert!(
            caching("/fonts/open-sans-v17-all-charsets-300-7736aa35.woff2").ends_with("immutable")
        );
        for path in [
            "/",
            "/index.html",
            "/chapter5-pipes/",
            "/a/player.js",
            "/609e4cb8.html",
            "/x-20261122.html",
            "/609e4cb8-a.js",
            "/a-609e4cb8-b.js",
            "/a.609e4cb8.js",
            "/-609e4cb8.js",
            "/a-609E4CB8.js",
            "/a-609e4cb8",
        ] {
            assert_eq!(caching(path), "no-store", "{path}");
        }
    }
}
