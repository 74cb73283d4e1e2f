//! Tables that the page makes: of exercises, of what there is to do, of an X-ray.

use super::markdown::{anchor, escaped, table};
use crate::exercises::Exercises;
use crate::page::Page;
use crate::plan::Plan;
use xray::XRay;
use xray::printed::{Line, Printed};

/// Every exercise of the book, with a link to each.
pub(crate) fn exercises(page: &Page, exercises: &Exercises) -> String {
    let rows = exercises.shown().map(|(shown, it)| {
        vec![
            format!("[{}](<{}>)", shown.number, shown.link_from(page)),
            it.title.clone(),
            it.settings.minutes.to_string(),
        ]
    });
    let heads = ["Exercise", "What it is about", "Minutes"];
    table(&heads, &rows.collect::<Vec<_>>())
}

/// How much there is to do, chapter by chapter.
pub(crate) fn progress(page: &Page, plan: &Plan) -> String {
    let rows = plan.rows().chain([plan.all()]).map(|row| {
        let title = escaped(row.title);
        let title = match row.page {
            Some(path) => format!("[{title}](<{}>)", page.link_to(path)),
            None => title,
        };
        vec![
            title,
            row.predictions.to_string(),
            row.exercises.to_string(),
        ]
    });
    table(
        &["Chapter", "Predictions", "Exercises"],
        &rows.collect::<Vec<_>>(),
    )
}

/// An X-ray's rows below its caption. `open` is the row at which it opens.
pub(crate) fn xray(id: &str, xray: &XRay, open: u32, caption: &str) -> String {
    let printed = Printed::of(xray, open);
    let rows = printed.lines.iter().map(|line| match line {
        Line::LeftOut(words) => {
            let words = format!("*{words}*");
            vec![String::new(), words, String::new(), String::new()]
        }
        Line::Row { cells, is_open } => {
            let mut cells = cells.each_ref().map(|it| escaped(it));
            if *is_open {
                cells[1] = format!("**{}**", cells[1]);
            }
            cells.to_vec()
        }
    });
    let rows: Vec<_> = rows.collect();
    format!(
        "{}**X-ray.** {caption}\n\n*{}*\n\n{}",
        anchor(id),
        escaped(&printed.caption),
        table(&Printed::HEADS, &rows)
    )
}
