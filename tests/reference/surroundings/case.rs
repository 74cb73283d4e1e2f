//! A case: how a row of the page is made to happen.

use serde::Deserialize;
use std::fs;
use std::path::PathBuf;
use tests::book::root;

#[derive(Clone, Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// How its row begins.
    pub row: String,
    /// What happens.
    #[serde(flatten)]
    pub how: How,
    /// What it prints, if it happens as the row says.
    pub prints: Option<String>,
    /// What the row must say, besides.
    #[serde(default)]
    pub says: Vec<String>,
    /// Programs that a machine may lack.
    #[serde(default)]
    pub needs: Vec<String>,
}

/// In what it runs. All but the first three need root: they replace files of the
/// machine, in a mount namespace of their own.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    Sh(String),
    Python(String),
    /// The listing, started by this line at a terminal.
    Given(String),
    /// The same, alone in namespaces.
    GivenAlone(String),
    Sudo(String),
    Ssh(String),
    Cron(String),
    Systemd(String),
}

/// The folder with the cases, and with what they share.
pub fn folder() -> PathBuf {
    root().join("tests/reference/surroundings")
}

/// # Panics
/// The file of the cases cannot be read.
pub fn read(file: &str) -> Vec<Case> {
    let path = folder().join(file).with_extension("toml");
    let text = fs::read_to_string(&path).expect("the cases can be read");
    let cases: Cases = toml::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    cases.case
}
