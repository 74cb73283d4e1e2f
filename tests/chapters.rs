//! Each chapter's command line: its table of contents is its folder, and a
//! full run comes through.

use anyhow::{Context, ensure};
use duct::{Expression, cmd};
use libtest_mimic::Trial;
use recording::catalogue::ListingName;
use run::missing_tools;
use std::collections::BTreeSet;
use tests::book::{chapters, is_compared_here, listings, settings};
use tests::harness;

fn main() {
    let arguments = harness::arguments();
    let tests = names().into_iter().flat_map(|chapter| {
        [
            test(
                "names its listings, every one",
                &chapter,
                names_its_listings,
            ),
            test("helps", &chapter, helps),
            test("knows the nearest name", &chapter, knows_the_nearest_name),
            full_run(&chapter),
        ]
    });
    libtest_mimic::run(&arguments, tests.collect()).exit();
}

fn names() -> BTreeSet<String> {
    listings().into_iter().map(|name| name.chapter).collect()
}

fn test(what: &str, chapter: &str, run: fn(&str) -> anyhow::Result<()>) -> Trial {
    let name = chapter.to_owned();
    Trial::test(format!("{chapter} {what}"), move || {
        run(&name).map_err(harness::failed)
    })
}

/// A chapter's binary, whose output is taken and whose status is no error.
fn chapter(name: &str, arguments: &[&str]) -> anyhow::Result<Expression> {
    Ok(cmd(chapters().binary(name)?, arguments)
        .stdin_null()
        .stdout_capture()
        .stderr_capture()
        .unchecked())
}

fn names_its_listings(name: &str) -> anyhow::Result<()> {
    let list = chapter(name, &["--list"])?.read()?;
    let files = listings();
    for file in files.iter().filter(|listing| listing.chapter == name) {
        let start = format!("{} ", file.name);
        let line = list.lines().find(|line| line.starts_with(&start));
        let line = line.with_context(|| format!("{file} is not in the table"))?;
        // The chapter knows nothing of the settings, so they are held together here.
        let end = match &*settings(file).needs.join(", ") {
            "" => String::new(),
            needs => format!(" (needs {needs})"),
        };
        ensure!(
            line.ends_with(&end) && (!end.is_empty() || !line.contains("(needs ")),
            "the settings of {file} say{end:?}, the table says {line:?}"
        );
    }
    Ok(())
}

fn helps(name: &str) -> anyhow::Result<()> {
    let help = chapter(name, &["--help"])?.read()?;
    ensure!(
        help.contains(&format!("cargo run -p {name} -- NAME")),
        "{help}"
    );
    ensure!(help.contains("Listings:"), "{help}");
    Ok(())
}

fn knows_the_nearest_name(name: &str) -> anyhow::Result<()> {
    let listings = listings();
    let known = listings.iter().find(|listing| listing.chapter == name);
    let known = &known.expect("the chapter has a listing").name;
    let output = chapter(name, &[&format!("{known}x")])?.run()?;
    ensure!(output.status.code() == Some(2), "{:?}", output.status);
    let stderr = String::from_utf8(output.stderr)?;
    ensure!(
        stderr.contains(&format!("the nearest name is `{known}`")),
        "{stderr}"
    );
    Ok(())
}

/// `cargo run -p chapterN`: a heading for each listing, and what comes next.
fn full_run(name: &str) -> Trial {
    let own = listings()
        .into_iter()
        .filter(|listing| listing.chapter == name);
    let own: Vec<_> = own.collect();
    let all_settings: Vec<_> = own.iter().map(settings).collect();
    let missing: BTreeSet<&str> = all_settings
        .iter()
        .flat_map(|it| missing_tools(&it.needs))
        .collect();
    let missing: Vec<&str> = missing.into_iter().collect();
    let chapter_name = name.to_owned();
    harness::needing(
        format!("{name} runs from end to end"),
        &missing,
        move || {
            let output = chapter(&chapter_name, &[])?.run()?;
            let stdout = String::from_utf8_lossy(&output.stdout);
            let stderr = String::from_utf8_lossy(&output.stderr);
            let failed = |listing: &&ListingName| {
                let start = format!("error: {} ", listing.name);
                stderr.lines().any(|line| line.starts_with(&start))
            };
            let failed: Vec<_> = own.iter().filter(failed).collect();
            // Away from Linux, one that asks /proc fails, and is not compared.
            let excused = !failed.is_empty() && !failed.into_iter().any(is_compared_here);
            ensure!(
                output.status.success() || excused,
                "{:?}: {stderr}",
                output.status
            );
            for listing in own {
                let heading = format!("\n── {}: ", listing.name);
                ensure!(stdout.contains(&heading), "no heading for {listing}");
            }
            let last = stdout.lines().last().unwrap_or_default();
            ensure!(last.starts_with("Next: "), "the last line is {last:?}");
            Ok(())
        },
    )
}
