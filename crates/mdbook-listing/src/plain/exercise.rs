//! An exercise: what to do, the code as it is given; its hints and its solution stand
//! elsewhere.

use super::answers::Answer;
use super::markdown::{Links, anchor, code, fence};
use super::output::unrecorded;
use crate::exercises::ShownExercise;
use recording::catalogue::{Exercise, HINTS};

/// The exercise with a link to its hints, and these.
///
/// # Errors
/// A text refers to what is not there.
pub(crate) fn exercise(
    shown: &ShownExercise,
    exercise: &Exercise,
    about: Answer,
    links: Links<'_>,
) -> Result<(String, Answer), String> {
    let title = format!(
        "{}**Exercise {}.** {} · {} minutes",
        anchor(&shown.id()),
        shown.number,
        exercise.title,
        exercise.settings.minutes
    );
    let given = [
        title,
        links(exercise.task.trim())?,
        code(&exercise.name.file().to_string_lossy()),
        fence("rust", &exercise.code),
        unrecorded(&exercise.name.command()),
        about.link("Hints, and the solution"),
    ];
    let mut said = Vec::new();
    for (at, (hint, what)) in exercise.settings.hints.iter().zip(HINTS).enumerate() {
        said.push(format!("**Hint {}: {what}**", at + 1));
        said.push(links(hint.trim())?);
    }
    said.push("**The solution**".to_owned());
    said.push(links(exercise.solution.text.trim())?);
    said.push(fence("rust", &exercise.solution.code));
    Ok((given.join("\n\n"), about.saying(said)))
}
