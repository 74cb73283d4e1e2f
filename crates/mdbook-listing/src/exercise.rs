//! An exercise in the page: what to do, the code as it is given, and folded
//! below it three hints and the solution, each in the one before.

use crate::edition::Edition;
use crate::escape::escape;
use crate::exercises::ShownExercise;
use crate::figure::code;
use crate::output;
use recording::catalogue::{Exercise, HINTS};
use std::path::Path;

/// The exercise as one HTML block. `blocks` renders a text in Markdown, and `line` a
/// line of it.
///
/// # Errors
/// A text holds more than it may. The message names its file.
pub(crate) fn section(
    shown: &ShownExercise,
    exercise: &Exercise,
    edition: Edition,
    blocks: &dyn Fn(&str) -> Result<String, String>,
    line: &dyn Fn(&str) -> Result<String, String>,
) -> Result<String, String> {
    let name = &exercise.name;
    let fault = |path: &Path, fault: String| format!("{}: {fault}", path.display());
    let given = name.given();
    let title = line(&exercise.title).map_err(|why| fault(&given, why))?;
    let task = blocks(&exercise.task).map_err(|why| fault(&given, why))?;
    let path = name.solution();
    let text = blocks(&exercise.solution.text).map_err(|why| fault(&path, why))?;
    let solved = code(&exercise.solution.code, false);
    let mut folded = format!(
        "<details class=\"solution\"><summary>The solution</summary>\n{text}{solved}\n</details>\n"
    );
    let hints = exercise.settings.hints.iter().zip(HINTS).enumerate();
    for (at, (hint, about)) in hints.rev() {
        let hint = blocks(hint).map_err(|why| fault(&name.settings(), why))?;
        let number = at + 1;
        folded = format!(
            "<details class=\"hint\"><summary>Hint {number}: {about}</summary>\n\
             {hint}{folded}</details>\n"
        );
    }
    let id = shown.id();
    let heading = format!("Exercise {}", shown.number);
    let minutes = exercise.settings.minutes;
    let figure = figure(exercise, &heading, edition);
    Ok(format!(
        "<section class=\"exercise\" id=\"{id}\" data-exercise=\"{name}\" \
         aria-labelledby=\"{id}-title\">\n\
         <p class=\"kind\"><a class=\"number\" href=\"#{id}\">{heading}</a> · {minutes} minutes</p>\n\
         <p class=\"title\" id=\"{id}-title\">{title}</p>\n\
         {task}{figure}{folded}</section>"
    ))
}

/// A figure that the player takes as it takes a listing's.
fn figure(exercise: &Exercise, heading: &str, edition: Edition) -> String {
    let name = &exercise.name;
    let path = escape(&name.file().to_string_lossy()).replace('/', "/<wbr>");
    let live = edition.attributes(false);
    let code = code(&exercise.code, false);
    let output = output::unrecorded(&name.command(), heading);
    format!(
        "<figure class=\"listing\" data-listing=\"{name}\" data-exercise data-verb=\"Check\"{live}>\n\
         <figcaption><span class=\"number heard\">{heading}</span> \
         <span class=\"path\">{path}</span></figcaption>\n\
         {code}\n{output}</figure>\n"
    )
}
