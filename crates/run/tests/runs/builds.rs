use crate::started::supervisor;
use run::cargo::{Build, Diagnostic, cargo};
use run::chapters::Chapters;
use rustix::io::Errno;
use rustix::process::{WaitOptions, wait};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};
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

/// How the package's build ends, and what rustc says of it.
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

/// A folder in which `sh`, started instead of Cargo with the argument `build`, runs
/// this script.
fn faked_by(script: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("build"), script).unwrap();
    folder
}

/// The test starts itself a second time, as a process whose only child is the
/// false Cargo.
#[test]
fn a_line_that_is_no_message_leaves_no_cargo_behind() {
    const NAME: &str = "builds::a_line_that_is_no_message_leaves_no_cargo_behind";
    if let Some(folder) = env::var_os("RUN_TEST_BUILDS_IN") {
        let _ = Chapters::build(Path::new(&folder), ["one"]);
        assert_eq!(wait(WaitOptions::NOHANG).unwrap_err(), Errno::CHILD);
        return;
    }
    for status in [0, 101] {
        let folder = faked_by(&format!("printf '\\377\\n{{\\n{{}}\\n'; exit {status}"));
        let again = Command::new(env::current_exe().unwrap())
            .args(["--exact", NAME, "--nocapture"])
            .env("RUN_TEST_BUILDS_IN", folder.path())
            .env("CARGO", "sh")
            .output();
        let again = again.unwrap();
        assert!(again.status.success(), "{again:?}");
    }
}
