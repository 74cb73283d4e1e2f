//! Chapter 8: its listings, in reading order.

mod listings {}

use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("Many cooks").main()
}
