use super::write_report;
use anyhow::ensure;
use check::{same, trial};
use std::fs::{self, File};
use std::io::read_to_string;

const PAGE: &str = "chapter3-stdout/into-a-file.md";
const OLD: &str = "yesterday: all well\n";

/// The names in a folder, in order.
fn names(folder: &str) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// The file has these contents, and is alone in its folder.
fn only(path: &str, contents: &str) -> anyhow::Result<()> {
    let found = fs::read(path)?;
    let found = String::from_utf8_lossy(&found);
    same(&format!("`{path}`"), &found.as_ref(), &contents)?;
    let (folder, name) = path.split_once('/').unwrap_or((".", path));
    let expected = vec![name.to_owned()];
    same("the list of files", &names(folder)?, &expected)
}

#[test]
fn a_program_that_succeeds_has_its_output_in_the_file() {
    trial("the new contents, and no other file", || {
        fs::create_dir("reports")?;
        for words in ["one\ntwo\n", "three, and no newline"] {
            write_report("reports/today", "printf", &["%s", words])?;
            only("reports/today", words)?;
        }
        same("what is beside `reports`", &names(".")?.len(), &1)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_program_that_fails_changes_nothing() {
    trial("an error, the old contents, and no other file", || {
        for (program, args) in [
            ("no-such-program", [].as_slice()),
            ("sh", ["-c", "echo today: ; exit 3"].as_slice()),
            ("sh", ["-c", "echo today: ; kill -9 $$"].as_slice()),
        ] {
            fs::write("report", OLD)?;
            let failed = write_report("report", program, args).is_err();
            ensure!(failed, "`{program}` failed, and write_report is Ok");
            only("report", OLD)?;

            fs::remove_file("report")?;
            let failed = write_report("report", program, args).is_err();
            ensure!(failed, "`{program}` failed, and write_report is Ok");
            let there = names(".")?;
            same("what is left where nothing was", &there, &Vec::new())?;
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_program_can_read_the_file_that_it_replaces() {
    trial("the sorted lines of the old file in the new", || {
        fs::write("names", "pear\napple\n")?;
        write_report("names", "sort", &["names"])?;
        only("names", "apple\npear\n")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn who_has_the_old_file_open_reads_on_in_it() {
    trial("all of the old contents from the open file", || {
        fs::write("report", OLD)?;
        let open = File::open("report")?;
        write_report("report", "echo", &["today: better still"])?;
        let read = read_to_string(open)?;
        same("what is read from the open file", &read.as_str(), &OLD)?;
        only("report", "today: better still\n")
    })
    .read(PAGE)
    .passes();
}
