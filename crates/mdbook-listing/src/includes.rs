//! mdBook's own directives that read a file. If the file is missing, mdBook
//! leaves the directive in the page; if the anchor is missing, it puts nothing
//! there.

use crate::directive::Directive;
use crate::page::Page;
use crate::problems::Problems;
use recording::catalogue::{did_you_mean, names_in};
use std::path::Path;
use std::{fs, io};

/// Notes what is wrong with a directive that reads a file. `src` is the folder
/// of the pages.
pub(crate) fn check(page: &Page, directive: &Directive, src: &Path, problems: &mut Problems) {
    let at = directive.range.start;
    if page.markdown.is_replaced(at) {
        // In the question or the box that takes the fence's place it is text.
        return;
    }
    let (target, _) = directive.split();
    if target.is_empty() {
        if !directive.is_in_code {
            let message = format!("{{{{#{}}}}} names no file", directive.name);
            page.problem(problems, at, message);
        }
        return;
    }
    let read = read(&src.join(page.folder()), target, &directive.name);
    if let Err(message) = read.and_then(|()| permitted(directive, target)) {
        page.problem(problems, at, message);
    }
}

/// What a page may include, so that no text comes into the book unchecked.
fn permitted(directive: &Directive, target: &str) -> Result<(), String> {
    if directive.name == "playground" {
        return Err(format!(
            "{target} would be Rust that no test runs; make it a listing and show it by {{{{#listing …}}}}"
        ));
    }
    if !directive.is_in_code {
        return Err(format!(
            "{target} would come into the page unchecked; an include can stand in a fence only"
        ));
    }
    Ok(())
}

/// Reads `FILE`, `FILE:ANCHOR`, `FILE:FROM:TO` as mdBook does.
fn read(folder: &Path, target: &str, directive: &str) -> Result<(), String> {
    let (file, part) = match target.split_once(':') {
        Some((file, part)) if directive != "playground" => (file, part),
        _ => (target, ""),
    };
    let text = fs::read_to_string(folder.join(file));
    let text = text.map_err(|error| unreadable("file", folder, file, &error))?;
    let first = part.split(':').next().unwrap_or_default();
    let included = if first.is_empty() || first.parse::<usize>().is_ok() {
        lines(&text, part)
    } else {
        anchored(&text, first).ok_or_else(|| {
            let hint = did_you_mean(anchors(&text), first);
            format!("{file} has no anchor {first}{hint}")
        })?
    };
    if included.trim().is_empty() {
        return Err(format!("{target} is empty"));
    }
    Ok(())
}

/// Why a file in `folder` cannot be read. If there is none, the nearest of
/// the files in the same place that are of its kind.
pub(crate) fn unreadable(kind: &str, folder: &Path, file: &str, error: &io::Error) -> String {
    if error.kind() != io::ErrorKind::NotFound {
        return format!("the {kind} {file} cannot be read: {error}");
    }
    let path = Path::new(file);
    let parent = path.parent().unwrap_or(Path::new(""));
    let files = names_in(folder, parent).unwrap_or_default();
    let mut files: Vec<_> = files.iter().map(|name| parent.join(name)).collect();
    files.retain(|it| it.extension() == path.extension() && folder.join(it).is_file());
    let names = files.iter().map(|it| it.display());
    format!("there is no {kind} {file}{}", did_you_mean(names, file))
}

/// The lines that `part` names: `3`, that line; `3:9`, from the one to the other,
/// both included; `3:`, up to the end; `:9`, from the beginning.
fn lines(text: &str, part: &str) -> String {
    let mut parts = part.splitn(3, ':');
    let from = parts.next().and_then(|from| from.parse::<usize>().ok());
    let to = parts.next().map(|to| to.parse::<usize>().ok());
    let skipped = from.map_or(0, |from| from.saturating_sub(1));
    let end = match (from, to) {
        (Some(from), None) => from.max(1),
        (_, Some(Some(to))) => to,
        _ => usize::MAX,
    };
    let lines = text.lines().take(end).skip(skipped);
    lines.collect::<Vec<_>>().join("\n")
}

/// What stands between `ANCHOR: name` and `ANCHOR_END: name`.
fn anchored(text: &str, anchor: &str) -> Option<String> {
    let mut lines = text.lines();
    lines.find(|line| named(line, "ANCHOR:") == Some(anchor))?;
    let inside = lines.take_while(|line| named(line, "ANCHOR_END:") != Some(anchor));
    let is_text =
        |line: &&str| named(line, "ANCHOR:").is_none() && named(line, "ANCHOR_END:").is_none();
    Some(inside.filter(is_text).collect::<Vec<_>>().join("\n"))
}

fn anchors(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| named(line, "ANCHOR:"))
}

fn named<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let (_, name) = line.split_once(mark)?;
    let name = name.trim_start();
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let end = name.find(|c| !is_part(c)).unwrap_or(name.len());
    (end > 0).then_some(&name[..end])
}
