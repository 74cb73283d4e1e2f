//! `{{#name arguments}}`: what a page asks to be put in its place.

use crate::page::Page;
use crate::problems::Problems;
use recording::catalogue::did_you_mean;
use std::ops::Range;

/// The directives that a page may use: ours, and mdBook's.
const NAMES: [&str; 14] = [
    "listing",
    "xray",
    "ref",
    "diagram",
    "artifact",
    "phrase",
    "exercise",
    "exercises",
    "progress",
    "source",
    "include",
    "rustdoc_include",
    "playground",
    "title",
];

/// One directive of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    /// From its first brace to its last, in bytes of the source.
    pub(crate) range: Range<usize>,
    pub(crate) name: String,
    pub(crate) arguments: String,
    /// It stands in a code block or between backticks. Ours are left alone
    /// there, while mdBook's act even there.
    pub(crate) is_in_code: bool,
    /// It is all of a paragraph that stands in nothing else.
    is_alone: bool,
}

impl Directive {
    /// The first argument and the rest.
    pub(crate) fn split(&self) -> (&str, &str) {
        let arguments = self.arguments.split_once(char::is_whitespace);
        let (first, rest) = arguments.unwrap_or((&self.arguments, ""));
        (first, rest.trim())
    }

    /// Whether it is one of that name which we replace.
    pub(crate) fn acts_as(&self, name: &str) -> bool {
        self.name == name && !self.is_in_code
    }

    /// # Errors
    /// It stands among other text, where no block can stand in its place.
    pub(crate) fn must_be_alone(&self, what: &str) -> Result<(), String> {
        match self.is_alone {
            true => Ok(()),
            false => Err(format!(
                "put {what} on a line of its own, with blank lines around"
            )),
        }
    }

    /// # Errors
    /// It stands among other text, or has arguments.
    pub(crate) fn must_be_bare(&self) -> Result<(), String> {
        let itself = format!("{{{{#{}}}}}", self.name);
        self.must_be_alone(&itself)?;
        match &*self.arguments {
            "" => Ok(()),
            _ => Err(format!("{itself} has no arguments")),
        }
    }

    /// Whether mdBook puts a file in its place.
    pub(crate) fn reads_file(&self) -> bool {
        ["include", "rustdoc_include", "playground"].contains(&&*self.name)
    }
}

/// The directives of a page, in order. Notes those that are malformed.
pub(crate) fn directives(page: &Page, problems: &mut Problems) -> Vec<Directive> {
    let mut found = Vec::new();
    for (at, rest) in openings(&page.source) {
        let in_code = page.markdown.is_code(at);
        match read(page, at, rest) {
            Ok(directive) => found.push(directive),
            Err(_) if in_code => {}
            Err(message) => page.problem(problems, at, message),
        }
    }
    found
}

/// Each place where a directive begins, with the source after its `#`. After a
/// backslash it is text.
fn openings(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.match_indices("{{").filter_map(move |(at, braces)| {
        let rest = source[at + braces.len()..].trim_start().strip_prefix('#')?;
        (!source[..at].ends_with('\\')).then_some((at, rest))
    })
}

fn read(page: &Page, at: usize, rest: &str) -> Result<Directive, String> {
    let line = rest.lines().next().unwrap_or_default();
    let Some((inside, _)) = line.split_once("}}") else {
        return Err("this directive has no `}}` on its line".to_owned());
    };
    let name_end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let (name, arguments) = inside.split_at(name_end);
    let is_in_code = page.markdown.is_code(at);
    if !NAMES.contains(&name) && !is_in_code {
        let hint = did_you_mean(NAMES, name);
        return Err(format!("there is no directive `{name}`{hint}"));
    }
    let length = page.source[at..].len() - rest.len() + inside.len() + "}}".len();
    let range = at..at + length;
    let html = page.markdown.html_at(at);
    if let Some(html) = html
        && !html.text.starts_with("<!--")
    {
        return Err("a directive cannot stand in HTML: leave a blank line before it".to_owned());
    }
    Ok(Directive {
        is_in_code: is_in_code || html.is_some(),
        is_alone: is_alone(page, &range),
        range,
        name: name.to_owned(),
        arguments: arguments.trim().to_owned(),
    })
}

fn is_alone(page: &Page, range: &Range<usize>) -> bool {
    let around = |paragraph: &&Range<usize>| paragraph.contains(&range.start);
    let paragraph = page.markdown.paragraphs.iter().find(around);
    paragraph.is_some_and(|paragraph| page.source[paragraph.clone()].trim().len() == range.len())
}
