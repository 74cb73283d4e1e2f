//! A prediction in the page: the question, its options, and a folded answer.

use crate::inline;
use crate::predict::{Predict, letters};
use mdbook_markdown::pulldown_cmark::Options;

/// The question as one HTML block. `right` is the place of the option that
/// holds; `links` puts links in place of `{{#ref …}}`.
///
/// # Errors
/// A text holds more than text.
pub(crate) fn question(
    predict: &Predict,
    right: usize,
    options: Options,
    links: &dyn Fn(&str) -> Result<String, String>,
) -> Result<String, String> {
    let paragraphs = |text: &str| inline::paragraphs(&links(text)?, options);
    let line = |text: &str| inline::line(&links(text)?, options);
    let mut choices = String::new();
    let mut wrong = String::new();
    let mut answer = String::new();
    for (at, (letter, option)) in letters().zip(&predict.options).enumerate() {
        let text = line(&option.text)?;
        choices.push_str(&format!("<li>{text}</li>\n"));
        let why = option
            .why
            .as_deref()
            .map(line)
            .transpose()?
            .unwrap_or_default();
        if at == right {
            answer = format!("<p class=\"answer\"><strong>{letter}.</strong> {text}</p>\n");
            if !why.is_empty() {
                answer.push_str(&format!("<p>{why}</p>\n"));
            }
        } else {
            wrong.push_str(&format!("<p><strong>Not {letter}.</strong> {why}</p>\n"));
        }
    }
    let asked = paragraphs(&predict.question)?;
    let listing = &predict.listing;
    Ok(format!(
        "<aside class=\"predict\" data-listing=\"{listing}\">\n\
         <p class=\"kind\">Predict</p>\n{asked}<ol type=\"A\">\n{choices}</ol>\n\
         <details><summary>Answer</summary>\n{answer}{wrong}</details>\n</aside>"
    ))
}
