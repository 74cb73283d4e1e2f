//! What names on the command line mean.

use anyhow::bail;
use recording::catalogue::{ExerciseName, ListingName, Settings, did_you_mean};
use std::collections::BTreeSet;
use std::path::Path;

/// Listings and exercises, in order.
pub(crate) struct Wanted {
    pub(crate) listings: Vec<ListingName>,
    pub(crate) exercises: Vec<ExerciseName>,
}

impl Wanted {
    /// Those that the names mean: `chapter5` is all that the chapter has, and no
    /// name is all of the book.
    ///
    /// # Errors
    /// There is no such name; the nearest.
    pub(crate) fn choose(root: &Path, what: &[String]) -> anyhow::Result<Wanted> {
        let mut wanted = Wanted {
            listings: ListingName::all(root)?,
            exercises: ExerciseName::all(root)?,
        };
        let listings = wanted.listings.iter();
        let exercises = wanted.exercises.iter();
        let mut known: BTreeSet<String> = listings
            .flat_map(|it| [it.chapter.clone(), it.to_string()])
            .collect();
        known.extend(exercises.flat_map(|it| [it.chapter.clone(), it.to_string()]));
        for name in what {
            if !known.contains(name) {
                let hint = did_you_mean(&known, name);
                bail!("there is no chapter, listing or exercise {name}{hint}");
            }
        }
        let asked = |chapter: &str, name: String| {
            what.is_empty() || what.iter().any(|it| *it == chapter || *it == name)
        };
        wanted
            .listings
            .retain(|it| asked(&it.chapter, it.to_string()));
        wanted
            .exercises
            .retain(|it| asked(&it.chapter, it.to_string()));
        Ok(wanted)
    }

    /// The packages that have to be built for them.
    pub(crate) fn packages(&self, root: &Path) -> BTreeSet<&str> {
        let chapters = self.listings.iter().map(|it| &*it.chapter);
        let tracer = self.listings.iter().any(|it| is_xrayed(root, it));
        let tracer = tracer.then_some("tracer");
        chapters.chain(tracer).collect()
    }
}

fn is_xrayed(root: &Path, listing: &ListingName) -> bool {
    // Settings that cannot be read are refused when the listing runs.
    Settings::read(root, listing).is_ok_and(|settings| settings.xray)
}
