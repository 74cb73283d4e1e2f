//! Imports go one way. Between crates Cargo holds it; inside a crate, and inside a
//! test target or a benchmark, this does.
//!
//! A room is a module with all that lies in it. Of the rooms beside each
//! other, and of the file that they hang on, none takes from one that takes
//! from it, over whatever others. To take is to name what is defined there, by
//! `use` or by a path, through whatever re-export; to re-export is to take. To
//! declare a module is not to take, and what only tests take does not count.
//! Not seen: a method that another room has put on a type, and what a macro of
//! another crate names.

// The fixture's functions are tests too, though clippy cannot see it.
#![allow(clippy::unwrap_used)]

mod between_crates;
mod circles;
mod items;
mod made_up;
mod names;
mod source;
mod ties;
mod tokens;
mod uses;

use cargo_metadata::{Metadata, MetadataCommand};
use std::path::Path;

fn base() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn workspace() -> Metadata {
    let mut command = MetadataCommand::new();
    command.current_dir(base()).no_deps().exec().unwrap()
}

#[test]
fn no_room_takes_from_one_that_takes_from_it() {
    let mut faults = Vec::new();
    for package in workspace().packages {
        let programs = package
            .targets
            .iter()
            .filter(|it| it.is_lib() || it.is_bin() || it.is_test() || it.is_bench());
        for target in programs {
            let read = source::Crate::read(target.src_path.as_std_path());
            let read = read.unwrap_or_else(|error| panic!("{error:#}"));
            let lost = ties::lost(&read).into_iter();
            faults.extend(lost.map(|path| format!("{path} leads nowhere")));
            for circle in circles::circles(&read, base()) {
                faults.push(format!("{} ({}):\n{circle}", package.name, target.name));
            }
        }
    }
    let count = faults.len();
    assert!(
        faults.is_empty(),
        "\n\n{}\n{count} circles",
        faults.join("\n")
    );
}

#[test]
fn each_crate_uses_those_of_the_floors_below() {
    let faults = between_crates::faults(&workspace());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
