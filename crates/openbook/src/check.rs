//! What CI checks of the book, by one command.

use crate::root::root;
use crate::wanted::Wanted;
use anyhow::bail;
use recording::catalogue::{Exercise, ExerciseName, ListingName};
use run::Rerun;
use run::chapters::Chapters;
use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use study::{Proof, print, prove};

/// Builds the static book with all its checks, links among them, compares
/// recordings with new runs, and proves exercises: all, or what is named.
///
/// # Errors
/// The book has problems, a listing does something else than its recording, or
/// an exercise is not as it should be.
pub(crate) fn check(what: &[String]) -> anyhow::Result<()> {
    let root = root()?;
    let page = server::build_static_book(&root)?;
    print(&format!("The book has no problem: {}\n", page.display()))?;
    let wanted = Wanted::choose(&root, what)?;
    let chapters = Chapters::build(&root, wanted.packages(&root))?;
    // Both are printed before the command fails for either.
    let differing = listings(&root, &chapters, &wanted.listings)?;
    let faulty = exercises(&root, wanted.exercises, chapters.supervisor()?)?;
    match differing.or(faulty) {
        Some(fault) => bail!(fault),
        None => Ok(()),
    }
}

/// Says how each went; comes back with what is wrong with all of them.
fn listings(
    root: &Path,
    chapters: &Chapters,
    wanted: &[ListingName],
) -> anyhow::Result<Option<String>> {
    let mut differing = 0;
    let mut passed = 0;
    for listing in wanted {
        let rerun = Rerun::of(root, chapters, listing)
            .unwrap_or_else(|error| Rerun::Differs(format!("{error:#}")));
        let came = match rerun {
            Rerun::AsRecorded(_) => "as recorded".to_owned(),
            Rerun::NotCompared(why) => {
                passed += 1;
                format!("not compared, {why}")
            }
            Rerun::Differs(how) => {
                differing += 1;
                format!("differs: {how}")
            }
        };
        print(&format!("{listing}: {came}\n"))?;
    }
    let all = wanted.len();
    if differing > 0 {
        return Ok(Some(format!(
            "{differing} of {all} listings do something else than their recordings"
        )));
    }
    print(&format!(
        "{} of {all} listings are as recorded, {passed} were not compared\n",
        all - passed
    ))?;
    Ok(None)
}

/// Proves that each exercise fails as it should, and that its solution passes: as
/// many at once as there are processors, since each compiles and then waits. Comes back
/// with what is wrong with all of them.
fn exercises(
    root: &Path,
    wanted: Vec<ExerciseName>,
    supervisor: &Path,
) -> anyhow::Result<Option<String>> {
    let mut faulty = 0;
    let mut passed = 0;
    let all = wanted.len();
    let left = Mutex::new(wanted.into_iter());
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let (tell, proofs) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let tell = tell.clone();
            scope.spawn(|| prove_each(root, next, supervisor, tell));
        }
        drop(tell);
        for (name, proof) in proofs {
            let came = match proof {
                Proof::Proved => "fails as given, and its solution passes".to_owned(),
                Proof::NotProved(why) => {
                    passed += 1;
                    format!("not proved, {why}")
                }
                Proof::Faulty(fault) => {
                    faulty += 1;
                    fault
                }
            };
            print(&format!("{name}: {came}\n"))?;
        }
        anyhow::Ok(())
    })?;
    if faulty > 0 {
        return Ok(Some(format!(
            "{faulty} of {all} exercises are not as they should be"
        )));
    }
    print(&format!(
        "{} of {all} exercises are proved, {passed} are not\n",
        all - passed
    ))?;
    Ok(None)
}

/// Proves one exercise after the other, and tells how it went.
fn prove_each(
    root: &Path,
    next: impl Fn() -> Option<ExerciseName>,
    supervisor: &Path,
    tell: Sender<(ExerciseName, Proof)>,
) {
    while let Some(name) = next() {
        let exercise = Exercise::read(root, name.clone()).map_err(anyhow::Error::new);
        let proof = exercise.and_then(|it| prove(root, &it, supervisor));
        let proof = proof.unwrap_or_else(|error| Proof::Faulty(format!("{error:#}")));
        if tell.send((name, proof)).is_err() {
            // Nobody can be told any more.
            return;
        }
    }
}
