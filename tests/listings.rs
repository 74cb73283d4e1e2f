//! Every listing, run again, does what its recording shows, and draws what
//! stays with it.

use anyhow::ensure;
use libtest_mimic::{Arguments, Trial};
use recording::compare::{differences, idle_masks};
use recording::{ListingName, Mask, Recording, kept};
use run::chapters::OwnFolder;
use tests::book::{chapters, listings, root, settings};
use tests::trial;

fn main() {
    let arguments = Arguments::from_args();
    let trials = listings().into_iter().map(comes_out_as_recorded);
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn comes_out_as_recorded(listing: ListingName) -> Trial {
    trial::of_output(listing.to_string(), &listing.clone(), move || {
        let settings = settings(&listing);
        let recording = Recording::read(&root(), &listing)?;
        let idle = idle_masks(&recording.events, &settings);
        let idle: Vec<_> = idle.into_iter().map(Mask::name).collect();
        ensure!(
            idle.is_empty(),
            "{} names masks that hide nothing: {}",
            listing.settings().display(),
            idle.join(", ")
        );
        let OwnFolder { run, folder } = chapters().start(&listing, &settings)?;
        let run = run.to_end()?;
        let mut differences = differences(&recording.events, &run, &settings);
        let left = kept::left_in(folder.path(), &settings)?;
        let kept = kept::read(&root(), &listing, &settings)?;
        differences.extend(kept::differences(&kept, &left));
        ensure!(
            differences.is_empty(),
            "{}\nif this run is right, `cargo run -- record {listing}` keeps it",
            differences.join("\n")
        );
        Ok(())
    })
}
