//! What CI checks of the book, by one command.

use crate::book;
use crate::root::root;
use crate::wanted::Wanted;
use anyhow::{Context, bail};
use exercise::{Exercise, ExerciseName};
use recording::compare::{Verdict, idle_masks, verdict};
use recording::{ListingName, Recording, Settings, kept};
use run::chapters::{Chapters, OwnFolder, missing_tools};
use std::path::Path;
use study::{Proof, prove};

/// How a recording stands to a new run of its listing.
enum Finding {
    AsRecorded,
    /// Why it was not compared.
    Passed(String),
    Differs(String),
}

/// Builds the static book with all its checks, links among them, compares
/// recordings with new runs, and proves exercises: all, or what is named.
///
/// # Errors
/// The book has problems, a listing does something else than its recording, or
/// an exercise is not as it should be.
pub(crate) fn check(what: &[String]) -> anyhow::Result<()> {
    let root = root()?;
    let page = book::build()?;
    println!("The book has no problem: {}", page.display());
    let wanted = Wanted::choose(&root, what)?;
    let chapters = Chapters::build(&root, wanted.packages())?;
    let listings = listings(&root, &chapters, &wanted.listings);
    let exercises = exercises(&root, wanted.exercises, chapters.supervisor()?);
    // Both are told before either fails.
    listings.and(exercises)
}

fn listings(root: &Path, chapters: &Chapters, wanted: &[ListingName]) -> anyhow::Result<()> {
    let mut differing = 0;
    let mut passed = 0;
    for listing in wanted {
        let finding = compare(root, chapters, listing)
            .unwrap_or_else(|error| Finding::Differs(format!("{error:#}")));
        match finding {
            Finding::AsRecorded => println!("{listing}: as recorded"),
            Finding::Passed(why) => {
                passed += 1;
                println!("{listing}: not compared, {why}");
            }
            Finding::Differs(how) => {
                differing += 1;
                println!("{listing}: differs: {how}");
            }
        }
    }
    let all = wanted.len();
    if differing > 0 {
        bail!("{differing} of {all} listings do something else than their recordings");
    }
    println!(
        "{} of {all} listings are as recorded, {passed} were not compared",
        all - passed
    );
    Ok(())
}

/// Proves that each exercise fails as it should, and that its solution passes.
fn exercises(root: &Path, wanted: Vec<ExerciseName>, supervisor: &Path) -> anyhow::Result<()> {
    let mut faulty = 0;
    let mut passed = 0;
    let all = wanted.len();
    for name in wanted {
        let exercise = Exercise::read(root, name.clone());
        let proof = exercise.and_then(|it| prove(root, &it, supervisor));
        match proof.unwrap_or_else(|error| Proof::Faulty(format!("{error:#}"))) {
            Proof::Proved => println!("{name}: fails as given, and its solution passes"),
            Proof::NotProved(why) => {
                passed += 1;
                println!("{name}: not proved, {why}");
            }
            Proof::Faulty(fault) => {
                faulty += 1;
                println!("{name}: {fault}");
            }
        }
    }
    if faulty > 0 {
        bail!("{faulty} of {all} exercises are not as they should be");
    }
    println!(
        "{} of {all} exercises are proved, {passed} are not",
        all - passed
    );
    Ok(())
}

fn compare(root: &Path, chapters: &Chapters, listing: &ListingName) -> anyhow::Result<Finding> {
    let settings = Settings::read(root, listing)?;
    let recording = Recording::read(root, listing)?;
    let idle = idle_masks(&recording.events, &settings);
    if let Some(mask) = idle.first() {
        bail!("its mask `{}` hides nothing in the recording", mask.name());
    }
    let missing = missing_tools(&settings);
    if !missing.is_empty() {
        return Ok(Finding::Passed(format!(
            "it needs {}",
            missing.join(" and ")
        )));
    }
    let OwnFolder { run, folder } = chapters.start(listing, &settings).context("starting it")?;
    let run = run.to_end().context("running it")?;
    Ok(match verdict(&recording, &run, &settings) {
        Verdict::AsRecorded => {
            let left = kept::left_in(folder.path(), &settings)?;
            let drawn = kept::differences(&kept::read(root, listing, &settings)?, &left);
            match drawn.is_empty() {
                true => Finding::AsRecorded,
                false => Finding::Differs(drawn.join("\n")),
            }
        }
        Verdict::Differs(differences) => Finding::Differs(differences.join("\n")),
        Verdict::NotCompared => {
            Finding::Passed(format!("it was recorded on {}", recording.platform.os))
        }
    })
}
