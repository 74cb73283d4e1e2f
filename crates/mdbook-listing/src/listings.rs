//! The listings that the chapters have, with their recordings and settings.

use crate::problems::Problems;
use anyhow::{Context, ensure};
use recording::catalogue::{
    CHAPTERS, ListingName, Settings, chapters, did_you_mean, names_in, plain_lines,
};
use recording::compare::idle_masks;
use recording::kept::{self, Kept};
use recording::{Kind, Recording};
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};
use xray::XRay;

/// Every listing below `chapters-code`, shown or not.
pub(crate) struct Listings(BTreeMap<ListingName, Listing>);

/// One listing, with all that a page can show of it.
pub(crate) struct Listing {
    pub(crate) name: ListingName,
    pub(crate) source: String,
    pub(crate) settings: Settings,
    /// `None` if there is none that can be read; a fault says why.
    pub(crate) recording: Option<Recording>,
    /// The X-ray of the same run, if its settings ask for one that can be read.
    pub(crate) xray: Option<Recording>,
    /// What stays with the recording, as far as it can be read.
    pub(crate) kept: Kept,
    /// What keeps it from being shown as it is.
    pub(crate) faults: Vec<String>,
}

impl Listings {
    /// # Errors
    /// A folder or a listing cannot be read.
    pub(crate) fn read(root: &Path) -> anyhow::Result<Listings> {
        let mut listings = BTreeMap::new();
        for name in ListingName::all(root)? {
            listings.insert(name.clone(), Listing::read(root, name)?);
        }
        Ok(Listings(listings))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Listing> {
        self.0.values()
    }

    /// The listing that a page means by `name`.
    ///
    /// # Errors
    /// There is no such listing; the message names the nearest.
    pub(crate) fn find(&self, name: &str) -> Result<&Listing, String> {
        let parsed = name.parse::<ListingName>().ok();
        let found = parsed.and_then(|name| self.0.get(&name));
        found.ok_or_else(|| {
            let hint = did_you_mean(self.0.keys(), name);
            format!("there is no listing {name}{hint}")
        })
    }

    /// Notes recordings, settings and kept files that belong to no listing.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub(crate) fn find_strays(&self, root: &Path, problems: &mut Problems) -> anyhow::Result<()> {
        for chapter in chapters(root)? {
            let folder = Path::new(CHAPTERS).join(&chapter).join("recordings");
            for file in names_in(root, &folder)? {
                if let Err(message) = self.belongs(&chapter, &folder.join(&file), &file) {
                    problems.add(&folder.join(&file), None, message);
                }
            }
        }
        Ok(())
    }

    /// # Errors
    /// Why the file, which lies beside a chapter's recordings, belongs to no
    /// listing.
    fn belongs(&self, chapter: &str, path: &Path, file: &str) -> Result<(), String> {
        let (kind, name) = match file.rsplit_once('.') {
            Some((name, "jsonl")) => match name.strip_suffix(".xray") {
                Some(name) => return self.is_xrayed(chapter, name),
                None => ("recording", name),
            },
            Some((name, "toml")) => ("settings file", name),
            Some((_, "svg")) if self.iter().all(|listing| !listing.keeps(path)) => {
                let message = "no listing keeps this file: its settings would say \
                               `keep = [\"NAME.svg\"]`";
                return Err(message.to_owned());
            }
            _ => return Ok(()),
        };
        let found = self.find(&format!("{chapter}/{name}"));
        let told = |message| format!("this {kind} has no listing: {message}");
        found.map(|_| ()).map_err(told)
    }
}

impl Listings {
    /// # Errors
    /// There is no listing of which this would be the X-ray.
    fn is_xrayed(&self, chapter: &str, name: &str) -> Result<(), String> {
        let listing = self.find(&format!("{chapter}/{name}"));
        let listing = listing.map_err(|fault| format!("this X-ray has no listing: {fault}"))?;
        match listing.settings.xray {
            true => Ok(()),
            false => Err(format!("the settings of {} ask for no X-ray", listing.name)),
        }
    }
}

impl Listing {
    fn read(root: &Path, name: ListingName) -> anyhow::Result<Listing> {
        let path = root.join(name.source());
        let source = fs::read_to_string(&path).map(plain_lines);
        let source = source.with_context(|| path.display().to_string())?;
        let mut faults = Vec::new();
        let settings = Settings::read(root, &name).unwrap_or_else(|fault| {
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
            faults.extend(faults_of(recording, &name, &settings));
        }
        let xray = match (settings.xray, &recording) {
            (true, Some(recording)) => read_xray(root, &name, recording)
                .map_err(|error| faults.push(format!("{error:#}")))
                .ok(),
            _ => None,
        };
        let kept = kept_files(root, &name, &settings, &mut faults);
        Ok(Listing {
            name,
            source,
            settings,
            recording,
            xray,
            kept,
            faults,
        })
    }

    /// # Errors
    /// Its settings ask for no X-ray.
    pub(crate) fn must_be_xrayed(&self) -> Result<(), String> {
        if self.settings.xray {
            return Ok(());
        }
        let name = &self.name;
        let settings = name.settings();
        Err(format!(
            "{name} has no X-ray: say `xray = true` in {}, and `cargo run -- record {name}` \
             makes it",
            settings.display()
        ))
    }

    /// What its recorded run did; nothing if that cannot be read, which is a fault
    /// of its own.
    ///
    /// # Errors
    /// Its settings ask for no X-ray.
    pub(crate) fn traced(&self) -> Result<Option<XRay>, String> {
        self.must_be_xrayed()?;
        let recorded = self.xray.as_ref();
        Ok(recorded.map(|it| XRay::of(&self.name.name, &it.events)))
    }

    fn keeps(&self, path: &Path) -> bool {
        let mut files = self.settings.keep.iter();
        files.any(|file| self.name.kept(file) == path)
    }
}

/// The X-ray that belongs to a recording.
///
/// # Errors
/// There is none that can be read, or it is of another run.
fn read_xray(root: &Path, name: &ListingName, recording: &Recording) -> anyhow::Result<Recording> {
    ensure!(
        root.join(name.xray()).exists(),
        "{name} has no X-ray; `cargo run -- record {name}` makes it"
    );
    let xray = Recording::read_xray(root, name)?;
    ensure!(
        xray.without_xray() == *recording,
        "{} and {} are not of one run; `cargo run -- record {name}` makes both",
        name.xray().display(),
        name.recording().display()
    );
    Ok(xray)
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
            Kind::Exceeded { most, what } => {
                faults.push(format!("the run in {file} took more than {most} {what}"));
            }
            Kind::Started { .. }
            | Kind::Stdout(_)
            | Kind::Stderr(_)
            | Kind::Exited { .. }
            | Kind::Process(_)
            | Kind::Seen(_)
            | Kind::Untraced { .. }
            | Kind::Unknown => {}
        }
    }
    faults
}
