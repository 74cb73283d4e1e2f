//! Where the book's source is.

use mdbook_preprocessor::config::Config;

/// mdBook's own setting, for the link in its menu bar. A book that is published gets
/// it from the environment, as `MDBOOK_OUTPUT__HTML__GIT_REPOSITORY_URL`.
const SETTING: &str = "output.html.git-repository-url";

/// The address of the book's source, if this copy was built with it.
pub fn repository(config: &Config) -> Option<String> {
    let address = config.get::<String>(SETTING).ok().flatten()?;
    let address = address.trim_end_matches('/');
    (!address.is_empty()).then(|| address.to_owned())
}
