//! What a reader types to start a program of the book: in a checkout Cargo, in an
//! archive, which has no Cargo, the program itself.

use std::env;
use std::path::Path;

/// How a checkout's reader begins; the program's name follows.
const BY_CARGO: &str = "cargo run -p ";

/// The folder of an archive's programs.
const PROGRAMS: &str = "programs";

/// What lies beside that folder in an archive, and in no checkout.
const MARK: &str = "archive.toml";

/// The text with the commands that work in an archive: `programs/chapter5 word_count`
/// where it has `cargo run -p chapter5 -- word_count`.
pub fn in_archive(text: &str) -> String {
    let mut parts = text.split(BY_CARGO);
    let mut typed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let end = part.find(|c| !is_of_name(c)).unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        // What ends Cargo's own arguments is not for the program.
        let arguments = rest.strip_prefix(" --");
        let arguments = arguments.filter(|it| !it.starts_with(char::is_alphanumeric));
        typed.extend([PROGRAMS, "/", name, arguments.unwrap_or(rest)]);
    }
    typed
}

/// The text with the commands that work where this program lies.
pub fn here(text: &str) -> String {
    match env::current_exe().is_ok_and(|program| is_archived(&program)) {
        true => in_archive(text),
        false => text.to_owned(),
    }
}

fn is_archived(program: &Path) -> bool {
    let folder = program.parent().filter(|it| it.ends_with(PROGRAMS));
    folder.is_some_and(|it| it.with_file_name(MARK).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_of_cargo_is_a_program_of_the_archive() {
        for (by_cargo, typed) in [
            (
                "$ cargo run -p chapter5 -- word_count\n",
                "$ programs/chapter5 word_count\n",
            ),
            ("`cargo run -p enough-rust`.", "`programs/enough-rust`."),
            (
                "cargo run -p chapter5\ncargo run -p chapter5 -- --list",
                "programs/chapter5\nprograms/chapter5 --list",
            ),
            ("`cargo run -p chapter5 --`", "`programs/chapter5`"),
            (
                "cargo run -p chapter5 --release",
                "programs/chapter5 --release",
            ),
            // Without the source there is none of these.
            ("cargo run", "cargo run"),
            ("cargo test -p chapter5", "cargo test -p chapter5"),
        ] {
            assert_eq!(in_archive(by_cargo), typed);
        }
    }
}
