//! Every listing that needs nothing else of its chapter, copied out as a
//! reader would: into a new project that has duct and anyhow, for the microphone
//! hound, and for tasks tokio. There it compiles, and does what its recording shows.

use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use recording::catalogue::ListingName;
use recording::compare::differences;
use recording::{Event, Recording};
use run::Start;
use std::fs;
use std::process::ExitCode;
use std::sync::LazyLock;
use tests::book::{chapters, longest_first, root, settings};
use tests::harness;
use tests::new_project::NewProject;

fn main() -> ExitCode {
    harness::run_for_each(copied(), runs_on_its_own)
}

/// The listings that stand alone: those in Rust that start no child of their
/// chapter, and that use no library of it, which the source names.
fn copied() -> Vec<ListingName> {
    let rust = longest_first().into_iter().filter(|name| !name.is_python());
    let stands_alone = |name: &ListingName| {
        let source = source(name);
        let library = format!("use {}::", name.chapter);
        !source.contains("current_exe") && !source.lines().any(|line| line.starts_with(&library))
    };
    rust.filter(stands_alone).collect()
}

fn source(listing: &ListingName) -> String {
    fs::read_to_string(root().join(listing.source())).expect("a listing can be read")
}

fn runs_on_its_own(listing: ListingName) -> Trial {
    let name = format!("{listing} copied out");
    harness::of_output(name, &listing.clone(), move || {
        let recording = Recording::read(&root(), &listing)?;
        let run = run_copy(&listing)?;
        let differences = differences(&recording.events, &run, &settings(&listing));
        ensure!(differences.is_empty(), "{}", differences.join("\n"));
        Ok(())
    })
}

/// Runs a copy without the variables that would change its output, as the crate
/// `listing` does.
fn run_copy(listing: &ListingName) -> anyhow::Result<Vec<Event>> {
    let settings = settings(listing);
    let folder = tempfile::tempdir()?;
    let mut start = Start::new("env", folder.path())
        .stdin(settings.stdin.clone().unwrap_or_default())
        .time_limit(settings.time_limit());
    for name in ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "PYTHONUNBUFFERED"] {
        start = start.argument("-u").argument(name);
    }
    let copy = project().binary(&file_stem(listing));
    start
        .argument("LC_ALL=C")
        .argument(copy)
        .supervised_by(chapters().supervisor()?)?
        .to_end()
}

fn file_stem(listing: &ListingName) -> String {
    format!("{}_{}", listing.chapter, listing.name)
}

/// The project with all copies, built once.
fn project() -> &'static NewProject {
    static PROJECT: LazyLock<Result<NewProject, String>> =
        LazyLock::new(|| build_project().map_err(|error| format!("{error:#}")));
    (PROJECT.as_ref()).unwrap_or_else(|error| panic!("{error}"))
}

fn build_project() -> anyhow::Result<NewProject> {
    let project = NewProject::named("copied-out")?;
    for listing in copied() {
        project.add(&file_stem(&listing), &source(&listing))?;
    }
    let build = project.cargo(&["build", "--quiet", "--bins"]);
    build.run().context("building the copied listings")?;
    Ok(project)
}
