//! What a listing needs, and how its output may vary.

use crate::{ListingName, Mask};
use anyhow::{Context, ensure};
use serde::Deserialize;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

/// `recordings/NAME.toml`; without the file, the defaults.
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
        }
    }
}

impl Settings {
    /// The settings of one listing of the book at `root`. A Python listing
    /// needs python3 without saying so.
    ///
    /// # Errors
    /// The file cannot be read, or says something that is no setting.
    pub fn read(root: &Path, listing: &ListingName) -> anyhow::Result<Settings> {
        let path = root.join(listing.settings());
        let mut settings = match fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).with_context(|| path.display().to_string())?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Settings::default(),
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        for name in &settings.keep {
            ensure!(
                is_plain_svg(name),
                "only an SVG can be kept, under a name of letters, digits, - and _, not `{name}`"
            );
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

/// Whether it names an SVG in the run's own folder. What begins its name also
/// begins the ids in it.
fn is_plain_svg(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    name.strip_suffix(".svg")
        .is_some_and(|stem| !stem.is_empty() && stem.chars().all(plain))
}
