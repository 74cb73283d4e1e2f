//! What stands beside a listing and beside an exercise, in TOML.

use super::fault::{Fault, read_toml};
use super::name::{ExerciseName, ListingName};
use crate::mask::Mask;
use serde::Deserialize;
use std::path::Path;
use std::time::Duration;

/// `recordings/NAME.toml`: what a listing needs, and how its output may vary.
/// Without the file, the defaults.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What differs from run to run by nature.
    pub masks: Vec<Mask>,
    /// What a recorded run reads from stdin. Without it, stdin is empty.
    pub stdin: Option<String>,
    /// Seconds after which a run is ended.
    pub time_limit: u64,
    /// Programs that must be on the PATH: `needs = ["ffmpeg"]`.
    pub needs: Vec<String>,
    /// SVGs that the run leaves and that stay with its recording, for a page
    /// to show: `keep = ["plot.svg"]`.
    pub keep: Vec<String>,
    /// The output is the same on every Unix, not only on the recording's.
    pub portable: bool,
    /// An X-ray of the recorded run is kept, for a page to show.
    pub xray: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            masks: Vec::new(),
            stdin: None,
            time_limit: 60,
            needs: Vec::new(),
            keep: Vec::new(),
            portable: false,
            xray: false,
        }
    }
}

impl Settings {
    /// The settings of one listing of the book at `root`. A Python listing
    /// needs python3 without saying so.
    ///
    /// # Errors
    /// The file cannot be read, or says something that is no setting.
    pub fn read(root: &Path, listing: &ListingName) -> Result<Settings, Fault> {
        let file = listing.settings();
        let mut settings = read_toml::<Settings>(root, &file)?.unwrap_or_default();
        if let Some(name) = settings.keep.iter().find(|name| !is_plain_svg(name)) {
            return Err(Fault::of(
                file,
                format!(
                    "only an SVG can be kept, under a name of letters, digits, - and _, not `{name}`"
                ),
            ));
        }
        if listing.is_python() {
            settings.needs.insert(0, "python3".to_owned());
        }
        Ok(settings)
    }

    pub fn time_limit(&self) -> Duration {
        Duration::from_secs(self.time_limit)
    }
}

/// Whether `name` is that of an SVG in the run's own folder. The ids in the SVG
/// begin with its stem, which is therefore plain.
fn is_plain_svg(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    name.strip_suffix(".svg")
        .is_some_and(|stem| !stem.is_empty() && stem.chars().all(plain))
}

/// What the hints of an exercise are about, in their order.
pub const HINTS: [&str; 3] = ["where to look", "what to use", "how it goes"];

/// `exercises/NAME.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExerciseSettings {
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

impl ExerciseSettings {
    /// # Errors
    /// The file cannot be read, or says something else than it should.
    pub(super) fn read(root: &Path, name: &ExerciseName) -> Result<ExerciseSettings, Fault> {
        let file = name.settings();
        let settings = read_toml::<ExerciseSettings>(root, &file)?;
        let settings = settings.ok_or_else(|| Fault::of(&file, "there is no such file"))?;
        let hints = settings.hints.len();
        if hints != HINTS.len() || settings.hints.iter().any(|hint| hint.trim().is_empty()) {
            let wanted = HINTS.len();
            let message = format!("an exercise has {wanted} hints, and this one {hints}");
            return Err(Fault::of(file, message));
        }
        if settings.fails.trim().is_empty() {
            return Err(Fault::of(file, "`fails` must say why its check fails"));
        }
        Ok(settings)
    }
}
