//! `{{#exercises}}`: every exercise of the book, as a table that leads to each. A script
//! says which of them are passed.

use crate::directive::Directive;
use crate::exercises::Exercises;
use crate::page::Page;
use std::fmt::Write;

/// The table as one HTML block. `line` renders a title.
///
/// # Errors
/// Something else stands on its line, it has arguments, or a title holds more than a
/// title may.
pub(crate) fn table(
    page: &Page,
    directive: &Directive,
    exercises: &Exercises,
    line: &dyn Fn(&str) -> Result<String, String>,
) -> Result<String, String> {
    directive.must_be_bare()?;
    let mut rows = String::new();
    for (shown, exercise) in exercises.shown() {
        let (place, number, name) = (shown.link_from(page), &shown.number, &shown.name);
        let title = line(&exercise.title)?;
        let minutes = exercise.settings.minutes;
        writeln!(
            rows,
            "<tr><td>{number}</td><td><a href=\"{place}\">{title}</a></td><td>{minutes}</td>\
             <td data-passed=\"{name}\"></td></tr>"
        )
        .expect("a String takes all");
    }
    Ok(format!(
        "<div class=\"table-wrapper\">\n<table>\n<thead><tr><th scope=\"col\">Exercise</th>\
         <th scope=\"col\">What it is about</th><th scope=\"col\">Minutes</th>\
         <th scope=\"col\">Passed</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>"
    ))
}
