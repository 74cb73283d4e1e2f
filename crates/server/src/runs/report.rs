//! What a reader can tell the book's authors of a run that was not as recorded.

use crate::made_of::said;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use recording::MadeOf;
use recording::catalogue::ListingName;
use serde::Serialize;
use std::path::Path;

/// A link with more than this is refused by some servers, so it has less of the text.
const MAX_ENCODED_BYTES: usize = 6_000;

#[derive(Serialize)]
pub(crate) struct Report {
    /// Listing, system, versions and differences, for the reader to copy.
    text: String,
    /// Where to report it, with all that filled in, if the book knows its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

impl Report {
    /// Of a listing of the book that is made of that.
    pub(super) fn of(made_of: &MadeOf, listing: &ListingName, differences: &[String]) -> Report {
        let title = format!("{listing} prints something else on my machine");
        let mut text = format!("{listing} was not as recorded.\n\n");
        for version in &made_of.versions {
            text.push_str(&format!("- {version}\n"));
        }
        text.push_str("\nHow it differs:\n\n");
        for difference in differences {
            text.push_str(&format!("- {difference}\n"));
        }
        let repository = made_of.repository.as_ref();
        let link = repository.map(|address| link_to(address, &title, &text));
        Report { text, link }
    }
}

/// A new issue, as GitHub, Forgejo and Gitea take it, or GitLab.
fn link_to(repository: &str, title: &str, text: &str) -> String {
    let repository = repository.strip_suffix(".git").unwrap_or(repository);
    let title = utf8_percent_encode(title, NON_ALPHANUMERIC);
    let mut body = String::new();
    for character in text.split_inclusive(|_| true) {
        let character = utf8_percent_encode(character, NON_ALPHANUMERIC).to_string();
        if body.len() + character.len() > MAX_ENCODED_BYTES {
            break;
        }
        body.push_str(&character);
    }
    match repository.contains("//gitlab.") {
        true => {
            format!("{repository}/-/issues/new?issue[title]={title}&issue[description]={body}")
        }
        false => format!("{repository}/issues/new?title={title}&body={body}"),
    }
}

/// The same with this system and its Python before the other versions, as far as they
/// can be found out.
pub(super) fn on_this_machine(root: &Path, made_of: MadeOf) -> MadeOf {
    let system = said(root, "uname", &["-srm"]);
    let python = said(root, "python3", &["--version"]);
    let here = system.into_iter().chain(python);
    MadeOf {
        versions: here.chain(made_of.versions).collect(),
        ..made_of
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_of::made_of;

    #[test]
    fn a_link_has_what_was_said() {
        let link = |repository| link_to(repository, "a b", "- 1 & 2\n");
        assert_eq!(
            link("https://github.com/cooks/book.git"),
            "https://github.com/cooks/book/issues/new?title=a%20b&body=%2D%201%20%26%202%0A"
        );
        assert!(
            link("https://gitlab.com/cooks/book")
                .starts_with("https://gitlab.com/cooks/book/-/issues/new?issue[title]=a%20b&")
        );
    }

    #[test]
    fn a_link_that_would_be_too_long_has_the_beginning() {
        let link = link_to(
            "https://github.com/cooks/book",
            "a",
            &"\u{fffd}".repeat(5_000),
        );
        assert!((5_000..7_000).contains(&link.len()), "{}", link.len());
        // No character is cut in two.
        assert!(link.ends_with("%EF%BF%BD"), "{link}");
    }

    #[test]
    fn the_text_names_listing_system_and_differences() {
        let listing = "chapter5/word_count".parse().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let made_of = MadeOf {
            repository: None,
            ..on_this_machine(folder.path(), made_of(folder.path()))
        };
        let differences = ["stdout: line 1".to_owned()];
        let report = Report::of(&made_of, &listing, &differences);
        for part in [
            "chapter5/word_count was not as recorded",
            "- the book ",
            "- stdout: line 1\n",
            std::env::consts::ARCH,
        ] {
            assert!(report.text.contains(part), "no {part} in {}", report.text);
        }
        assert_eq!(report.link, None);
    }
}
