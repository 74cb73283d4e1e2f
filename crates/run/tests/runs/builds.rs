use crate::stage::supervisor;
use run::cargo::{Build, Diagnostic, cargo};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

/// A package of one file.
fn package(source: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manifest = "[package]\nname = \"one\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/main.rs"), source).unwrap();
    folder
}

/// How its build ends, and what is said of it.
fn built(package: &TempDir, limit: Duration) -> (anyhow::Result<PathBuf>, Vec<Diagnostic>) {
    let build = Build {
        start: cargo(package.path(), "build")
            .argument("--offline")
            .argument("--target-dir")
            .argument(package.path().join("target"))
            .time_limit(limit),
        target: "one".to_owned(),
        file: "src/main.rs".to_owned(),
    };
    let mut said = Vec::new();
    let built = build.executable(supervisor(), |_| {}, |it| said.push(it));
    (built, said)
}

const LONG: Duration = Duration::from_secs(120);

#[test]
fn what_compiles_is_a_program() {
    let package = package("fn main() {}\n");
    let (built, said) = built(&package, LONG);
    assert!(built.unwrap().is_file());
    assert_eq!(said, []);
}

#[test]
fn an_error_is_told_at_its_place() {
    let package = package("fn main() {\n    let é = menu;\n}\n");
    let (built, said) = built(&package, LONG);
    assert_eq!(built.unwrap_err().to_string(), "it does not compile");
    let place = said[0].place.clone().unwrap();
    // A column is a character, and not a byte.
    assert_eq!((place.line, place.column, place.end_column), (2, 13, 17));
    assert!(said[0].is_error() && said[0].rendered.contains("cannot find value `menu`"));
}

#[test]
fn a_build_that_never_ends_is_ended() {
    let endless = "#![allow(long_running_const_eval)]\nconst A: () = loop {};\nfn main() { A }\n";
    let package = package(endless);
    let (built, _) = built(&package, Duration::from_secs(3));
    let error = built.unwrap_err().to_string();
    assert_eq!(error, "compiling it took longer than 3 s");
}

#[test]
fn what_keeps_cargo_from_working_is_told_in_its_words() {
    let package = package("fn main() {}\n");
    fs::write(
        package.path().join("Cargo.toml"),
        "[package]\nnam = \"one\"\n",
    )
    .unwrap();
    let (built, _) = built(&package, LONG);
    let error = built.unwrap_err().to_string();
    assert!(
        error.starts_with("Cargo could not build it: error:"),
        "{error}"
    );
}
