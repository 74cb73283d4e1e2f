//! The manifests of a chapter's copy: a workspace of its own that takes all but
//! the chapter from the book.

use anyhow::Context;
use recording::catalogue::{CHAPTERS, read_toml};
use std::path::Path;
use toml::{Table, Value};

/// The tables of a manifest that name packages.
const DEPENDENCIES: [&str; 2] = ["dependencies", "build-dependencies"];

/// The book's root manifest.
///
/// # Errors
/// It cannot be read.
pub(super) fn of_book(root: &Path) -> anyhow::Result<Table> {
    read(root, Path::new("Cargo.toml"))
}

/// The book's root manifest with one member. What it names by a path stays the
/// book's own, and no lint keeps an edit from being compiled.
///
/// # Errors
/// The book's is no manifest of a workspace, or the chapter's cannot be read.
pub(super) fn of_workspace(book: &Table, root: &Path, chapter: &str) -> anyhow::Result<String> {
    let mut manifest = book.clone();
    let used = dependencies(root, chapter)?;
    profiles_of(&mut manifest, &used);
    let workspace = table(&mut manifest, "workspace").context("Cargo.toml has no workspace")?;
    let member = format!("{CHAPTERS}/{chapter}");
    workspace.insert("members".to_owned(), vec![member].into());
    workspace.remove("default-members");
    workspace.remove("exclude");
    from_the_book(workspace, root, None);
    if let Some(lints) = table(workspace, "lints") {
        lints.iter_mut().for_each(|(_, tool)| forbid_nothing(tool));
    }
    if let Some(patch) = table(&mut manifest, "patch") {
        let sources = patch.iter_mut().filter_map(|(_, it)| it.as_table_mut());
        sources.for_each(|packages| absolute(packages, root));
    }
    Ok(toml::to_string(&manifest)?)
}

/// The chapter's manifest, with one binary that is called `binary`: the book's
/// own, in the same target folder, keeps its name. What the book names for all its
/// members has the features that it has there: so it is compiled already.
///
/// # Errors
/// The book's cannot be read.
pub(super) fn of_chapter(
    book: &Table,
    root: &Path,
    chapter: &str,
    binary: &str,
) -> anyhow::Result<String> {
    let folder = Path::new(CHAPTERS).join(chapter);
    let mut manifest = read(root, &folder.join("Cargo.toml"))?;
    let folder = root.join(folder);
    for gone in ["test", "bench", "example", "dev-dependencies"] {
        manifest.remove(gone);
    }
    let bins = manifest.get("bin").and_then(Value::as_array);
    let path = bins.and_then(|bins| bins.first()?.get("path")).cloned();
    let mut bin = Table::new();
    bin.insert("name".to_owned(), binary.into());
    bin.insert("path".to_owned(), path.unwrap_or("src/main.rs".into()));
    manifest.insert("bin".to_owned(), vec![bin].into());
    let package = table(&mut manifest, "package").context("a chapter is a package")?;
    package.remove("default-run");
    for found in ["autobins", "autotests", "autobenches", "autoexamples"] {
        package.insert(found.to_owned(), false.into());
    }
    let shared = book
        .get("workspace")
        .and_then(|it| it.get("dependencies")?.as_table());
    from_the_book(&mut manifest, &folder, shared);
    if let Some(targets) = table(&mut manifest, "target") {
        let targets = targets.iter_mut().filter_map(|(_, it)| it.as_table_mut());
        targets.for_each(|target| from_the_book(target, &folder, shared));
    }
    if let Some(lints) = table(&mut manifest, "lints") {
        lints.iter_mut().for_each(|(_, tool)| forbid_nothing(tool));
    }
    Ok(toml::to_string(&manifest)?)
}

/// The chapter's crates, as Rust names them.
///
/// # Errors
/// The book's manifest cannot be read.
pub(super) fn crates(root: &Path, chapter: &str) -> anyhow::Result<Vec<String>> {
    let names = dependencies(root, chapter)?;
    Ok(names.iter().map(|name| name.replace('-', "_")).collect())
}

/// The packages that the chapter depends on.
fn dependencies(root: &Path, chapter: &str) -> anyhow::Result<Vec<String>> {
    let file = Path::new(CHAPTERS).join(chapter).join("Cargo.toml");
    let manifest = read(root, &file)?;
    let packages = manifest.get("dependencies").and_then(Value::as_table);
    Ok(packages
        .into_iter()
        .flat_map(Table::keys)
        .cloned()
        .collect())
}

/// Leaves no package in a profile that Cargo would not find, and warn of.
fn profiles_of(manifest: &mut Table, used: &[String]) {
    let profiles = table(manifest, "profile").into_iter().flatten();
    for (_, profile) in profiles {
        let packages = profile.as_table_mut().and_then(|it| table(it, "package"));
        if let Some(packages) = packages {
            packages.retain(|name, _| name == "*" || used.iter().any(|it| it == name));
        }
    }
}

fn read(root: &Path, file: &Path) -> anyhow::Result<Table> {
    let manifest = read_toml(root, file)?;
    manifest.with_context(|| format!("there is no {}", file.display()))
}

fn table<'a>(inside: &'a mut Table, key: &str) -> Option<&'a mut Table> {
    inside.get_mut(key)?.as_table_mut()
}

/// Makes the paths of packages absolute, which begin at `folder`, and takes from the
/// workspace what is in `shared`.
fn from_the_book(inside: &mut Table, folder: &Path, shared: Option<&Table>) {
    for key in DEPENDENCIES {
        if let Some(packages) = table(inside, key) {
            absolute(packages, folder);
            of_all(packages, shared);
        }
    }
}

