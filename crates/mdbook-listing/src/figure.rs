//! A listing in the page: its number, caption and path, its code, and what it
//! said when it was recorded.

use crate::edition::Edition;
use crate::escape::escape;
use crate::listings::Listing;
use crate::output;
use crate::reading_order::ShownListing;

/// The figure. It is one HTML block: no line of it is blank, and nothing in it
/// is left for Markdown. `asked` says that a question is asked before it.
///
/// # Errors
/// As [`output::output`].
pub(crate) fn figure(
    shown: &ShownListing,
    caption: &str,
    listing: &Listing,
    asked: bool,
    edition: Edition,
) -> Result<String, String> {
    let name = &listing.name;
    let id = escape(&shown.id());
    let title = format!("Listing {}", shown.number);
    let path = name.source();
    // A long path breaks at a slash first.
    let path = escape(&path.to_string_lossy()).replace('/', "/<wbr>");
    let code = code(&listing.source, name.is_python());
    let output = match &listing.recording {
        Some(recording) => {
            let command = name.command();
            output::output(
                recording,
                &listing.settings,
                &edition.typed(&command),
                &title,
            )?
        }
        None => String::new(),
    };
    let asked = if asked { " data-asked" } else { "" };
    let live = edition.attributes(name.is_python());
    let stdin = match listing.settings.stdin {
        Some(_) => " data-stdin",
        None => "",
    };
    let limit = listing.settings.time_limit;
    Ok(format!(
        "<figure class=\"listing\" id=\"{id}\" data-listing=\"{name}\" \
         data-time-limit=\"{limit}\"{stdin}{asked}{live}>\n\
         <figcaption><a class=\"number\" href=\"#{id}\">{title}</a> \
         <span class=\"caption\">{caption}</span> <span class=\"path\">{path}</span></figcaption>\n\
         {code}\n{output}</figure>"
    ))
}

/// A code block as mdBook makes it from a fence; mdBook then highlights it and
/// adds its copy button. `noplayground` keeps it from offering to run the code
/// elsewhere, and from adding a `main`.
pub(crate) fn code(source: &str, is_python: bool) -> String {
    let (class, source) = if is_python {
        ("language-python", source.to_owned())
    } else {
        ("language-rust noplayground", unhidden(source))
    };
    let source = escape(&source);
    format!("<pre><code class=\"{class}\">{source}</code></pre>")
}

/// mdBook hides the lines of a Rust block that begin with `# `, and shows `##`
/// as `#`: one more `#` keeps both as they are.
fn unhidden(source: &str) -> String {
    let mut lines = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        let rest = line.trim_start();
        let indent = &line[..line.len() - rest.len()];
        let is_changed = rest
            .strip_prefix('#')
            .is_some_and(|after| after.starts_with(['#', ' ', '\n']) || after.is_empty());
        lines.push_str(indent);
        lines.push_str(if is_changed { "#" } else { "" });
        lines.push_str(rest);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_listing_is_hidden() {
        assert_eq!(
            unhidden("#[test]\n# a\n  ## b\n#\n#!c\n"),
            "#[test]\n## a\n  ### b\n##\n#!c\n"
        );
    }
}
