//! What rustc says of a file, at its place in it.

use cargo_metadata::diagnostic::{self, DiagnosticLevel, DiagnosticSpan};
use serde::Serialize;

/// A message for whoever wrote the file. Without a place it is about another file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// `error` or `warning`.
    pub level: &'static str,
    pub message: String,
    /// As a terminal shows it.
    pub rendered: String,
    #[serde(flatten)]
    pub place: Option<Place>,
}

/// Lines and columns count from 1; a column is a character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl Diagnostic {
    /// The message, unless it says nothing of the file: a warning about another one,
    /// or a count of errors. `file` is as rustc names it.
    pub(super) fn of(said: diagnostic::Diagnostic, file: &str) -> Option<Diagnostic> {
        let level = match said.level {
            DiagnosticLevel::Error | DiagnosticLevel::Ice => "error",
            DiagnosticLevel::Warning => "warning",
            _ => return None,
        };
        let primary = said.spans.iter().filter(|span| span.is_primary);
        let place = primary.flat_map(outermost).find(|it| it.file_name == file);
        let is_a_count = said.spans.is_empty() && said.message.starts_with("aborting due to");
        if is_a_count || (level == "warning" && place.is_none()) {
            return None;
        }
        let place = place.map(|span| Place {
            line: span.line_start,
            column: span.column_start,
            end_line: span.line_end,
            end_column: span.column_end,
        });
        Some(Diagnostic {
            level,
            rendered: without_std(&said.rendered.unwrap_or_else(|| said.message.clone())),
            message: said.message,
            place,
        })
    }

    pub fn is_error(&self) -> bool {
        self.level == "error"
    }
}

/// rustc's text without the notes that point into the standard library's source,
/// which whoever reads the text may not have.
fn without_std(rendered: &str) -> String {
    let mut sections: Vec<String> = Vec::new();
    for line in rendered.split_inclusive('\n') {
        let begins = ["note: ", "help: "].iter().any(|it| line.starts_with(it));
        match sections.last_mut() {
            Some(section) if !begins => section.push_str(line),
            _ => sections.push(line.to_owned()),
        }
    }
    let is_of_std = |section: &String| section.starts_with("note: ") && section.contains("/rustc/");
    sections.retain(|section| !is_of_std(section));
    sections.concat()
}

/// A span, and the calls of the macros that it comes from, outermost last.
fn outermost(span: &DiagnosticSpan) -> impl Iterator<Item = &DiagnosticSpan> {
    std::iter::successors(Some(span), |span| {
        span.expansion.as_ref().map(|expansion| &expansion.span)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_into_the_standard_library_are_left_out() {
        let error = "error[E0277]: no\n --> a.rs:1:1\n";
        let note = "note: required by a bound\n --> /rustc/abc/library/core/src/a.rs:1:1\n";
        let help = "help: consider this\n";
        let kept = without_std(&format!("{error}{note}{help}"));
        assert_eq!(kept, format!("{error}{help}"));
    }
}
