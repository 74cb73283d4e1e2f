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
    // In a legend stand no paragraphs.
    let asked = paragraphs(&predict.question)?
        .replace("<p>", "<span class=\"asked\">")
        .replace("</p>", "</span>");
    let listing = &predict.listing;
    let version = version(predict, right);
    Ok(format!(
        "<aside class=\"predict\" data-listing=\"{listing}\" \
         data-version=\"{version}\" data-right=\"{right}\">\n\
         <p class=\"kind\">Predict</p>\n\
         <fieldset>\n<legend>{asked}</legend>\n<ol type=\"A\">\n{choices}</ol>\n</fieldset>\n\
         <details><summary>Answer</summary>\n{answer}{wrong}</details>\n</aside>"
    ))
}

/// What a browser keeps its answer by, after `predict `.
pub(crate) fn key(predict: &Predict, right: usize) -> String {
    format!("{} {}", predict.listing, version(predict, right))
}

/// Another one when the question, an option or the answer is another: what a
/// browser keeps of the old one is then not taken for an answer to the new.
/// That is FNV-1a, since std's hash may change with Rust.
fn version(predict: &Predict, right: usize) -> String {
    let options = predict.options.iter().map(|option| option.text.as_str());
    let right = right.to_string();
    let texts = [predict.question.as_str(), &right];
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in texts.into_iter().chain(options) {
        // No text has this byte: it ends each.
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
