//! The question for an arrow in the page: the picture without it, what there is to
//! choose, and the folded answer.

use crate::arrow::{Drawing, Drawn, Kind};
use crate::escape::escape;
use crate::predict::Predict;
use std::fmt::Write;
use xray::row::Life;

/// The picture, and below it the ends that there are to choose from. The page's script
/// draws the reader's arrow into the picture.
pub(crate) fn choices(drawn: &Drawn) -> String {
    let targets: Vec<_> = drawn.targets().collect();
    let to = list(drawn, &targets, 1);
    let lists = match (drawn.from, drawn.kind) {
        (Some(_), _) => to,
        (None, kind) => {
            let all: Vec<_> = (0..drawn.boxes.len()).collect();
            let (who, whom) = match kind {
                Kind::Waits => ("Who waits?", "For whom?"),
                Kind::Child => ("Who?", "Whose child?"),
            };
            let from = list(drawn, &all, 1);
            let to = list(drawn, &targets, all.len() + 1);
            format!(
                "<fieldset>\n<legend>{who}</legend>\n{from}</fieldset>\n\
                 <fieldset>\n<legend>{whom}</legend>\n{to}</fieldset>\n"
            )
        }
    };
    picture(drawn) + &lists
}

/// One list of ends. What it starts at tells the script which list it is.
fn list(drawn: &Drawn, places: &[usize], start: usize) -> String {
    let items = places.iter().fold(String::new(), |mut all, place| {
        let name = escape(drawn.name(*place));
        let text = match drawn.boxes.get(*place).map(|it| spoken(it.life)) {
            None => name,
            Some("") => format!("<code>{name}</code>"),
            Some(life) => format!("<code>{name}</code>, {life}"),
        };
        let _ = writeln!(all, "<li data-box=\"{place}\">{text}</li>");
        all
    });
    format!("<ol start=\"{start}\">\n{items}</ol>\n")
}

fn picture(drawn: &Drawn) -> String {
    let outside = usize::from(drawn.from.is_some());
    let columns = drawn.boxes.len() + outside;
    let mut html = format!(
        "<div class=\"arrow-picture\" role=\"img\" aria-label=\"{}\" style=\"--columns:{columns}\">\n",
        escape(&described(drawn))
    );
    let shows_tree = drawn.kind != Kind::Child;
    for (at, it) in drawn.boxes.iter().enumerate() {
        let depth = if shows_tree { it.depth } else { 0 };
        if let Some(parent) = it.parent.filter(|_| shows_tree) {
            let above = drawn.boxes[parent].depth;
            let _ = writeln!(
                html,
                "<i class=\"branch\" style=\"--from:{parent};--to:{at};--above:{above};--depth:{depth}\"></i>"
            );
        }
        let given = if drawn.from == Some(at) { " given" } else { "" };
        let name = escape(&named(it));
        let life = match spoken(it.life) {
            "" => String::new(),
            life => format!(" <span>{life}</span>"),
        };
        let class = class(it.life);
        let _ = writeln!(
            html,
            "<div class=\"box{class}{given}\" style=\"--depth:{depth}\"><b>{name}</b>{life}</div>"
        );
    }
    if outside > 0 {
        let name = drawn.name(drawn.boxes.len());
        let _ = writeln!(html, "<div class=\"box outside\"><span>{name}</span></div>");
    }
    html + "</div>\n"
}

/// What the picture shows, for who does not see it.
pub(crate) fn described(drawn: &Drawn) -> String {
    let told = drawn.boxes.iter().map(|it| {
        let mut told = named(it);
        let parent = it.parent.filter(|_| drawn.kind != Kind::Child);
        if let Some(parent) = parent {
            let _ = write!(told, ", a child of {}", drawn.name(parent));
        }
        match spoken(it.life) {
            "" => told,
            life => format!("{told}, {life}"),
        }
    });
    format!("There are: {}", told.collect::<Vec<_>>().join("; "))
}

fn named(it: &Drawing) -> String {
    match it.count {
        0 | 1 => it.name.clone(),
        count => format!("{count} × {}", it.name),
    }
}

/// Who sleeps is not told: it waits for somebody.
fn spoken(life: Life) -> &'static str {
    match life {
        Life::Zombie => "a zombie",
        Life::Stopped => "stopped",
        Life::Gone => "has ended",
        Life::Runs | Life::Asleep => "",
    }
}

fn class(life: Life) -> &'static str {
    match life {
        Life::Zombie => " zombie",
        Life::Gone => " gone",
        Life::Stopped => " stopped",
        Life::Runs | Life::Asleep => "",
    }
}

/// What is folded: the arrow in words, the row, and of each slip why it is one.
///
/// # Errors
/// A text holds more than text, or a slip names nobody.
pub(crate) fn answer(
    predict: &Predict,
    drawn: &Drawn,
    line: &dyn Fn(&str) -> Result<String, String>,
) -> Result<String, String> {
    let right = escape(&drawn.says(drawn.right));
    let sentence = escape(&drawn.sentence);
    let mut answer = format!(
        "<p class=\"answer\"><strong>{right}.</strong></p>\n\
         <p>The X-ray says there: <q>{sentence}</q></p>\n"
    );
    for slip in &predict.slips {
        let ends = drawn.read(&slip.text)?;
        let of = drawn.places(ends);
        let not = escape(&slip.text);
        let why = line(&slip.why)?;
        let _ = writeln!(
            answer,
            "<p data-of=\"{of}\"><strong>Not <code>{not}</code>.</strong> {why}</p>"
        );
    }
    Ok(answer)
}
