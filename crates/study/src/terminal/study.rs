//! The exercises that are studied, and which of them is meant.

use crate::progress::{LAST, Progress, STUDYING};
use crate::progress_file::ProgressFile;
use anyhow::bail;
use recording::catalogue::{Exercise, did_you_mean};
use std::fs;
use std::path::{Path, PathBuf};

/// A reader's study of one book.
pub struct Study {
    pub(super) root: PathBuf,
    pub(super) progress_file: ProgressFile,
    pub(super) exercises: Vec<Exercise>,
}

impl Study {
    /// The exercises of the book at `root`, and what the reader has of them.
    ///
    /// # Errors
    /// An exercise cannot be read, or there is none.
    pub fn of(root: &Path) -> anyhow::Result<Study> {
        let exercises = Exercise::all(root)?;
        if exercises.is_empty() {
            bail!("the book at {} has no exercise", root.display());
        }
        Ok(Study {
            root: root.to_owned(),
            progress_file: ProgressFile::of(root),
            exercises,
        })
    }

    /// The place of an exercise among all: `name` is `chapter2/both_streams`,
    /// `both_streams`, or a chapter, of which the first counts that has not passed.
    /// Without a name it is the exercise to go on with.
    ///
    /// # Errors
    /// There is no such exercise, or more than one; or progress cannot be read.
    pub(super) fn wanted(&self, name: Option<&str>) -> anyhow::Result<usize> {
        let Some(name) = name else {
            return self.next();
        };
        let places = |means: &dyn Fn(&Exercise) -> bool| -> Vec<usize> {
            let all = self.exercises.iter().enumerate();
            all.filter(|(_, it)| means(it)).map(|(at, _)| at).collect()
        };
        let means = |it: &Exercise| it.name.to_string() == name || it.name.name == name;
        match places(&means)[..] {
            [at] => return Ok(at),
            [first, ..] => bail!(
                "more than one exercise is called {name}: write {}",
                self.exercises[first].name
            ),
            [] => {}
        }
        let chapter = places(&|it| it.name.chapter == name);
        if let [first, ..] = chapter[..] {
            let progress = self.progress_file.read()?;
            let is_open = |at: &usize| !progress.has_passed(&self.exercises[*at].name);
            return Ok(chapter.into_iter().find(is_open).unwrap_or(first));
        }
        let names = self.exercises.iter().map(|it| &it.name);
        bail!("there is no exercise {name}{}", did_you_mean(names, name))
    }

    /// The first exercise that has not passed, from the one on where the reader was
    /// last.
    fn next(&self) -> anyhow::Result<usize> {
        let progress = self.progress_file.read()?;
        let from = self.last(&progress).unwrap_or(0);
        let order = (from..self.exercises.len()).chain(0..from);
        let mut open = order.filter(|at| !progress.has_passed(&self.exercises[*at].name));
        Ok(open.next().unwrap_or(from))
    }

    /// Where the reader was last: at the exercise that they studied; else at the one
    /// whose file is the youngest of those that are begun; else at the one that they
    /// passed last; else in the chapter that they read.
    fn last(&self, progress: &Progress) -> Option<usize> {
        let at = |name: &str| {
            let mut all = self.exercises.iter();
            all.position(|it| it.name.to_string() == name)
        };
        let begun = self.exercises.iter().enumerate();
        let begun = begun.filter(|(_, it)| it.is_begun(&self.root));
        let saved = begun.filter_map(|(at, it)| {
            let file = fs::metadata(self.root.join(it.name.file())).ok()?;
            Some((file.modified().ok()?, at))
        });
        let passed = progress.exercises().filter_map(at);
        let read = || {
            let page = progress.get(LAST)?;
            let of_its_chapter = |it: &Exercise| {
                page.strip_prefix(&*it.name.chapter)
                    .map(|rest| rest.starts_with('-'))
            };
            let mut all = self.exercises.iter();
            all.position(|it| of_its_chapter(it) == Some(true))
        };
        let studied = progress.get(STUDYING).and_then(at);
        studied
            .or_else(|| saved.max().map(|(_, at)| at))
            .or_else(|| passed.last())
            .or_else(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use recording::catalogue::{ExerciseName, ExerciseSettings, Solution};

    /// A study of two exercises in each of three chapters.
    fn study(root: &Path) -> Study {
        let exercise = |name: &str| {
            let name: ExerciseName = name.parse().unwrap();
            let file = root.join(name.file());
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "given").unwrap();
            Exercise {
                name,
                title: String::new(),
                task: String::new(),
                code: String::new(),
                given: "given".to_owned(),
                settings: ExerciseSettings {
                    minutes: 1,
                    fails: String::new(),
                    hints: Vec::new(),
                    needs: Vec::new(),
                },
                solution: Solution {
                    text: String::new(),
                    code: String::new(),
                },
            }
        };
        Study {
            root: root.to_owned(),
            progress_file: ProgressFile::of(root),
            exercises: [
                "chapter0/a",
                "chapter0/b",
                "chapter1/c",
                "chapter1/d",
                "chapter2/e",
                "chapter2/f",
            ]
            .map(exercise)
            .into(),
        }
    }

    #[test]
    fn it_goes_on_where_the_reader_was() {
        for (progress, saved, wanted) in [
            ("", None, "chapter0/a"),
            ("studying chapter1/d\n", None, "chapter1/d"),
            (
                "exercise chapter1/d passed\nstudying chapter1/d\n",
                None,
                "chapter2/e",
            ),
            // Passed in the page, before that was noted.
            (
                "exercise chapter0/b passed\nexercise chapter1/c passed\n",
                None,
                "chapter1/d",
            ),
            (
                "exercise chapter1/c passed\nexercise chapter0/a passed\n",
                None,
                "chapter0/b",
            ),
            ("exercise chapter2/f passed\n", None, "chapter0/a"),
            ("hints chapter1/d 2\n", None, "chapter1/d"),
            ("last chapter1-run/index.html\n", None, "chapter1/c"),
            ("last appendix-gotchas/index.html\n", None, "chapter0/a"),
            (
                "exercise chapter0/a passed\n",
                Some("chapter2/e"),
                "chapter2/e",
            ),
            (
                "exercise chapter2/e passed\n",
                Some("chapter2/e"),
                "chapter2/f",
            ),
            ("studying chapter1/c\n", Some("chapter2/e"), "chapter1/c"),
        ] {
            let root = tempfile::tempdir().unwrap();
            let study = study(root.path());
            fs::write(root.path().join("progress.txt"), progress).unwrap();
            if let Some(saved) = saved {
                let name: ExerciseName = saved.parse().unwrap();
                fs::write(root.path().join(name.file()), "begun").unwrap();
            }
            let at = study.wanted(None).unwrap();
            let name = study.exercises[at].name.to_string();
            assert_eq!(name, wanted, "{progress:?} {saved:?}");
        }
    }
}
