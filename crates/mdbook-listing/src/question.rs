//! A prediction in the page: the question, how it is answered, and a folded answer.

use crate::arrow_question;
use crate::escape::escape;
use crate::inline;
use crate::predict::{Answer, Predict, letters};
use crate::short::Printed;
use mdbook_markdown::pulldown_cmark::Options;

/// Puts a text's links in place of its `{{#ref …}}`.
type Links<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// The question as one HTML block.
///
/// # Errors
/// A text holds more than text.
pub(crate) fn question(
    predict: &Predict,
    right: &Answer,
    options: Options,
    links: Links,
) -> Result<String, String> {
    let line = |text: &str| inline::line(&links(text)?, options);
    let unit = escape(predict.unit());
    // A legend may hold no paragraphs.
    let mut asked = inline::paragraphs(&links(&predict.question)?, options)?
        .replace("<p>", "<span class=\"asked\">")
        .replace("</p>", "</span>");
    if predict.several {
        asked.push_str("<span class=\"asked\">One or more of these are right.</span>\n");
    }
    let (choices, answer) = match right {
        Answer::Options(_) => chosen(predict, right, &line)?,
        // The script puts the field in place of the empty span. Where there is
        // one, the style sheet shows the label, and keeps room for the field.
        Answer::Text(answer) => (
            format!("<label hidden>Your answer <span></span> {unit}</label>\n"),
            typed(predict, &answer.text, &line)?,
        ),
        Answer::Arrow(drawn) => (
            arrow_question::choices(drawn),
            arrow_question::answer(predict, drawn, &line)?,
        ),
    };
    let (kind, right_text) = match right {
        Answer::Options(_) if predict.several => {
            (" data-kind=\"several\"".to_owned(), right.to_string())
        }
        Answer::Options(_) => (String::new(), right.to_string()),
        Answer::Text(answer) => (
            short_kind(&unit) + &around(answer),
            escape(&predict.plain(&answer.text)),
        ),
        Answer::Arrow(_) => (String::new(), right.to_string()),
    };
    let class = match right {
        Answer::Arrow(_) => "predict which-arrow",
        Answer::Options(_) | Answer::Text(_) => "predict",
    };
    let (listing, version) = (&predict.listing, version(predict, right));
    Ok(format!(
        "<aside class=\"{class}\" data-listing=\"{listing}\" \
         data-version=\"{version}\" data-right=\"{right_text}\"{kind}>\n\
         <p class=\"kind\">Predict</p>\n\
         <fieldset>\n<legend>{asked}</legend>\n{choices}</fieldset>\n\
         <details><summary>Answer</summary>\n{answer}</details>\n</aside>"
    ))
}

fn short_kind(unit: &str) -> String {
    match unit {
        "" => " data-kind=\"short\"".to_owned(),
        unit => format!(" data-kind=\"short\" data-unit=\"{}\"", unit.to_lowercase()),
    }
}

/// What the line has around the answer, where it has something.
fn around(answer: &Printed) -> String {
    let sides = [("before", &answer.before), ("behind", &answer.behind)];
    let sides = sides
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty());
    let written = sides.map(|(side, text)| format!(" data-{side}=\"{}\"", escape(text)));
    written.collect()
}

/// The options, and what is folded: those that hold, and then why the others
/// do not. The script finds the text about an option by its place.
fn chosen(
    predict: &Predict,
    right: &Answer,
    line: &dyn Fn(&str) -> Result<String, String>,
) -> Result<(String, String), String> {
    let mut choices = String::new();
    let mut wrong = String::new();
    let mut answer = String::new();
    for (at, (letter, option)) in letters().zip(&predict.options).enumerate() {
        let text = line(&option.text)?;
        choices.push_str(&format!("<li>{text}</li>\n"));
        let place = match predict.several {
            true => format!(" data-of=\"{at}\""),
            false => String::new(),
        };
        let why = option.why.as_deref().map(line).transpose()?;
        let why = why.unwrap_or_default();
        if right.has(at) {
            answer.push_str(&format!(
                "<p class=\"answer\"><strong>{letter}.</strong> {text}</p>\n"
            ));
            if !why.is_empty() {
                answer.push_str(&format!("<p{place}>{why}</p>\n"));
            }
        } else {
            wrong.push_str(&format!(
                "<p{place}><strong>Not {letter}.</strong> {why}</p>\n"
            ));
        }
    }
    Ok((
        format!("<ol type=\"A\">\n{choices}</ol>\n"),
        answer + &wrong,
    ))
}

/// What is folded of a short answer. The script finds a slip by its text.
fn typed(
    predict: &Predict,
    right: &str,
    line: &dyn Fn(&str) -> Result<String, String>,
) -> Result<String, String> {
    let unit = match predict.unit() {
        "" => String::new(),
        unit => format!(" {}", escape(unit)),
    };
    let right = escape(right);
    let mut answer = format!("<p class=\"answer\"><code>{right}</code>{unit}</p>\n");
    for slip in &predict.slips {
        let plain = escape(&predict.plain(&slip.text));
        let text = escape(slip.text.trim());
        let why = line(&slip.why)?;
        answer.push_str(&format!(
            "<p data-of=\"{plain}\"><strong>Not <code>{text}</code>{unit}.</strong> {why}</p>\n"
        ));
    }
    Ok(answer)
}

/// The key by which a browser keeps the answer, after `predict `.
pub(crate) fn key(predict: &Predict, right: &Answer) -> String {
    format!("{} {}", predict.listing, version(predict, right))
}

/// A hash of the question, its options and its answer. If one of them changes, a
/// browser does not take the answer that it keeps for one to the new question.
/// FNV-1a, since std's hash may change with Rust.
fn version(predict: &Predict, right: &Answer) -> String {
    let options = predict.options.iter().map(|option| option.text.as_str());
    // A question with one right option hashes to what it did before there were
    // other kinds.
    let several = predict.several.then_some("several");
    let kind = several.into_iter().chain(predict.unit.as_deref());
    let places = right.to_string();
    let texts = [predict.question.as_str(), &places];
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let drawn = match right {
        Answer::Arrow(drawn) => drawn.boxes.as_slice(),
        Answer::Options(_) | Answer::Text(_) => &[],
    };
    let names = drawn.iter().map(|it| it.name.as_str());
    for text in texts.into_iter().chain(options).chain(kind).chain(names) {
        // 0xff ends each text: it never stands in UTF-8.
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
