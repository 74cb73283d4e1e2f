//! Recording: listings are run, and what they print is kept.

use crate::root::root;
use crate::wanted::Wanted;
use anyhow::{Context, bail};
use duct::cmd;
use recording::catalogue::{Exercise, ExerciseName, ListingName, Settings};
use recording::{Kind, Outcome, Platform, Recording, compare, kept};
use run::chapters::Chapters;
use run::missing_tools;
use std::env;
use std::path::Path;
use study::{fails_as_it_should, print};

/// Records what is asked for: chapters, listings, or with nothing all.
///
/// # Errors
/// A name is unknown, a chapter does not compile, or a listing's run is none
/// that can be kept. The other listings are recorded all the same.
pub(crate) fn record(what: &[String]) -> anyhow::Result<()> {
    let root = root()?;
    let wanted = Wanted::choose(&root, what)?;
    let chapters = Chapters::build(&root, wanted.packages(&root))?;
    let mut failed = 0;
    for exercise in wanted.exercises {
        let name = exercise.to_string();
        let is_named = what.contains(&name);
        let came = match keep(&root, &chapters, exercise, is_named) {
            Ok(done) => done.to_owned(),
            Err(error) => {
                failed += 1;
                format!("not kept: {error:#}")
            }
        };
        print(&format!("{name}: {came}\n"))?;
    }
    for listing in &wanted.listings {
        let came = record_one(&root, &chapters, listing).unwrap_or_else(|error| {
            failed += 1;
            format!("not recorded: {error:#}")
        });
        print(&format!("{listing}: {came}\n"))?;
    }
    if failed > 0 {
        bail!("{failed} could not be recorded");
    }
    Ok(())
}

/// Keeps an exercise as the one that the book gives. One that somebody has
/// solved is none: it must fail, and for the reason that it should. One that
/// somebody has only begun fails, too; therefore a file that the book gives is
/// replaced only if its exercise `is_named`.
fn keep(
    root: &Path,
    chapters: &Chapters,
    name: ExerciseName,
    is_named: bool,
) -> anyhow::Result<&'static str> {
    if let Ok(given) = Exercise::read(root, name.clone()) {
        if !given.is_begun(root) {
            return Ok("unchanged");
        }
        if !is_named {
            return Ok("begun, and left as the book gives it: name it to keep it as it is");
        }
    }
    let exercise = Exercise::as_it_is(root, name)?;
    if let Some(fault) = fails_as_it_should(root, &exercise, chapters.supervisor()?)? {
        bail!(fault);
    }
    exercise.keep(root)?;
    Ok("kept as given")
}

/// What became of one recording, in a word or two.
fn record_one(root: &Path, chapters: &Chapters, listing: &ListingName) -> anyhow::Result<String> {
    let settings = Settings::read(root, listing)?;
    let missing = missing_tools(&settings.needs);
    if !missing.is_empty() {
        bail!("it needs {} on the PATH", missing.join(" and "));
    }
    let (events, folder) = chapters.start(listing, &settings)?.to_end()?;
    let new = Recording {
        platform: Platform {
            os: env::consts::OS.to_owned(),
            date: today()?,
        },
        events,
    };
    refuse_what_cannot_be_kept(&new, &settings)?;
    if settings.xray {
        refuse_untraced(&new)?;
    }
    let left = kept::left_in(folder.path(), &settings)?;
    folder.close().context("removing the run's folder")?;
    // A recording and its artifacts are of one run: both stay, or neither.
    if let Ok(old) = Recording::read(root, listing)
        && compare::differences(&old.events, &new.events, &settings).is_empty()
        && let Ok(kept) = kept::read(root, listing, &settings)
        && kept::differences(&kept, &left).is_empty()
        && (!settings.xray || is_same_xray(root, listing, &old, &new))
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

/// Settings that say `xray` want a run that was traced.
fn refuse_untraced(new: &Recording) -> anyhow::Result<()> {
    let mut events = new.events.iter();
    if events.any(|event| matches!(event.kind, Kind::Process(_))) {
        return Ok(());
    }
    let why = new.events.iter().find_map(|event| match &event.kind {
        Kind::Untraced { why } => Some(&**why),
        _ => None,
    });
    bail!(
        "its settings ask for an X-ray, and it was not traced: {}",
        why.unwrap_or("there is no tracer on this system")
    )
}

/// Whether the X-ray that is kept is of the run that is kept, and shows what the
/// new one does.
fn is_same_xray(root: &Path, listing: &ListingName, old: &Recording, new: &Recording) -> bool {
    let kept = Recording::read_xray(root, listing);
    kept.is_ok_and(|kept| {
        let differences = xray::compare::differences(&kept.events, &new.events);
        kept.without_xray() == *old && differences.is_empty()
    })
}

/// `2026-11-22`, by `date` (POSIX).
fn today() -> anyhow::Result<String> {
    cmd!("date", "-u", "+%Y-%m-%d")
        .read()
        .context("asking `date` for the day")
}
