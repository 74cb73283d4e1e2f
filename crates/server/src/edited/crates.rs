//! The crates that an edit may use: those of its chapter. Cargo's advice to add one
//! cannot be followed in the page.

use run::cargo::Diagnostic;

/// How rustc says that there is no such crate.
const MISSING: [&str; 3] = [
    "unlinked crate",
    "you might be missing a crate",
    "can't find crate",
];

/// What Cargo advises then.
const ADVICE: &str = "`cargo add";

/// A message about a missing crate names those that are there, if `crates` finds them.
pub(super) fn named(
    mut said: Diagnostic,
    crates: impl FnOnce() -> anyhow::Result<Vec<String>>,
) -> Diagnostic {
    let is_missing = MISSING.iter().any(|words| said.rendered.contains(words));
    if !is_missing && !said.rendered.contains(ADVICE) {
        return said;
    }
    let Ok(crates) = crates() else { return said };
    let lines = said.rendered.lines().filter(|line| !line.contains(ADVICE));
    let mut rendered: String = lines.flat_map(|line| [line, "\n"]).collect();
    let crates = crates.join(", ");
    // An empty line ends what rustc says.
    rendered.truncate(rendered.trim_end().len());
    rendered.push_str(&format!(
        "\n  = help: an edit may use std and the crates of its chapter: {crates}\n"
    ));
    said.rendered = rendered;
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(rendered: &str) -> Diagnostic {
        Diagnostic {
            level: "error",
            message: String::new(),
            rendered: rendered.to_owned(),
            place: None,
        }
    }

    fn told(rendered: &str) -> String {
        let crates = || Ok(vec!["anyhow".to_owned(), "duct".to_owned()]);
        named(said(rendered), crates).rendered
    }

    #[test]
    fn a_missing_crate_names_those_that_are_there() {
        let error = "error[E0432]: unresolved import `rand`\n --> a.rs:1:5\n  |\n";
        let advice = "  = help: if you wanted to use a crate named `rand`, use `cargo add rand` \
                      to add it to your `Cargo.toml`\n";
        let ours = "  = help: an edit may use std and the crates of its chapter: anyhow, duct\n";
        assert_eq!(
            told(&format!("{error}{advice}\n")),
            format!("{error}{ours}")
        );
        let extern_crate = "error[E0463]: can't find crate for `rand`\n";
        assert_eq!(told(extern_crate), format!("{extern_crate}{ours}"));
    }

    #[test]
    fn another_message_stays_as_it_is_and_asks_for_no_crates() {
        let error = "error[E0432]: unresolved import `std::nothing`\n --> a.rs:1:5\n\n";
        let told = named(said(error), || unreachable!("no crate is missing"));
        assert_eq!(told.rendered, error);
    }
}
