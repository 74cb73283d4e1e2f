//! Prints the rows of a traced run: `rows TITLE [ROW] < RUN.jsonl`. The row at
//! which a page opens is marked; ROW names another by what it shows.

use recording::Event;
use std::io::stdin;
use xray::{XRay, text};

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
    print!("{}", text::rows(&xray, open.as_ref().ok().copied()));
    if let Err(error) = open {
        println!("{error}");
    }
}
