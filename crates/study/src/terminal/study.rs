//! The exercises that are studied, and which of them is meant.

use crate::progress::STUDYING;
use crate::progress_file::ProgressFile;
use anyhow::bail;
use recording::catalogue::{Exercise, did_you_mean};
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

    /// The first exercise that has not passed, from the one on that was studied
    /// last.
    fn next(&self) -> anyhow::Result<usize> {
        let progress = self.progress_file.read()?;
        let last = progress.get(STUDYING).unwrap_or_default();
        let mut all = self.exercises.iter();
        let from = all.position(|it| it.name.to_string() == last).unwrap_or(0);
        let order = (from..self.exercises.len()).chain(0..from);
        let mut open = order.filter(|at| !progress.has_passed(&self.exercises[*at].name));
        Ok(open.next().unwrap_or(from))
    }
}
