//! Prints the rows of a traced run: `rows TITLE [ROW] < RUN.jsonl`. The row at
//! which a page opens is marked; ROW names another by what it shows.

use recording::Event;
use std::io::stdin;
use xray::XRay;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let title = arguments.next().unwrap_or_else(|| "program".to_owned());
    let shows = arguments.next();
    let mut xray = XRay::new(&title);
    for line in stdin().lines().map_while(Result::ok) {
        if let Ok(event) = serde_json::from_str::<Event>(&line) {
            xray.take(&event);
        }
    }
    let open = xray.opening(shows.as_deref());
    for row in xray.rows() {
        let dim = if row.dim { "~" } else { "" };
        let line = row
            .line
            .map_or(String::new(), |line| format!("{dim}{line}"));
        let mark = if open == Ok(row.n) { ">" } else { " " };
        let round = row
            .round
            .map_or(String::new(), |it| format!("[round {it}] "));
        println!(
            "{mark}{:3} {:8.4} {line:>4} {round}{}",
            row.n, row.t, row.text
        );
    }
    if let Err(error) = open {
        println!("{error}");
    }
}