/// Lets each package's path begin at the root of the system, not at `folder`.
fn absolute(packages: &mut Table, folder: &Path) {
    for (_, package) in packages {
        let path = package.get_mut("path");
        if let Some(Value::String(path)) = path {
            *path = folder.join(&*path).to_string_lossy().into_owned();
        }
    }
}

/// Takes from the workspace each package of a registry that it names in `shared`.
fn of_all(packages: &mut Table, shared: Option<&Table>) {
    let Some(shared) = shared else {
        return;
    };
    for (name, package) in packages {
        let mut inherited = match package {
            Value::String(_) => Table::new(),
            Value::Table(it) if it.contains_key("version") => it.clone(),
            _ => continue,
        };
        if shared.contains_key(name) {
            inherited.remove("version");
            inherited.insert("workspace".to_owned(), true.into());
            *package = inherited.into();
        }
    }
}

/// Makes warnings of `deny` and `forbid`.
fn forbid_nothing(tool: &mut Value) {
    for (_, lint) in tool.as_table_mut().into_iter().flatten() {
        let level = match lint {
            Value::Table(lint) => lint.get_mut("level"),
            level => Some(level),
        };
        if let Some(Value::String(level)) = level
            && ["deny", "forbid"].contains(&level.as_str())
        {
            *level = "warn".to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A book in which a package's folder holds this manifest.
    fn manifest(package: &str, text: &str) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let workspace =
            "[workspace.dependencies]\nshared = { version = \"1\", features = [\"a\"] }\n";
        fs::write(root.path().join("Cargo.toml"), workspace).unwrap();
        let folder = root.path().join(package);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("Cargo.toml"), text).unwrap();
        root
    }

    #[test]
    fn one_chapter_is_left_and_the_rest_is_the_books() {
        let root = manifest(
            "",
            "[workspace]\nmembers = [\"a\"]\ndefault-members = [\"a\"]\n\
             [workspace.dependencies]\nlisting = { path = \"crates/listing\" }\nanyhow = \"1\"\n\
             [workspace.lints.rust]\nunused = \"deny\"\nunsafe_code = \"allow\"\n\
             [workspace.lints.clippy]\nall = { level = \"forbid\", priority = -1 }\n\
             [profile.dev]\ndebug = 1\n\
             [profile.dev.package]\n\"*\" = {}\nlisting = {}\nserver = {}\n",
        );
        let chapter = root.path().join("chapters-code/chapter5");
        fs::create_dir_all(&chapter).unwrap();
        let depends = "[dependencies]\nlisting.workspace = true\n";
        fs::write(chapter.join("Cargo.toml"), depends).unwrap();
        let book = of_book(root.path()).unwrap();
        let made = of_workspace(&book, root.path(), "chapter5").unwrap();
        let made: Table = made.parse().unwrap();
        let workspace = &made["workspace"];
        assert_eq!(
            workspace["members"][0].as_str(),
            Some("chapters-code/chapter5")
        );
        assert!(workspace.get("default-members").is_none());
        let listing = root.path().join("crates/listing");
        let path = workspace["dependencies"]["listing"]["path"].as_str();
        assert_eq!(path, listing.to_str());
        assert_eq!(workspace["dependencies"]["anyhow"].as_str(), Some("1"));
        let lints = &workspace["lints"];
        assert_eq!(lints["rust"]["unused"].as_str(), Some("warn"));
        assert_eq!(lints["rust"]["unsafe_code"].as_str(), Some("allow"));
        assert_eq!(lints["clippy"]["all"]["level"].as_str(), Some("warn"));
        let dev = &made["profile"]["dev"];
        assert_eq!(dev["debug"].as_integer(), Some(1));
        let packages: Vec<_> = dev["package"].as_table().unwrap().keys().collect();
        assert_eq!(packages, ["*", "listing"]);
    }

    #[test]
    fn a_chapter_has_one_binary_and_nothing_to_test() {
        let root = manifest(
            "chapters-code/chapter8",
            "[package]\nname = \"chapter8\"\n[dependencies]\nown = { path = \"../own\" }\nalone = \"2\"\n\
             shared = { version = \"1\", features = [\"b\"] }\n\
             [target.'cfg(unix)'.dependencies]\nshared = \"1\"\n\
             [dev-dependencies]\nx = \"1\"\n[[bench]]\nname = \"costs\"\n\
             [[bin]]\nname = \"chapter8\"\npath = \"src/whole.rs\"\nbench = false\n",
        );
        let book = of_book(root.path()).unwrap();
        let made = of_chapter(&book, root.path(), "chapter8", "chapter8-edited").unwrap();
        let made: Table = made.parse().unwrap();
        let bins = made["bin"].as_array().unwrap();
        assert_eq!(bins.len(), 1);
        assert_eq!(bins[0]["name"].as_str(), Some("chapter8-edited"));
        assert_eq!(bins[0]["path"].as_str(), Some("src/whole.rs"));
        assert_eq!(made["package"]["name"].as_str(), Some("chapter8"));
        let path = made["dependencies"]["own"]["path"].as_str().unwrap();
        assert!(Path::new(path).is_absolute());
        assert_eq!(made["dependencies"]["alone"].as_str(), Some("2"));
        let shared = &made["dependencies"]["shared"];
        assert_eq!(shared["workspace"].as_bool(), Some(true));
        assert_eq!(shared["features"][0].as_str(), Some("b"));
        assert!(shared.get("version").is_none());
        let on_unix = &made["target"]["cfg(unix)"]["dependencies"]["shared"];
        assert_eq!(on_unix["workspace"].as_bool(), Some(true));
        assert!(!made.contains_key("bench") && !made.contains_key("dev-dependencies"));
    }
}
