//! The listings that the chapters have, with their recordings and settings.

use crate::problems::Problems;
use anyhow::Context;
use recording::catalogue::{CHAPTERS, ListingName, Settings, chapters, did_you_mean, names_in};
use recording::compare::idle_masks;
use recording::kept::{self, Kept};
use recording::{Kind, Recording};
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// Every listing below `chapters-code`, shown or not.
pub(crate) struct Shelf {
    names: Vec<ListingName>,
    listings: BTreeMap<ListingName, Shelved>,
}

/// One listing, with all that a page can show of it.
pub(crate) struct Shelved {
    pub(crate) source: String,
    pub(crate) settings: Settings,
    /// `None` if there is none that can be read; a fault says why.
    pub(crate) recording: Option<Recording>,
    /// What stays with the recording, as far as it can be read.
    pub(crate) kept: Kept,
    /// What keeps it from being shown as it is.
    pub(crate) faults: Vec<String>,
}

impl Shelf {
    /// Notes recordings and settings that belong to no listing.
    ///
    /// # Errors
    /// A folder or a listing cannot be read.
    pub(crate) fn read(root: &Path, problems: &mut Problems) -> anyhow::Result<Shelf> {
        let names = ListingName::all(root)?;
        let mut listings = BTreeMap::new();
        for name in &names {
            listings.insert(name.clone(), Shelved::read(root, name)?);
        }
        let shelf = Shelf { names, listings };
        shelf.find_strays(root, problems)?;
        Ok(shelf)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&ListingName, &Shelved)> {
        self.listings.iter()
    }

    /// The listing that a page means by `name`.
    ///
    /// # Errors
    /// There is no such listing; the message names the nearest.
    pub(crate) fn find(&self, name: &str) -> Result<(&ListingName, &Shelved), String> {
        let parsed = name.parse::<ListingName>().ok();
        let found = parsed.and_then(|name| self.listings.get_key_value(&name));
        found.ok_or_else(|| {
            let hint = did_you_mean(&self.names, name);
            format!("there is no listing {name}{hint}")
        })
    }

    fn find_strays(&self, root: &Path, problems: &mut Problems) -> anyhow::Result<()> {
        for chapter in chapters(root)? {
            let recordings = Path::new(CHAPTERS).join(&chapter).join("recordings");
            let own = self.iter().filter(|(name, _)| name.chapter == chapter);
            let kept = own.flat_map(|(name, listing)| {
                let files = listing.settings.keep.iter();
                files.map(|file| name.kept(file))
            });
            let kept: Vec<_> = kept.collect();
            for file in names_in(root, &recordings)? {
                let (kind, name) = match (file.strip_suffix(".jsonl"), file.strip_suffix(".toml")) {
                    (Some(name), _) => ("recording", name),
                    (_, Some(name)) => ("settings file", name),
                    _ if file.ends_with(".svg") && !kept.contains(&recordings.join(&file)) => {
                        let message = "no listing keeps this file: its settings would say \
                                       `keep = [\"NAME.svg\"]`";
                        problems.add(&recordings.join(&file), None, message);
                        continue;
                    }
                    _ => continue,
                };
                let name = format!("{chapter}/{name}");
                if let Err(message) = self.find(&name) {
                    let message = format!("this {kind} has no listing: {message}");
                    problems.add(&recordings.join(&file), None, message);
                }
            }
        }
        Ok(())
    }
}

impl Shelved {
    fn read(root: &Path, name: &ListingName) -> anyhow::Result<Shelved> {
        let path = root.join(name.source());
        let source = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let mut faults = Vec::new();
        let settings = Settings::read(root, name).unwrap_or_else(|fault| {
            faults.push(fault.to_string());
            Settings::default()
        });
        let path = name.recording();
        let recording = match fs::read_to_string(root.join(&path)) {
            Ok(text) => Recording::parse(&text)
                .map_err(|error| faults.push(format!("{}: {error:#}", path.display())))
                .ok(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                faults.push(format!(
                    "{name} has no recording; `cargo run -- record {name}` makes it"
                ));
                None
            }
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        if let Some(recording) = &recording {
            faults.extend(faults_of(recording, name, &settings));
        }
        let kept = kept_files(root, name, &settings, &mut faults);
        Ok(Shelved {
            source,
            settings,
            recording,
            kept,
            faults,
        })
    }
}

/// The kept files of a recording. Notes those that cannot be read.
fn kept_files(
    root: &Path,
    name: &ListingName,
    settings: &Settings,
    faults: &mut Vec<String>,
) -> Kept {
    let mut kept = Kept::new();
    for file in &settings.keep {
        match kept::read_one(root, name, file) {
            Ok(text) => _ = kept.insert(file.clone(), text),
            Err(error) => faults.push(error.to_string()),
        }
    }
    kept
}

/// What is wrong with a recording that can be read.
fn faults_of(recording: &Recording, name: &ListingName, settings: &Settings) -> Vec<String> {
    let file = name.recording();
    let file = file.display();
    let again = format!("`cargo run -- record {name}` makes it anew");
    let mut faults = Vec::new();
    for mask in idle_masks(&recording.events, settings) {
        let mask = mask.name();
        let settings = name.settings();
        let settings = settings.display();
        faults.push(format!(
            "the mask {mask} in {settings} hides nothing in the recording of {name}"
        ));
    }
    if recording.outcome().is_none() {
        faults.push(format!("{file} does not say how the run ended; {again}"));
    }
    for event in &recording.events {
        match &event.kind {
            Kind::Started { command, .. } if *command != name.command() => faults.push(format!(
                "{file} was recorded by `{command}`, not by `{}`; {again}",
                name.command()
            )),
            Kind::LeftBehind { name: left, .. } => {
                faults.push(format!("the run in {file} left {left} behind"));
            }
            Kind::TimedOut { seconds } => {
                faults.push(format!("the run in {file} was ended after {seconds} s"));
            }
            _ => {}
        }
    }
    faults
}
