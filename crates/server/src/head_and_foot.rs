//! What stands around a page's text: in its head what is shown where somebody shares
//! its address, at its foot versions and the licence.

use crate::rendered::Pages;
use anyhow::Context;
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_listing::escape;
use recording::catalogue::{read_text, read_toml};
use std::fmt::Write;
use std::path::Path;

/// The address at which the book is published, with its scheme. The Pages workflow
/// sets it as `MDBOOK_PREPROCESSOR__LISTING__ADDRESS`.
const ADDRESS: &str = "preprocessor.listing.address";

/// The picture of a shared page, in the book's folder.
const PICTURE: &str = "running.png";

/// Our scripts add to the text, and the foot is below that.
const MAIN_END: &str = "</main>";

/// What is said of the book on each of its pages.
struct Book {
    description: String,
    /// Without a slash at its end; not known of a book that nobody published.
    address: Option<String>,
    colophon: String,
}

/// Adds both to each page.
///
/// # Errors
/// The workspace's manifest cannot be read, or a page has no head.
pub(crate) fn add(book: &MDBook, pages: &mut Pages) -> anyhow::Result<()> {
    let description = book.config.book.description.clone();
    let book = Book {
        description: description.unwrap_or_default(),
        address: address(&book.config)?,
        colophon: colophon(&book.root)?,
    };
    pages.change(|path, text| {
        let page = path.to_string_lossy().replace('\\', "/");
        if is_frame(&page) {
            return Ok(());
        }
        let title = between(text, "<title>", "</title>").context("a page without a title")?;
        let head = book.head(&page, title);
        let end = text.rfind("</head>").context("a page without a head")?;
        text.insert_str(end, &head);
        let end = text.rfind(MAIN_END).context("a page without a text")?;
        text.insert_str(end + MAIN_END.len(), &book.colophon);
        Ok(())
    })
}

impl Book {
    /// By the Open Graph protocol, ogp.me. A title is escaped already.
    fn head(&self, page: &str, title: &str) -> String {
        let mut head = String::new();
        let mut property = |name: &str, content: &str| {
            let written = writeln!(head, r#"<meta property="og:{name}" content="{content}">"#);
            written.expect("a String takes all");
        };
        property("type", "article");
        property("title", &title.replace('"', "&quot;"));
        property("description", &escape(&self.description));
        if let Some(address) = &self.address {
            // A folder's page has the folder's address.
            let page = page.strip_suffix("index.html").unwrap_or(page);
            let page = escape(&format!("{address}/{page}"));
            property("url", &page);
            property("image", &escape(&format!("{address}/{PICTURE}")));
            head += r#"<meta name="twitter:card" content="summary_large_image">"#;
            writeln!(head, "\n<link rel=\"canonical\" href=\"{page}\">").expect("a String");
        }
        head
    }
}

/// What no reader opens: the sidebar of a page without scripts.
fn is_frame(page: &str) -> bool {
    page == "toc.html"
}

fn address(config: &Config) -> anyhow::Result<Option<String>> {
    let address = config.get::<String>(ADDRESS)?;
    let address = address.map(|it| it.trim_end_matches('/').to_owned());
    Ok(address.filter(|it| !it.is_empty()))
}

/// From the workspace's `Cargo.toml` and `Cargo.lock`.
fn colophon(root: &Path) -> anyhow::Result<String> {
    let manifest = read_toml::<toml::Table>(root, Path::new("Cargo.toml"))?;
    let manifest = manifest.context("there is no Cargo.toml")?;
    let package = manifest.get("workspace").and_then(|it| it.get("package"));
    let field = |name: &str| package?.get(name)?.as_str();
    let mut said = Vec::new();
    said.extend(field("version").map(|it| format!("version {it}")));
    said.extend(duct(root).map(|it| format!("duct {it}")));
    said.extend(field("rust-version").map(|it| format!("Rust {it} or later")));
    said.extend(field("license").map(|it| format!("licence {it}")));
    let said = escape(&said.join(" · "));
    Ok(format!("\n<footer class=\"colophon\">{said}</footer>\n"))
}

/// The version of duct that the listings use. Cargo writes it below the name.
fn duct(root: &Path) -> Option<String> {
    let lock = read_text(root, Path::new("Cargo.lock")).ok()?;
    let mut lines = lock.lines().skip_while(|line| *line != r#"name = "duct""#);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    const PAGE: &str = "<html><head><title>Pipes &amp; ends - Cooks</title></head>\
        <body><main><p>Text</p></main></body></html>";

    /// A book of one page, as it is written.
    fn page(book_toml: &str) -> anyhow::Result<String> {
        let root = TempDir::new()?;
        let rendered = TempDir::new()?;
        let write = |name: &str, text: &str| fs::write(root.path().join(name), text);
        write("book.toml", book_toml)?;
        let package = "[workspace.package]\nversion = \"7.1.0\"\nlicense = \"A OR B\"\n";
        write("Cargo.toml", package)?;
        let locked = "[[package]]\nname = \"duct\"\nversion = \"1.2.3\"\n";
        write("Cargo.lock", locked)?;
        fs::create_dir(root.path().join("src"))?;
        write("src/SUMMARY.md", "")?;
        fs::create_dir(rendered.path().join("chapter5"))?;
        let path = rendered.path().join("chapter5/index.html");
        fs::write(&path, PAGE)?;
        let mut pages = Pages::read(rendered.path())?;
        add(&MDBook::load(root.path())?, &mut pages)?;
        pages.write()?;
        Ok(fs::read_to_string(path)?)
    }

    #[test]
    fn a_published_page_says_where_it_is_and_shows_a_picture() {
        let published = "[book]\ndescription = \"\\\"Feed\\\" <it>\"\n\
            [preprocessor.listing]\naddress = \"https://cooks.example/book/\"\n";
        let page = page(published).unwrap();
        for expected in [
            r#"<meta property="og:title" content="Pipes &amp; ends - Cooks">"#,
            r#"<meta property="og:description" content="&quot;Feed&quot; &lt;it&gt;">"#,
            r#"<meta property="og:url" content="https://cooks.example/book/chapter5/">"#,
            r#"<meta property="og:image" content="https://cooks.example/book/running.png">"#,
            r#"<link rel="canonical" href="https://cooks.example/book/chapter5/">"#,
        ] {
            let head = page.split("</head>").next().unwrap();
            assert!(head.contains(expected), "no {expected} in {head}");
        }
    }

    #[test]
    fn the_picture_is_in_the_book() {
        let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book");
        assert!(book.join(PICTURE).is_file());
    }

    #[test]
    fn a_page_that_is_nowhere_has_no_address() {
        let page = page("[book]\n").unwrap();
        assert!(page.contains("og:title"));
        for absent in ["og:url", "og:image", "canonical"] {
            assert!(!page.contains(absent), "{page}");
        }
    }

    #[test]
    fn the_foot_tells_versions_and_licence_behind_the_text() {
        let page = page("[book]\n").unwrap();
        let foot = "<p>Text</p></main>\n<footer class=\"colophon\">\
            version 7.1.0 · duct 1.2.3 · licence A OR B</footer>\n";
        assert!(page.contains(foot), "{page}");
    }
}
