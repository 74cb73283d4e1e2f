//! The lines of the account that this process writes. Each is one write to the
//! end of the file, so no two mix.

use recording::Outcome;
use std::env;
use std::fs::File;
use std::io::Write;
use std::process;
use tests::trees::account::{FILE, Line};

pub fn image(name: &str) {
    write(&Line::Image {
        pid: process::id(),
        name: name.to_owned(),
    });
}

pub fn ends(outcome: Outcome) {
    write(&Line::Ends {
        pid: process::id(),
        outcome,
    });
}

pub fn write(line: &Line) {
    let Some(file) = env::var_os(FILE) else {
        return;
    };
    let line = format!("{line}\n");
    let file = File::options().append(true).create(true).open(file);
    let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
    written.expect("the account can be written");
}
