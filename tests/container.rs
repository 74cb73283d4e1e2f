//! The container and the development container: that they hold what the listings
//! need, and publish the port to nobody but its owner. `tests/server_http` opens the book
//! as they do; to build them is left to Docker.

use recording::catalogue::Exercise;
use std::collections::BTreeSet;
use std::fs;
use tests::book::{listings, root, settings};
use tests::container::{development_container, told_when_attached};

/// Debian's packages, and what the listings need of them; `packages.debian.org` names
/// the package of a file.
const PACKAGES: &[(&str, &[&str])] = &[
    ("bash", &["bash"]),
    ("bsdutils", &["script"]),
    ("coreutils", &["mkfifo", "stdbuf", "timeout"]),
    ("ffmpeg", &["ffmpeg"]),
    ("findutils", &["xargs"]),
    ("mawk", &["awk"]),
    ("nodejs", &["node"]),
    ("python3", &["python3"]),
    ("sox", &["sox"]),
    ("util-linux", &["prlimit", "setpriv", "setsid"]),
];

/// The linker, without which Rust compiles nothing.
const LINKER: [&str; 2] = ["gcc", "libc6-dev"];

const LIST: &str = ".ci/listings-need.txt";

fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn listed() -> BTreeSet<String> {
    text(LIST).lines().map(str::to_owned).collect()
}

/// The programs that a listing or an exercise needs.
fn needed() -> BTreeSet<String> {
    let of_listings = listings().into_iter().flat_map(|it| settings(&it).needs);
    let mut needed: BTreeSet<_> = of_listings.collect();
    let exercises = Exercise::all(&root()).expect("exercises");
    needed.extend(exercises.into_iter().flat_map(|it| it.settings.needs));
    needed
}

#[test]
fn the_list_has_each_package_that_a_listing_needs_and_no_other() {
    let mut packages: BTreeSet<String> = LINKER.map(str::to_owned).into();
    for program in needed() {
        let package = PACKAGES.iter().find(|(_, it)| it.contains(&&*program));
        let Some((package, _)) = package else {
            panic!("a listing needs {program}: say in PACKAGES and in {LIST} what brings it");
        };
        packages.insert((*package).to_owned());
    }
    assert_eq!(listed(), packages, "{LIST}");
}

/// The rows of the README's table of what is optional, with the programs in each.
fn optional(readme: &str) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
    let table = readme.split("## What is optional").nth(1).expect("a table");
    let rows = table.lines().filter(|row| row.starts_with("| `"));
    rows.map(|row| {
        let programs = row.split('|').nth(1).unwrap_or_default();
        (row, programs.split('`').skip(1).step_by(2))
    })
}

#[test]
fn the_list_has_what_the_readme_says_of_listings() {
    let readme = text("README.md");
    let mut told = 0;
    for (row, programs) in optional(&readme).filter(|(row, _)| row.contains("listings")) {
        for program in programs {
            assert!(listed().contains(program), "{program}, of: {row}");
            told += 1;
        }
    }
    assert!(told >= 2, "the README tells of python3 and ffmpeg");
}

#[test]
fn ci_installs_all_that_the_readme_says_is_optional() {
    let readme = text("README.md");
    let script = text(".ci/run") + &text(LIST);
    let is_no_name = |c: char| !c.is_ascii_alphanumeric() && c != '-';
    let installed: BTreeSet<_> = script.split(is_no_name).collect();
    let mut told = 0;
    for program in optional(&readme).flat_map(|(_, programs)| programs) {
        // Of two browsers one is enough.
        let package = match program {
            "xz" => "xz-utils",
            "pdftotext" => "poppler-utils",
            "node" => "nodejs",
            "chromium" => "chromium-headless-shell",
            command if command.starts_with("cargo ") => continue,
            same => same,
        };
        assert!(installed.contains(package), "{package}, for {program}");
        told += 1;
    }
    assert!(told >= 6, "the README tells of more than {told}");
}

#[test]
fn the_container_and_ci_install_the_list() {
    let dockerfile = text("Dockerfile");
    let copied = format!("COPY {LIST} /tmp/listings-need.txt");
    assert!(dockerfile.contains(&copied));
    let joined = dockerfile.replace("\\\n", " ");
    let install = joined.lines().find(|line| line.contains("apt-get install"));
    let install = install.expect("it installs packages");
    assert!(install.contains("xargs -a /tmp/listings-need.txt"));
    assert!(text(".ci/run").contains(&format!("mapfile -t packages <{LIST}")));
}

#[test]
fn the_container_has_the_rust_that_the_readme_names() {
    let readme = text("README.md");
    let tested = readme.split("tested with Rust ").nth(1).expect("a version");
    let tested: String = (tested.chars())
        .take_while(|it| it.is_ascii_digit() || *it == '.')
        .collect();
    let tested = tested.trim_end_matches('.');
    let toolchain = format!("--default-toolchain {tested}.");
    assert!(text("Dockerfile").contains(&toolchain), "{toolchain}");
}

#[test]
fn the_published_port_is_the_owners_alone() {
    assert!(text("Dockerfile").contains("\nEXPOSE 3000\n"));
    let mut published = 0;
    for file in ["Dockerfile", "README.md"] {
        let text = text(file);
        for line in text.lines().filter(|line| line.contains("docker run")) {
            let port = line.split(" -p ").nth(1).unwrap_or_default();
            assert!(port.starts_with("127.0.0.1:3000:3000"), "{file}: {line}");
            published += 1;
        }
    }
    assert!(published >= 2, "both say how");
}

#[test]
fn the_development_container_is_built_from_what_is_there() {
    let devcontainer = development_container().expect("JSON");
    let build = &devcontainer["build"];
    let folder = root().join(".devcontainer");
    let dockerfile = folder.join(build["dockerfile"].as_str().expect("a file"));
    let dockerfile = fs::read_to_string(dockerfile).expect("the file");
    let context = folder.join(build["context"].as_str().expect("a folder"));
    assert!(context.join(LIST).is_file());
    let stage = build["target"].as_str().expect("a stage");
    let is_there =
        |line: &str| line.starts_with("FROM ") && line.ends_with(&format!(" AS {stage}"));
    assert!(dockerfile.lines().any(is_there), "{stage}");
    let user = devcontainer["remoteUser"].as_str().expect("a user");
    assert!(dockerfile.contains(&format!("useradd --create-home --shell /bin/bash {user}")));
    assert_eq!(devcontainer["forwardPorts"], serde_json::json!([3000]));
    // What it compiles before it is first opened is what the container's image holds.
    let compile = devcontainer["postCreateCommand"].as_str().expect("words");
    assert!(
        dockerfile.contains(&format!("\nRUN {compile}\n")),
        "{compile}"
    );
}

#[test]
fn an_editor_s_own_container_opens_the_book_as_anywhere() {
    assert_eq!(told_when_attached(&[]).expect("words"), [""; 0]);
}
