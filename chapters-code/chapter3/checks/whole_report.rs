use super::write_report;
use anyhow::{bail, ensure};
use std::fs::{self, File};
use std::io::read_to_string;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use trial::{same, trial};

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

#[test]
fn a_file_that_cannot_be_replaced_leaves_no_other() {
    trial("an error, and no file beside or in the folder", || {
        fs::create_dir("report")?;
        let failed = write_report("report", "echo", &["today: well"]).is_err();
        ensure!(failed, "`report` is a folder, and write_report is Ok");
        same("what is there", &names(".")?, &vec!["report".to_owned()])?;
        same("what is in the folder", &names("report")?, &Vec::new())
    })
    .read(PAGE)
    .passes();
}

/// Looks at a file again and again: what is there if it is not one of these
/// lengths.
fn broken(path: &str, lengths: [u64; 2], over: &AtomicBool) -> Option<String> {
    while !over.load(Relaxed) {
        match fs::metadata(path) {
            Ok(it) if lengths.contains(&it.len()) => thread::yield_now(),
            Ok(it) => return Some(format!("`{path}` had {} bytes", it.len())),
            Err(_) => return Some(format!("there was no `{path}`")),
        }
    }
    None
}

#[test]
fn the_file_is_old_or_new_at_every_moment() {
    trial("the old report or the new one at every look", || {
        const LARGE: u64 = 8_000_000;
        let script = format!("head -c {LARGE} /dev/zero");
        for _ in 0..4 {
            fs::write("report", OLD)?;
            let over = AtomicBool::new(false);
            let lengths = [OLD.len() as u64, LARGE];
            let (done, seen) = thread::scope(|scope| {
                let looks = scope.spawn(|| broken("report", lengths, &over));
                let done = write_report("report", "sh", &["-c", &script]);
                over.store(true, Relaxed);
                (done, looks.join())
            });
            done?;
            if let Ok(Some(seen)) = seen {
                bail!("while the new report was put in place, {seen}");
            }
            same("the length", &fs::metadata("report")?.len(), &LARGE)?;
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}
