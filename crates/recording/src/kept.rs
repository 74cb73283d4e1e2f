//! The files of a recorded run that stay with its recording, so that the
//! figures that a page shows and the plot beside them are of one run.

use crate::catalogue::{ListingName, Settings, plain_lines};
use crate::file::Recording;
use anyhow::{Context, anyhow, ensure};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The kept files' texts, by the names that the run gave them.
pub type Kept = BTreeMap<String, String>;

/// Reads what a finished run left in its folder, of what its settings keep.
///
/// # Errors
/// A file is missing, cannot be read, or is no SVG that says something.
pub fn left_in(folder: &Path, settings: &Settings) -> anyhow::Result<Kept> {
    let read = |name: &String| {
        let text = fs::read_to_string(folder.join(name));
        let text = text.with_context(|| format!("the run left no {name} that can be kept"))?;
        labels(&text).with_context(|| format!("the run left a {name} that cannot be kept"))?;
        Ok((name.clone(), text))
    };
    settings.keep.iter().map(read).collect()
}

/// Reads what stays with a listing's recording in the book at `root`.
///
/// # Errors
/// A file is missing or cannot be read.
pub fn read(root: &Path, listing: &ListingName, settings: &Settings) -> anyhow::Result<Kept> {
    let read = |name: &String| Ok((name.clone(), read_one(root, listing, name)?));
    settings.keep.iter().map(read).collect()
}

/// Reads one of the files that stay with a listing's recording, by the name
/// that the run gave it.
///
/// # Errors
/// It is missing or cannot be read; the message says how it is made.
pub fn read_one(root: &Path, listing: &ListingName, name: &str) -> anyhow::Result<String> {
    let path = listing.kept(name);
    let text = fs::read_to_string(root.join(&path)).map(plain_lines);
    text.map_err(|error| {
        let path = path.display();
        anyhow!("{path} cannot be read: {error}; `cargo run -- record {listing}` makes it")
    })
}

/// Writes a recording and what stays with it, its X-ray too if it was traced: all
/// of it or, if something cannot be written, nothing.
///
/// # Errors
/// A file cannot be written.
pub fn write(
    root: &Path,
    listing: &ListingName,
    recording: &Recording,
    kept: &Kept,
) -> anyhow::Result<()> {
    let kept = kept.iter();
    let mut files: Vec<_> = kept
        .map(|(name, text)| (root.join(listing.kept(name)), text.clone()))
        .collect();
    let without_xray = recording.without_xray();
    if without_xray != *recording {
        files.push((root.join(listing.xray()), recording.to_jsonl()?));
    }
    // The recording comes last: it must not say what no kept file shows.
    files.push((root.join(listing.recording()), without_xray.to_jsonl()?));
    let written = replace(&files);
    if written.is_err() {
        for (path, _) in &files {
            // It may not be there, and the first error is the one that counts.
            let _ = fs::remove_file(beside(path));
        }
    }
    written
}

/// Writes each file beside its place, and moves them there when all are
/// written.
fn replace(files: &[(PathBuf, String)]) -> anyhow::Result<()> {
    for (path, text) in files {
        let new = beside(path);
        let folder = path.parent().context("a recording lies in a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        fs::write(&new, text).with_context(|| format!("writing {}", new.display()))?;
    }
    for (path, _) in files {
        fs::rename(beside(path), path).with_context(|| format!("replacing {}", path.display()))?;
    }
    Ok(())
}

/// Where a file is written before it is moved to its place: `NAME.jsonl.new`.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// What differs between two runs' kept files: nothing, if each is an SVG with
/// the same labels. Curves and numbers are the machine's own.
pub fn differences(expected: &Kept, found: &Kept) -> Vec<String> {
    let mut differences = Vec::new();
    for (name, expected) in expected {
        let Some(found) = found.get(name) else {
            differences.push(format!("the run left no {name}"));
            continue;
        };
        let (expected, found) = match (labels(expected), labels(found)) {
            (Ok(expected), Ok(found)) => (expected, found),
            (expected, found) => {
                let errors = [expected.err(), found.err()].into_iter().flatten();
                differences.extend(errors.map(|error| format!("{name}: {error}")));
                continue;
            }
        };
        let gone = expected.difference(&found);
        differences.extend(gone.map(|label| format!("{name} no longer says `{label}`")));
        let new = found.difference(&expected);
        differences
            .extend(new.map(|label| format!("{name} says `{label}`, the kept one does not")));
    }
    differences
}

/// What an SVG says in words: its texts, title and description, without those
/// that are a number.
///
/// # Errors
/// It is no SVG, or it says nothing.
fn labels(svg: &str) -> anyhow::Result<BTreeSet<String>> {
    ensure!(svg.contains("<svg"), "it is no SVG");
    let said = Regex::new(r"(?s)<(?:text|title|desc)\b[^>]*>([^<]*)<")?;
    let said = said
        .captures_iter(svg)
        .map(|found| found[1].trim().to_owned());
    let labels: BTreeSet<_> = said
        .filter(|text| !text.is_empty() && text.replace(',', "").parse::<f64>().is_err())
        .collect();
    ensure!(!labels.is_empty(), "it says nothing");
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg><title id=\"a\">Costs</title><text x=\"1\">\n1,000\n</text>\
                       <text y=\"2\">\n threads </text><text>0.5</text></svg>";

    fn kept(svg: &str) -> Kept {
        [("plot.svg".to_owned(), svg.to_owned())].into()
    }

    #[test]
    fn labels_are_what_is_no_number() {
        let labels = labels(SVG).unwrap();
        assert_eq!(labels.into_iter().collect::<Vec<_>>(), ["Costs", "threads"]);
    }

    #[test]
    fn other_numbers_are_no_difference_and_other_words_are() {
        let again = SVG.replace("0.5", "0.75").replace("1,000", "2,000");
        assert!(differences(&kept(SVG), &kept(&again)).is_empty());
        let other = SVG.replace("threads", "tasks");
        assert_eq!(
            differences(&kept(SVG), &kept(&other)),
            [
                "plot.svg no longer says `threads`",
                "plot.svg says `tasks`, the kept one does not"
            ]
        );
    }

    #[test]
    fn a_run_that_drew_nothing_differs() {
        assert_eq!(
            differences(&kept(SVG), &Kept::new()),
            ["the run left no plot.svg"]
        );
        assert_eq!(
            differences(&kept(SVG), &kept("")),
            ["plot.svg: it is no SVG"]
        );
        assert_eq!(
            differences(&kept(SVG), &kept("<svg></svg>")),
            ["plot.svg: it says nothing"]
        );
    }

    #[test]
    fn what_a_run_left_is_what_its_settings_keep() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("plot.svg"), SVG).unwrap();
        fs::write(folder.path().join("other.svg"), "").unwrap();
        let settings = |name: &str| Settings {
            keep: vec![name.to_owned()],
            ..Settings::default()
        };
        let found = left_in(folder.path(), &settings("plot.svg")).unwrap();
        assert_eq!(found, kept(SVG));
        let error = left_in(folder.path(), &settings("plots.svg")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the run left no plots.svg that can be kept"
        );
    }
}
