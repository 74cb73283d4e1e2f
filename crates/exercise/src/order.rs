//! All exercises, in the order of the book: chapter by chapter, and in a
//! chapter as its manifest names them.

use crate::exercise::Exercise;
use crate::name::ExerciseName;
use anyhow::{Context, ensure};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// What a manifest says of its test targets.
#[derive(Deserialize)]
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

/// Every exercise of the book at `root`.
///
/// # Errors
/// A chapter or an exercise cannot be read, or is not as it should be.
pub fn all(root: &Path) -> anyhow::Result<Vec<Exercise>> {
    let names = names(root)?.into_iter();
    names.map(|name| Exercise::read(root, name)).collect()
}

/// Their names. A new exercise has one before it can be read.
///
/// # Errors
/// A chapter cannot be read, or is not as it should be.
pub fn names(root: &Path) -> anyhow::Result<Vec<ExerciseName>> {
    let mut names = Vec::new();
    for chapter in chapters(root)? {
        names.extend(of_chapter(root, &chapter)?);
    }
    Ok(names)
}

/// The packages that may have exercises, in order.
///
/// # Errors
/// The folder cannot be read.
pub fn chapters(root: &Path) -> anyhow::Result<Vec<String>> {
    let folder = root.join("chapters-code");
    let entries = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.path().join("Cargo.toml").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// The exercises of one chapter. Each file in its folder must be a target that
/// `cargo test` leaves out, and its solution one that it runs.
///
/// # Errors
/// The manifest cannot be read, or one of them is not so.
pub fn of_chapter(root: &Path, chapter: &str) -> anyhow::Result<Vec<ExerciseName>> {
    let path = Path::new("chapters-code").join(chapter).join("Cargo.toml");
    let text = fs::read_to_string(root.join(&path));
    let text = text.with_context(|| path.display().to_string())?;
    let manifest: Manifest = toml::from_str(&text).with_context(|| path.display().to_string())?;
    let mut names = Vec::new();
    for target in &manifest.test {
        if target.path != format!("exercises/{}.rs", target.name) {
            continue;
        }
        let name = ExerciseName {
            chapter: chapter.to_owned(),
            name: target.name.clone(),
        };
        ensure!(
            !target.test,
            "{}: the exercise {} needs `test = false`, or it fails every test run",
            path.display(),
            target.name
        );
        let solution = manifest.test.iter().any(|other| {
            let path = format!("solutions/{}.rs", target.name);
            other.test && other.name == name.solution_target() && other.path == path
        });
        ensure!(
            solution,
            "{}: there must be a test {} at solutions/{}.rs",
            path.display(),
            name.solution_target(),
            target.name
        );
        names.push(name);
    }
    forgotten(root, chapter, &names)?;
    Ok(names)
}

/// An exercise that the manifest does not name would never be met.
fn forgotten(root: &Path, chapter: &str, names: &[ExerciseName]) -> anyhow::Result<()> {
    let folder = Path::new("chapters-code").join(chapter).join("exercises");
    let entries = fs::read_dir(root.join(&folder)).into_iter().flatten();
    for entry in entries {
        let file = entry?.file_name().to_string_lossy().into_owned();
        let stem = file.strip_suffix(".rs").or(file.strip_suffix(".toml"));
        let Some(stem) = stem.filter(|_| !file.starts_with('.')) else {
            continue;
        };
        ensure!(
            names.iter().any(|name| name.name == stem),
            "{} is in no [[test]] of the chapter's Cargo.toml",
            folder.join(&file).display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(manifest: &str) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let chapter = root.path().join("chapters-code/chapter1");
        for folder in ["exercises/given", "solutions", "checks"] {
            fs::create_dir_all(chapter.join(folder)).unwrap();
        }
        let source = "//! # Title\n//!\n//! Do it.\n\nfn a() {}\n";
        let settings = "minutes = 10\nfails = \"it\"\nhints = [\"a\", \"b\", \"c\"]\n";
        for name in ["b", "a"] {
            for folder in ["exercises", "exercises/given", "solutions", "checks"] {
                fs::write(chapter.join(format!("{folder}/{name}.rs")), source).unwrap();
            }
            fs::write(chapter.join(format!("exercises/{name}.toml")), settings).unwrap();
        }
        fs::write(chapter.join("Cargo.toml"), manifest).unwrap();
        root
    }

    fn targets(names: &[&str], test: bool) -> String {
        let targets = names.iter().map(|name| {
            format!(
                "[[test]]\nname = \"{name}\"\npath = \"exercises/{name}.rs\"\ntest = {test}\n\
                 [[test]]\nname = \"{name}_solution\"\npath = \"solutions/{name}.rs\"\n"
            )
        });
        targets.collect()
    }

    #[test]
    fn the_manifest_gives_the_order() {
        let book = book(&targets(&["b", "a"], false));
        let all = all(book.path()).unwrap();
        let names: Vec<_> = all.iter().map(|it| it.name.to_string()).collect();
        assert_eq!(names, ["chapter1/b", "chapter1/a"]);
        assert_eq!(all[0].title, "Title");
        assert_eq!(all[0].task, "Do it.");
    }

    #[test]
    fn an_exercise_that_every_test_run_meets_is_refused() {
        let book = book(&targets(&["b", "a"], true));
        let error = all(book.path()).unwrap_err().to_string();
        assert!(error.contains("needs `test = false`"), "{error}");
    }

    #[test]
    fn an_exercise_that_no_target_names_is_refused() {
        let book = book(&targets(&["b"], false));
        let error = all(book.path()).unwrap_err().to_string();
        assert!(error.contains("is in no [[test]]"), "{error}");
    }

    #[test]
    fn two_hints_are_too_few() {
        let book = book(&targets(&["b", "a"], false));
        let settings = book.path().join("chapters-code/chapter1/exercises/a.toml");
        let two = "minutes = 10\nfails = \"it\"\nhints = [\"a\", \"b\"]\n";
        fs::write(settings, two).unwrap();
        let error = all(book.path()).unwrap_err().to_string();
        assert!(error.contains("has 3 hints, and this one 2"), "{error}");
    }
}
