//! What stands beside an exercise.

use crate::name::ExerciseName;
use anyhow::{Context, ensure};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// What the hints of an exercise are about, in their order.
pub const HINTS: [&str; 3] = ["where to look", "what to use", "how it goes"];

/// `exercises/NAME.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// How long it may take a reader.
    pub minutes: u32,
    /// A piece of what its check says of it as it is given: it must fail for
    /// the reason that it should.
    pub fails: String,
    /// In Markdown: where to look, what to use, how it goes.
    pub hints: Vec<String>,
    /// Programs that must be on the PATH: `needs = ["ffmpeg"]`.
    #[serde(default)]
    pub needs: Vec<String>,
}

impl Settings {
    /// # Errors
    /// The file cannot be read, or says something else than it should.
    pub fn read(root: &Path, name: &ExerciseName) -> anyhow::Result<Settings> {
        let path = name.settings();
        let text = fs::read_to_string(root.join(&path));
        let text = text.with_context(|| path.display().to_string())?;
        let settings: Settings =
            toml::from_str(&text).with_context(|| path.display().to_string())?;
        let hints = settings.hints.len();
        ensure!(
            hints == HINTS.len() && !settings.hints.iter().any(|hint| hint.trim().is_empty()),
            "{}: an exercise has {} hints, and this one {hints}",
            path.display(),
            HINTS.len()
        );
        ensure!(
            !settings.fails.trim().is_empty(),
            "{}: `fails` must say why its check fails",
            path.display()
        );
        Ok(settings)
    }
}
