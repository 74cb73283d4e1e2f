//! A page of the book, as its author wrote it.

use crate::markdown::{Fence, Markdown};
use crate::problems::Problems;
use mdbook_markdown::pulldown_cmark::Options;
use recording::catalogue::plain_lines;
use std::path::{Path, PathBuf};

/// One page: its source, and how that reads.
#[derive(Debug)]
pub(crate) struct Page {
    /// Relative to the book's `src`, as mdBook knows it and links name it:
    /// `chapter5-pipes/index.md`.
    pub(crate) path: PathBuf,
    /// Relative to the book's root, as messages name it:
    /// `book/chapter5-pipes/index.md`.
    pub(crate) file: PathBuf,
    /// As SUMMARY.md calls it.
    pub(crate) title: String,
    pub(crate) source: String,
    pub(crate) markdown: Markdown,
}

impl Page {
    /// `src` is the folder of the pages, relative to the book's root.
    pub(crate) fn read(
        src: &Path,
        path: &Path,
        title: &str,
        source: &str,
        options: Options,
    ) -> Page {
        let source = plain_lines(source.to_owned());
        Page {
            path: path.to_owned(),
            file: src.join(path),
            title: title.to_owned(),
            markdown: Markdown::read(&source, options),
            source,
        }
    }

    /// The line, counted from 1, of a place in the source.
    pub(crate) fn line(&self, at: usize) -> usize {
        let before = &self.source.as_bytes()[..at];
        before.iter().filter(|&&byte| byte == b'\n').count() + 1
    }

    /// The start of the line that is so many lines below a place.
    pub(crate) fn down(&self, at: usize, lines: usize) -> usize {
        let after = self.source[at..].match_indices('\n');
        let mut starts = std::iter::once(at).chain(after.map(|(end, _)| at + end + 1));
        starts.nth(lines).unwrap_or(at)
    }

    /// The start of the line in the source in which a place inside a fence is.
    pub(crate) fn inside(&self, fence: &Fence, at: usize) -> usize {
        let lines = fence.code[..at].matches('\n').count();
        self.down(fence.range.start, lines + 1)
    }

    /// Notes a problem at a place in the source.
    pub(crate) fn problem(&self, problems: &mut Problems, at: usize, message: impl Into<String>) {
        problems.add(&self.file, Some(self.line(at)), message);
    }

    /// A link from this page to a place that is named from the folder of the
    /// pages on.
    pub(crate) fn link_to(&self, place: &str) -> String {
        let up = "../".repeat(self.folder().components().count());
        format!("{up}{place}")
    }

    /// The folder in which the page lies, relative to the book's `src`.
    pub(crate) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

/// The address of the page at that path, from the folder of the pages on.
pub(crate) fn address(path: &Path) -> String {
    let path = path.with_extension("html");
    path.to_string_lossy().replace('\\', "/")
}
