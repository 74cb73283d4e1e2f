//! The table for a page without JavaScript, and for print.

use crate::printed::{Line, Printed};
use crate::xray::XRay;
use std::fmt::Write;

/// The table: one HTML block without an empty line. `open` is the row that it
/// marks, and keeps.
pub fn table(xray: &XRay, open: u32) -> String {
    let Printed { caption, lines } = Printed::of(xray, open);
    let mut body = String::new();
    for line in lines {
        push(&mut body, &line);
    }
    let heads: String = Printed::HEADS.iter().fold(String::new(), |mut all, it| {
        let _ = write!(all, "<th scope=\"col\">{it}</th>");
        all
    });
    format!(
        "<table class=\"xray-rows\"><caption>{}</caption><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody></table>",
        escaped(&caption)
    )
}

fn push(body: &mut String, line: &Line) {
    // To write to a String cannot fail.
    let _ = match line {
        Line::LeftOut(words) => writeln!(
            body,
            "<tr class=\"left-out\"><td colspan=\"4\">{words}</td></tr>"
        ),
        Line::Row { cells, is_open } => {
            let class = if *is_open { " class=\"open\"" } else { "" };
            let [time, text, line, lives] = cells.each_ref().map(|it| escaped(it));
            writeln!(
                body,
                "<tr{class}><th scope=\"row\">{time}</th><td>{text}</td><td>{line}</td><td>{lives}</td></tr>"
            )
        }
    };
}

/// As it must stand in the HTML of a page; mdBook would act on two braces.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '{' => out.push_str("&#123;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
