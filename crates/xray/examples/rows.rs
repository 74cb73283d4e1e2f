//! Prints the rows of a traced run: `rows TITLE < RUN.jsonl`, and with a third
//! word what each changes.

use recording::Event;
use std::io::stdin;
use xray::XRay;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let title = arguments.next().unwrap_or_else(|| "program".to_owned());
    let with_changes = arguments.next().is_some();
    let mut xray = XRay::new(&title);
    for line in stdin().lines().map_while(Result::ok) {
        if let Ok(event) = serde_json::from_str::<Event>(&line) {
            xray.take(&event);
        }
    }
    for row in xray.rows() {
        let line = row.line.map_or(String::new(), |line| {
            format!("{}{line}", if row.dim { "~" } else { "" })
        });
        println!(
            "{:3} {:9.4} {line:>4} {:?} {}",
            row.n, row.t, row.kind, row.text
        );
        if with_changes {
            println!("      {}", serde_json::to_string(row).unwrap_or_default());
        }
    }
}
