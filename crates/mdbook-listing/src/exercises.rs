//! The exercises that the chapters have, and where the pages show them.

use crate::directive::Directive;
use crate::page::{Page, address};
use crate::places::Places;
use crate::problems::Problems;
use crate::reading_order::ReadingOrder;
use recording::catalogue::{Exercise, ExerciseName, chapters, did_you_mean};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every exercise, shown or not, and those that are shown in reading order.
#[derive(Default)]
pub(crate) struct Exercises {
    /// As the chapters' manifests name them.
    names: Vec<ExerciseName>,
    /// Those that can be read.
    read: BTreeMap<ExerciseName, Exercise>,
    shown: Vec<ShownExercise>,
    places: Places,
}

/// An exercise as a page shows it.
pub(crate) struct ShownExercise {
    pub(crate) name: ExerciseName,
    /// `2-1`
    pub(crate) number: String,
    /// The page's path, as links name it.
    page: PathBuf,
    at: usize,
}

impl ShownExercise {
    /// `exercise-chapter2-both_streams`
    pub(crate) fn id(&self) -> String {
        format!("exercise-{}-{}", self.name.chapter, self.name.name)
    }

    pub(crate) fn link_from(&self, page: &Page) -> String {
        page.link_to(&format!("{}#{}", address(&self.page), self.id()))
    }
}

impl Exercises {
    /// Notes exercises that are not as they should be.
    pub(crate) fn read(root: &Path, problems: &mut Problems) -> Exercises {
        let mut exercises = Exercises::default();
        let chapters = chapters(root).unwrap_or_else(|fault| {
            problems.add_fault(fault);
            Vec::new()
        });
        for chapter in chapters {
            match ExerciseName::of_chapter(root, &chapter) {
                Ok(names) => exercises.names.extend(names),
                Err(fault) => problems.add_fault(fault),
            }
        }
        for name in &exercises.names {
            match Exercise::read(root, name.clone()) {
                Ok(exercise) => _ = exercises.read.insert(name.clone(), exercise),
                Err(fault) => problems.add_fault(fault),
            }
        }
        exercises
    }

    /// Adds what the next directive shows, and notes why it cannot stand there.
    /// `order` has the listings.
    pub(crate) fn add(
        &mut self,
        page: &Page,
        directive: &Directive,
        order: &ReadingOrder,
        problems: &mut Problems,
    ) {
        let at = directive.range.start;
        let name = match self.find(&directive.arguments) {
            Ok(name) => name.clone(),
            Err(message) => return page.problem(problems, at, message),
        };
        for fault in self.misplaced(page, directive, &name) {
            page.problem(problems, at, fault);
        }
        let places = &mut self.places;
        if !places.is_first(&name.to_string(), page, directive, problems) {
            return;
        }
        let before = self.shown.iter();
        let count = before.filter(|shown| shown.name.chapter == name.chapter);
        let number = format!("{}-{}", order.series(&name.chapter), count.count() + 1);
        self.shown.push(ShownExercise {
            number,
            page: page.path.clone(),
            at,
            name,
        });
    }

    /// Why an exercise cannot stand there.
    fn misplaced(&self, page: &Page, directive: &Directive, name: &ExerciseName) -> Vec<String> {
        let mut faults = Vec::new();
        faults.extend(
            directive
                .must_be_alone(&format!("the exercise {name}"))
                .err(),
        );
        let chapter = &name.chapter;
        if !is_of(page, chapter) {
            faults.push(format!(
                "the exercise {name} belongs on a page of its own chapter, {chapter}"
            ));
        }
        let mut before = self.shown.iter().map(|shown| &shown.name);
        let is_later = |shown: &&ExerciseName| {
            shown.chapter == *chapter && self.place_of(shown) > self.place_of(name)
        };
        if let Some(later) = before.find(is_later) {
            faults.push(format!(
                "{name} is shown after {later}, and stands before it in the chapter's Cargo.toml"
            ));
        }
        faults
    }

    /// Notes exercises that no page shows, and pages that a check names and
    /// the book does not have.
    pub(crate) fn check(&self, root: &Path, pages: &[Page], problems: &mut Problems) {
        for name in &self.names {
            if !self.places.have(&name.to_string()) {
                let message = format!("no page shows the exercise {name}");
                problems.add(&name.given(), None, message);
            }
            // A missing check was noted when the exercise was read.
            let check = fs::read_to_string(root.join(name.check())).unwrap_or_default();
            for (line, wanted) in pages_in(&check) {
                if pages.iter().any(|page| page.path == Path::new(wanted)) {
                    continue;
                }
                let names = pages.iter().map(|page| page.path.to_string_lossy());
                let message = format!("there is no page {wanted}{}", did_you_mean(names, wanted));
                problems.add(&name.check(), Some(line), message);
            }
        }
    }

    /// Those that the pages show, in reading order.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (&ShownExercise, &Exercise)> {
        let shown = self.shown.iter();
        shown.filter_map(|shown| Some((shown, self.read.get(&shown.name)?)))
    }

    /// What a directive shows; nothing if it was refused already.
    pub(crate) fn at(
        &self,
        page: &Page,
        directive: &Directive,
    ) -> Option<(&ShownExercise, &Exercise)> {
        let at = directive.range.start;
        self.shown()
            .find(|(shown, _)| shown.page == page.path && shown.at == at)
    }

    /// The exercises that a page shows.
    pub(crate) fn on<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = &'a ExerciseName> {
        let shown = self.shown.iter();
        shown
            .filter(|shown| shown.page == page.path)
            .map(|shown| &shown.name)
    }

    fn find(&self, wanted: &str) -> Result<&ExerciseName, String> {
        if wanted.is_empty() {
            return Err("name the exercise: {{#exercise chapter2/both_streams}}".to_owned());
        }
        let found = self.names.iter().find(|name| name.to_string() == wanted);
        found.ok_or_else(|| {
            let hint = did_you_mean(&self.names, wanted);
            format!("there is no exercise {wanted}{hint}")
        })
    }

    fn place_of(&self, name: &ExerciseName) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }
}

/// Whether a page belongs to a package: `chapter2-output-and-errors/` to
/// `chapter2`, `appendix-enough-rust/` to `enough-rust`.
fn is_of(page: &Page, package: &str) -> bool {
    let folder = page.folder().to_string_lossy();
    let rest = folder.strip_prefix(package);
    rest.is_some_and(|rest| rest.starts_with('-'))
        || folder.strip_prefix("appendix-") == Some(package)
}

/// The pages that a check sends its reader to, each with its line.
fn pages_in(check: &str) -> impl Iterator<Item = (usize, &str)> {
    let named = ["const PAGE: &str =", ".read("].into_iter();
    named.flat_map(move |mark| {
        check.match_indices(mark).filter_map(move |(at, mark)| {
            let rest = check[at + mark.len()..].trim_start().strip_prefix('"')?;
            let (page, _) = rest.split_once('"')?;
            Some((check[..at].matches('\n').count() + 1, page))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_names_its_pages() {
        let check = "use a;\n\nconst PAGE: &str = \"a.md\";\n\n\
                     fn b() {\n    trial().read(PAGE).passes();\n    trial().read(\"b.md\");\n}\n";
        assert_eq!(
            pages_in(check).collect::<Vec<_>>(),
            [(3, "a.md"), (7, "b.md")]
        );
    }
}
