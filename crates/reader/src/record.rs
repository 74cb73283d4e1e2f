//! Recording: listings are run, and what they print is kept.

use crate::root::root;
use anyhow::{Context, bail};
use duct::cmd;
use recording::{ListingName, Outcome, Platform, Recording, Settings, compare, kept, nearest};
use run::chapters::{Chapters, OwnFolder, missing_tools};
use std::collections::BTreeSet;
use std::env;
use std::path::Path;

/// Records what is asked for: chapters, listings, or with nothing all.
///
/// # Errors
/// A name is unknown, a chapter does not compile, or a listing's run is none
/// that can be kept. The other listings are recorded all the same.
pub(crate) fn record(what: &[String]) -> anyhow::Result<()> {
    let root = root()?;
    let wanted = choose(ListingName::all(&root)?, what)?;
    let packages: BTreeSet<&str> = wanted.iter().map(|name| &*name.chapter).collect();
    let chapters = Chapters::build(&root, packages)?;
    let mut failed = 0;
    for listing in &wanted {
        match record_one(&root, &chapters, listing) {
            Ok(done) => println!("{listing}: {done}"),
            Err(error) => {
                failed += 1;
                println!("{listing}: not recorded: {error:#}");
            }
        }
    }
    if failed > 0 {
        bail!("{failed} of {} listings were not recorded", wanted.len());
    }
    Ok(())
}

/// The listings that the names mean: `chapter5` is all of its listings.
fn choose(all: Vec<ListingName>, what: &[String]) -> anyhow::Result<Vec<ListingName>> {
    for name in what {
        if !all.iter().any(|listing| means(name, listing)) {
            let chapters = all.iter().map(|listing| listing.chapter.clone());
            let names = all.iter().map(ListingName::to_string);
            let near = nearest(names.chain(chapters), name);
            let near = near.map(|near| format!("; the nearest name is {near}"));
            bail!(
                "there is no chapter or listing {name}{}",
                near.unwrap_or_default()
            );
        }
    }
    let asked = |listing: &ListingName| what.iter().any(|name| means(name, listing));
    Ok(all
        .into_iter()
        .filter(|listing| what.is_empty() || asked(listing))
        .collect())
}

fn means(name: &str, listing: &ListingName) -> bool {
    *name == listing.chapter || *name == listing.to_string()
}

/// What became of one recording, in a word or two.
fn record_one(root: &Path, chapters: &Chapters, listing: &ListingName) -> anyhow::Result<String> {
    let settings = Settings::read(root, listing)?;
    let missing = missing_tools(&settings);
    if !missing.is_empty() {
        bail!("it needs {} on the PATH", missing.join(" and "));
    }
    let OwnFolder { run, folder } = chapters.start(listing, &settings)?;
    let events = run.to_end()?;
    let new = Recording {
        platform: Platform {
            os: env::consts::OS.to_owned(),
            date: today()?,
        },
        events,
    };
    refuse_what_cannot_be_kept(&new, &settings)?;
    let left = kept::left_in(folder.path(), &settings)?;
    folder.close().context("removing the run's folder")?;
    // Its figures and its plots are of one run: both stay, or none.
    if let Ok(old) = Recording::read(root, listing)
        && compare::differences(&old.events, &new.events, &settings).is_empty()
        && let Ok(kept) = kept::read(root, listing, &settings)
        && kept::differences(&kept, &left).is_empty()
    {
        return Ok("unchanged".to_owned());
    }
    kept::write(root, listing, &new, &left)?;
    Ok("recorded".to_owned())
}

/// A run that had to be ended, left a process behind or panicked by surprise
/// is no model for others.
fn refuse_what_cannot_be_kept(new: &Recording, settings: &Settings) -> anyhow::Result<()> {
    let own = compare::differences(&new.events, &new.events, settings);
    if !own.is_empty() {
        bail!("{}", own.join("; "));
    }
    let idle = compare::idle_masks(&new.events, settings);
    if let Some(mask) = idle.first() {
        bail!("its mask `{}` hides nothing in the output", mask.name());
    }
    match new.outcome() {
        Some(Outcome::Code(_) | Outcome::Signal(_)) => Ok(()),
        None => bail!("the run has no end"),
    }
}

/// `2026-11-22`, by `date` (POSIX).
fn today() -> anyhow::Result<String> {
    cmd!("date", "-u", "+%Y-%m-%d")
        .read()
        .context("asking `date` for the day")
}
