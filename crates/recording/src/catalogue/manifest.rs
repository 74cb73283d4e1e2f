//! The exercises of a chapter, as the chapter's manifest names them.

use super::chapters::{chapters, names_in};
use super::fault::{Fault, read_toml};
use super::name::{CHAPTERS, ExerciseName, ROOT};
use serde::Deserialize;
use std::path::Path;

/// What a manifest says of its test targets.
#[derive(Default, Deserialize)]
struct Manifest {
    #[serde(default)]
    test: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    path: String,
    #[serde(default = "yes")]
    test: bool,
}

fn yes() -> bool {
    true
}

impl ExerciseName {
    /// The names of all exercises of the book at `root`, in the order of the book.
    /// An exercise has its name as soon as the manifest names it, even if
    /// [`Exercise::read`](super::Exercise::read) still misses a file.
    ///
    /// # Errors
    /// A chapter cannot be read, or is not as it should be.
    pub fn all(root: &Path) -> Result<Vec<ExerciseName>, Fault> {
        let mut names = Vec::new();
        for chapter in chapters(root)? {
            names.extend(ExerciseName::of_chapter(root, &chapter)?);
        }
        Ok(names)
    }

    /// The exercises of one chapter, as its manifest names them. Each file in
    /// its folder must be a target that `cargo test` leaves out, and its
    /// solution one that it runs.
    ///
    /// # Errors
    /// The manifest cannot be read, or an exercise has other targets.
    pub fn of_chapter(root: &Path, chapter: &str) -> Result<Vec<ExerciseName>, Fault> {
        let file = Path::new(CHAPTERS).join(chapter).join("Cargo.toml");
        let manifest = read_toml::<Manifest>(root, &file)?.unwrap_or_default();
        let mut names = Vec::new();
        for target in &manifest.test {
            if target.path != format!("exercises/{}{ROOT}", target.name) {
                continue;
            }
            let name = ExerciseName {
                chapter: chapter.to_owned(),
                name: target.name.clone(),
            };
            if let Some(message) = manifest.fault(target, &name) {
                return Err(Fault::of(file, message));
            }
            names.push(name);
        }
        find_forgotten(root, chapter, &names)?;
        Ok(names)
    }
}

impl Manifest {
    /// What is wrong with an exercise's two targets.
    fn fault(&self, target: &Target, name: &ExerciseName) -> Option<String> {
        let exercise = &name.name;
        if target.test {
            return Some(format!(
                "the exercise {exercise} needs `test = false`, or it fails every test run"
            ));
        }
        let path = format!("solutions/{exercise}.rs");
        let solution = name.solution_target();
        let mut others = self.test.iter();
        let is_there =
            others.any(|other| other.test && other.name == solution && other.path == path);
        (!is_there).then(|| format!("there must be a test {solution} at {path}"))
    }
}

/// Finds an exercise's file that the manifest does not name: no reader would
/// meet it. A `NAME.rs` is a reader's own, even if the book no longer has its exercise.
fn find_forgotten(root: &Path, chapter: &str, names: &[ExerciseName]) -> Result<(), Fault> {
    let folder = Path::new(CHAPTERS).join(chapter).join("exercises");
    for file in names_in(root, &folder)? {
        let stem = file.strip_suffix(ROOT).or(file.strip_suffix(".toml"));
        let stem = stem.filter(|_| !file.starts_with('.'));
        if stem.is_some_and(|stem| names.iter().all(|name| name.name != stem)) {
            let message = "it is in no [[test]] of the chapter's Cargo.toml";
            return Err(Fault::of(folder.join(&file), message));
        }
    }
    Ok(())
}
