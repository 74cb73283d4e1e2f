//! The links from page to page: each must lead somewhere.

use crate::anchors::Anchors;
use crate::html;
use crate::page::Page;
use crate::problems::Problems;
use recording::catalogue::did_you_mean;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Everything that a link can lead to.
pub(crate) struct Targets<'a> {
    /// The pages by their paths.
    pages: BTreeMap<PathBuf, &'a Anchors>,
    /// The folder of the pages.
    src: &'a Path,
}

impl<'a> Targets<'a> {
    pub(crate) fn new(pages: &'a [Page], anchors: &'a [Anchors], src: &'a Path) -> Targets<'a> {
        let paths = pages.iter().map(|page| page.path.clone());
        Targets {
            pages: paths.zip(anchors).collect(),
            src,
        }
    }

    /// Notes each link of a page that leads nowhere. `more` are links that
    /// stand in the page outside of its Markdown, with their places.
    pub(crate) fn check(&self, page: &Page, more: &[(usize, String)], problems: &mut Problems) {
        for link in &page.markdown.links {
            self.check_one(page, link.range.start, &link.target, problems);
        }
        for (at, target) in more.iter().chain(&html_links(page)) {
            self.check_one(page, *at, target, problems);
        }
        for (range, name) in &page.markdown.undefined {
            let message = format!("[{name}] is referred to, and no line says `[{name}]: …`");
            page.problem(problems, range.start, message);
        }
    }

    fn check_one(&self, page: &Page, at: usize, target: &str, problems: &mut Problems) {
        if let Err(message) = self.resolve(page, target) {
            page.problem(problems, at, message);
        }
    }

    fn resolve(&self, page: &Page, target: &str) -> Result<(), String> {
        if leads_elsewhere(target) {
            return Ok(());
        }
        let path = path_in(target);
        if path.is_empty() && !target.contains('#') {
            return Err("this link leads nowhere: it has no target".to_owned());
        }
        if path.starts_with('/') {
            return Err(format!(
                "{target} begins at the root of the host, where the book need not be: \
                 write it from this page on"
            ));
        }
        let (file, id) = place(&page.path, target);
        let source = source_of(&file);
        match (self.pages.get(&source), id) {
            (Some(anchors), Some(id)) => check_anchor(&source, &id, anchors),
            (Some(_), None) => Ok(()),
            (None, _) => self.resolve_file(page, &file, target),
        }
    }

    /// Looks for a file that is no page. mdBook copies those beside the pages.
    fn resolve_file(&self, page: &Page, path: &Path, target: &str) -> Result<(), String> {
        let is_page = path.extension().is_some_and(|extension| extension == "md");
        let file = self.src.join(path);
        if is_page && file.is_file() {
            return Err(format!("{target} is a page that SUMMARY.md does not name"));
        }
        if !is_page && file.is_file() && !path.starts_with("..") {
            return Ok(());
        }
        let from_here = |path: &PathBuf| relative(page.folder(), path);
        let hint = did_you_mean(self.pages.keys().map(from_here), target);
        Err(format!("{target} leads to no page{hint}"))
    }
}

fn check_anchor(page: &Path, anchor: &str, anchors: &Anchors) -> Result<(), String> {
    if anchors.contains(anchor) {
        return Ok(());
    }
    let anchor = format!("#{anchor}");
    let known = anchors.iter().map(|id| format!("#{id}"));
    let hint = did_you_mean(known, &anchor);
    Err(format!("{} has no {anchor}{hint}", page.display()))
}

/// Whether a link leads out of the book: `https://…`, `mailto:…`, `//host/…`.
pub(crate) fn leads_elsewhere(target: &str) -> bool {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    is_scheme || target.starts_with("//")
}

/// The file that a link within the book names, from the folder of the pages on, and the
/// id in it. The link stands in the page `from`.
pub(crate) fn place(from: &Path, target: &str) -> (PathBuf, Option<String>) {
    let file = match &*path_in(target) {
        "" => from.to_owned(),
        path => normal(&from.parent().unwrap_or(Path::new("")).join(path)),
    };
    let id = target.split_once('#').map(|(_, id)| unescaped(id));
    (file, id.filter(|id| !id.is_empty()))
}

/// The path in a link; nothing, if it names only an id.
fn path_in(target: &str) -> String {
    unescaped(target.split(['#', '?']).next().unwrap_or_default())
}

/// The source of a page that may be named by what mdBook makes of it.
pub(crate) fn source_of(file: &Path) -> PathBuf {
    match file.extension() {
        Some(extension) if extension == "html" => file.with_extension("md"),
        _ => file.to_owned(),
    }
}

/// The links in a page's own HTML, with their places.
fn html_links(page: &Page) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    for block in &page.markdown.html {
        for element in html::elements(&block.text) {
            let at = page.down(block.range.start, element.lines_down);
            for name in ["href", "src", "xlink:href"] {
                if let Some(target) = element.attribute(name) {
                    links.push((at, target.to_owned()));
                }
            }
        }
    }
    links
}

/// `%20` and the like as the characters that they stand for.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The path without `.` and `..` in its midst.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

/// How a page in `folder` names the page at `path`.
fn relative(folder: &Path, path: &Path) -> String {
    let mut up = folder;
    let mut dots = String::new();
    while !path.starts_with(up) {
        dots.push_str("../");
        up = up.parent().unwrap_or(Path::new(""));
    }
    let below = path.strip_prefix(up).unwrap_or(path);
    format!("{dots}{}", below.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_another_from_where_it_lies() {
        let name = |path| relative(Path::new("chapter1"), Path::new(path));
        assert_eq!(name("chapter1/index.md"), "index.md");
        assert_eq!(name("chapter2/index.md"), "../chapter2/index.md");
        assert_eq!(name("introduction.md"), "../introduction.md");
    }

    #[test]
    fn only_a_scheme_leads_out_of_the_book() {
        assert!(leads_elsewhere("https://docs.rs/duct"));
        assert!(leads_elsewhere("mailto:a@b.c"));
        assert!(!leads_elsewhere("index.md#a:b"));
    }
}
