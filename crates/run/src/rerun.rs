//! A listing, run anew and held against its recording.

use crate::chapters::Chapters;
use crate::tools::missing_tools;
use anyhow::{Context, ensure};
use recording::catalogue::{ListingName, Settings};
use recording::compare::{Verdict, idle_masks, verdict};
use recording::{Event, Kind, Mask, Recording, kept};
use std::path::Path;

/// How a new run of a listing stands to its recording.
#[derive(Debug)]
pub enum Rerun {
    /// It printed, ended and drew what is recorded. Its events.
    AsRecorded(Vec<Event>),
    /// Why it was not compared.
    NotCompared(String),
    /// What differs.
    Differs(String),
}

impl Rerun {
    /// Runs a listing of the book at `root`, and compares: its output and its end
    /// with the recording, and what it drew with what is kept beside it.
    ///
    /// # Errors
    /// The recording, its settings or what is kept cannot be read; a mask hides
    /// nothing in the recording; or the listing does not start.
    pub fn of(root: &Path, chapters: &Chapters, listing: &ListingName) -> anyhow::Result<Rerun> {
        let settings = Settings::read(root, listing)?;
        let recording = Recording::read(root, listing)?;
        let idle = idle_masks(&recording.events, &settings);
        let idle: Vec<_> = idle.into_iter().map(Mask::name).collect();
        ensure!(
            idle.is_empty(),
            "{} names masks that hide nothing: {}",
            listing.settings().display(),
            idle.join(", ")
        );
        let missing = missing_tools(&settings.needs);
        if !missing.is_empty() {
            let needs = missing.join(" and ");
            return Ok(Rerun::NotCompared(format!("it needs {needs}")));
        }

        let run = chapters.start(listing, &settings).context("starting it")?;
        let (events, folder) = run.to_end().context("running it")?;
        let mut differences = match verdict(&recording, &events, &settings) {
            Verdict::AsRecorded => Vec::new(),
            Verdict::Differs(differences) => differences,
            Verdict::NotCompared => {
                let os = &recording.platform.os;
                return Ok(Rerun::NotCompared(format!("it was recorded on {os}")));
            }
        };
        if settings.xray {
            differences.extend(xray_differences(root, listing, &events)?);
        }
        match kept::left_in(folder.path(), &settings) {
            Ok(left) => {
                let kept = kept::read(root, listing, &settings)?;
                differences.extend(kept::differences(&kept, &left));
            }
            Err(error) => differences.push(format!("{error:#}")),
        }
        folder.close().context("removing the run's folder")?;
        Ok(match differences.is_empty() {
            true => Rerun::AsRecorded(events),
            false => Rerun::Differs(differences.join("\n")),
        })
    }
}

/// What the X-ray of a new run shows otherwise than the recorded one.
fn xray_differences(
    root: &Path,
    listing: &ListingName,
    events: &[Event],
) -> anyhow::Result<Vec<String>> {
    let untraced = events.iter().find_map(|event| match &event.kind {
        Kind::Untraced { why } => Some(vec![format!("there is no X-ray: {why}")]),
        _ => None,
    });
    if let Some(untraced) = untraced {
        return Ok(untraced);
    }
    let recorded = Recording::read_xray(root, listing)?;
    Ok(xray::compare::differences(&recorded.events, events))
}
