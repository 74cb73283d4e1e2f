//! All exercises, chapter by chapter.

use super::study::Study;
use crate::progress::Progress;
use std::fmt::Write;

/// A line for each: passed, begun or not. `at` is the place of the exercise that
/// is open.
pub(super) fn list(study: &Study, progress: &Progress, at: Option<usize>) -> String {
    let mut text = String::new();
    let mut chapter = "";
    for (place, exercise) in study.exercises.iter().enumerate() {
        if exercise.name.chapter != chapter {
            chapter = &exercise.name.chapter;
            let blank = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{blank}{chapter}");
        }
        let state = match (
            progress.has_passed(&exercise.name),
            exercise.is_begun(&study.root),
        ) {
            (true, _) => "passed",
            (false, true) => "begun",
            (false, false) => "",
        };
        let mark = if at == Some(place) { ">" } else { " " };
        let name = &exercise.name.name;
        let _ = writeln!(
            text,
            "{mark} {state:6}  {name:22}  {}, {} minutes",
            exercise.title, exercise.settings.minutes
        );
    }
    let all = study.exercises.len();
    let passed = study.exercises.iter();
    let passed = passed.filter(|it| progress.has_passed(&it.name)).count();
    let _ = writeln!(text, "\n{passed} of {all} passed");
    text
}
