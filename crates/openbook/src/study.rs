//! `cargo run -- study`: the exercises, in a terminal.

use crate::command_line::Studying;
use crate::root::root;
use run::chapters::Chapters;
use std::process::ExitCode;
use study::Study;

/// Opens an exercise, or does something else with one.
///
/// # Errors
/// As [`Study`]'s.
pub(crate) fn study(what: Option<Studying>, exercise: Option<&str>) -> anyhow::Result<ExitCode> {
    let root = root()?;
    let study = Study::of(&root)?;
    match what {
        Some(Studying::List) => study.list()?,
        Some(Studying::Hint { exercise }) => study.hint(exercise.as_deref())?,
        Some(Studying::Reset { exercise }) => study.reset(&exercise)?,
        None => {
            // The supervisor, which each check needs.
            let programs = Chapters::build(&root, [])?;
            return study.open(exercise, programs.supervisor()?.to_owned());
        }
    }
    Ok(ExitCode::SUCCESS)
}
