//! A prediction: the question where it is asked, and its answer, which stands elsewhere.

use super::answers::Answer as Entry;
use super::markdown::{Links, boxed, code, escaped};
use crate::arrow::{Drawn, Kind};
use crate::arrow_question::described;
use crate::predict::{Answer, Predict, letters};

/// The question in a box, with a link to its answer, and that answer. `about` is what the
/// answer is entered under.
pub(crate) fn question(
    predict: &Predict,
    right: &Answer,
    about: Entry,
    links: Links<'_>,
) -> Result<(String, Entry), String> {
    let mut asked = vec![format!("**Predict.** {}", links(predict.question.trim())?)];
    if predict.several {
        asked.push("One or more of these are right.".to_owned());
    }
    let (choices, answer) = match right {
        Answer::Options(_) => chosen(predict, right, links)?,
        Answer::Text(text) => (Vec::new(), typed(predict, &text.text, links)?),
        Answer::Arrow(drawn) => (picture(drawn), arrow(predict, drawn, links)?),
    };
    asked.extend(choices);
    asked.push(about.link("The answer"));
    Ok((boxed(&asked.join("\n\n")), about.saying(answer)))
}

/// The options, and what is said of them: of those that hold first.
fn chosen(
    predict: &Predict,
    right: &Answer,
    links: Links<'_>,
) -> Result<(Vec<String>, Vec<String>), String> {
    let mut choices = Vec::new();
    let (mut answer, mut wrong) = (Vec::new(), Vec::new());
    for (at, (letter, option)) in letters().zip(&predict.options).enumerate() {
        let text = links(option.text.trim())?;
        let why = links(option.why.as_deref().unwrap_or_default().trim())?;
        choices.push(format!("**{letter}.** {text}"));
        if right.has(at) {
            answer.push(format!("**{letter}.** {text}"));
            answer.extend((!why.is_empty()).then_some(why));
        } else {
            wrong.push(format!("**Not {letter}.** {why}"));
        }
    }
    answer.extend(wrong);
    Ok((choices, answer))
}

fn typed(predict: &Predict, right: &str, links: Links<'_>) -> Result<Vec<String>, String> {
    let unit = match predict.unit() {
        "" => String::new(),
        unit => format!(" {}", escaped(unit)),
    };
    let mut answer = vec![format!("{}{unit}", code(right))];
    answer.extend(slips(predict, &unit, links)?);
    Ok(answer)
}

/// Why what is easily taken for the answer is not it.
fn slips(predict: &Predict, unit: &str, links: Links<'_>) -> Result<Vec<String>, String> {
    let slips = predict.slips.iter().map(|slip| {
        let why = links(slip.why.trim())?;
        Ok(format!("**Not** {}{unit}. {why}", code(slip.text.trim())))
    });
    slips.collect()
}

/// Who is there, and what is to be said of them.
fn picture(drawn: &Drawn) -> Vec<String> {
    let mut said = vec![format!("{}.", escaped(&described(drawn)))];
    let ends = match (drawn.from, drawn.kind) {
        (Some(_), _) => None,
        (None, Kind::Waits) => Some("Who waits, and for whom?"),
        (None, Kind::Child) => Some("Who, and whose child?"),
    };
    said.extend(ends.map(str::to_owned));
    said
}

fn arrow(predict: &Predict, drawn: &Drawn, links: Links<'_>) -> Result<Vec<String>, String> {
    let mut answer = vec![
        format!("**{}.**", escaped(&drawn.says(drawn.right))),
        format!("The X-ray says there: “{}”", escaped(&drawn.sentence)),
    ];
    answer.extend(slips(predict, "", links)?);
    Ok(answer)
}
