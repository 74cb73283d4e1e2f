//! What the pages may load and run: ours, and nothing else.

use crate::rendered::{Pages, split_at_text};
use anyhow::Context;
use axum::http::HeaderValue;
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The Content-Security-Policy of a rendered book (CSP Level 3).
pub(crate) struct ContentSecurity {
    pages: HeaderValue,
    framed: HeaderValue,
}

impl ContentSecurity {
    /// Allows the inline scripts that mdBook has put into the pages, each by
    /// its hash; not one that stands in a page's own text.
    ///
    /// # Errors
    /// The hashes are no header.
    pub(crate) fn of(pages: &Pages) -> anyhow::Result<ContentSecurity> {
        let scripts = pages.texts().flat_map(inline_scripts);
        let hashes = scripts.map(|script| BASE64_STANDARD.encode(Sha256::digest(script)));
        let hashes = hashes.collect();
        Ok(ContentSecurity {
            pages: policy(&hashes, "'none'")?,
            framed: policy(&hashes, "'self'")?,
        })
    }

    /// The header for one address of the book.
    pub(crate) fn header(&self, path: &str) -> HeaderValue {
        // Without JavaScript, mdBook shows the table of contents in a frame.
        match path {
            "/toc.html" => self.framed.clone(),
            _ => self.pages.clone(),
        }
    }
}

fn policy(hashes: &BTreeSet<String>, ancestors: &str) -> anyhow::Result<HeaderValue> {
    let hashes: String = hashes
        .iter()
        .map(|hash| format!(" 'sha256-{hash}'"))
        .collect();
    let policy = format!(
        "default-src 'self'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' blob: data:; media-src 'self' blob: data:; connect-src 'self'; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
    );
    HeaderValue::try_from(policy).context("a policy of hashes is a header")
}

/// The inline scripts around the page's text, which mdBook puts into `main`.
fn inline_scripts(page: &str) -> Vec<&str> {
    let around = match split_at_text(page) {
        Some([before, _, after]) => [before, after],
        None => [page, ""],
    };
    around.into_iter().flat_map(scripts).collect()
}

fn scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        attributes.trim().is_empty().then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn only_mdbooks_own_inline_scripts_are_allowed() {
        let page = "<head><script>one()</script><script src=\"a.js\"></script></head>\
            <main><script>a_page_said_so()</script></main>\
            <script>\ntwo()\n</script>";
        assert_eq!(inline_scripts(page), ["one()", "\ntwo()\n"]);
    }

    #[test]
    fn the_hash_is_the_one_that_browsers_take() {
        let folder = tempfile::tempdir().unwrap();
        // The example of CSP Level 3, section 8.3.
        let page = "<script>doSomething();</script>";
        fs::write(folder.path().join("index.html"), page).unwrap();
        let security = ContentSecurity::of(&Pages::read(folder.path()).unwrap()).unwrap();
        let header = security.header("/").to_str().unwrap().to_owned();
        let hash = BASE64_STANDARD.encode(Sha256::digest("doSomething();"));
        assert!(
            header.contains(&format!("script-src 'self' 'sha256-{hash}';")),
            "{header}"
        );
        assert!(header.ends_with("frame-ancestors 'none'"), "{header}");
    }
}
