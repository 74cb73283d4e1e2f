//! Prints what differs between two traced runs of one listing:
//! `compare RECORDED.jsonl NEW.jsonl`.

use recording::Event;
use xray::compare::differences;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut runs = Vec::new();
    for path in std::env::args().skip(1).take(2) {
        let text = std::fs::read_to_string(path)?;
        let events: Result<Vec<Event>, _> = text.lines().map(serde_json::from_str).collect();
        runs.push(events?);
    }
    if let [recorded, new] = runs.as_slice() {
        for difference in differences(recorded, new) {
            println!("{difference}");
        }
    }
    Ok(())
}
