//! A chapter's copy, with one listing as its reader has edited it.

use super::manifest;
use anyhow::Context;
use recording::catalogue::{CHAPTERS, ListingName};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of a chapter that its program is not made of.
const NOT_COPIED: [&str; 7] = [
    "recordings",
    "exercises",
    "solutions",
    "checks",
    "benches",
    "tests",
    "python",
];

/// A chapter's copy: a workspace whose one member is the chapter.
pub(super) struct ChapterCopy {
    pub(super) folder: PathBuf,
    /// The name of its binary.
    pub(super) binary: String,
}

/// Brings the chapter's copy in `folder` up to date. A file that is right already is
/// not written: Cargo compiles a file anew that is younger than what was built of it.
///
/// # Errors
/// A file cannot be read or written.
pub(super) fn copy(
    root: &Path,
    folder: &Path,
    listing: &ListingName,
    source: &str,
) -> anyhow::Result<ChapterCopy> {
    let ListingName { chapter, .. } = listing;
    let number = folder.file_name().context("the folder has a number")?;
    let copy = ChapterCopy {
        folder: folder.join(chapter),
        // Servers share a target folder: two binaries of one name would be one file.
        binary: format!("{chapter}-edited-{}", number.to_string_lossy()),
    };
    let book = manifest::of_book(root)?;
    let workspace = manifest::of_workspace(&book, root, chapter)?;
    write(&copy.folder.join("Cargo.toml"), workspace.as_bytes())?;
    copy_lock(root, &copy.folder)?;
    let place = Path::new(CHAPTERS).join(chapter);
    let (from, to) = (root.join(&place), copy.folder.join(&place));
    let package = manifest::of_chapter(&book, root, chapter, &copy.binary)?;
    let own = [
        (to.join("Cargo.toml"), package.as_bytes()),
        (copy.folder.join(listing.source()), source.as_bytes()),
    ];
    for (path, bytes) in &own {
        write(path, bytes)?;
    }
    follow(&from, &from, &to, &own.map(|(path, _)| path))?;
    Ok(copy)
}

/// Copies the book's lock file when that has changed since the last copy. Cargo
/// removes from the copy what it does not need, so the two are not compared.
fn copy_lock(root: &Path, copy: &Path) -> anyhow::Result<()> {
    let path = root.join("Cargo.lock");
    let lock = fs::read(&path).with_context(|| path.display().to_string())?;
    let seen = copy.join("Cargo.lock.book");
    if fs::read(&seen).is_ok_and(|seen| seen == lock) && copy.join("Cargo.lock").exists() {
        return Ok(());
    }
    write(&copy.join("Cargo.lock"), &lock)?;
    write(&seen, &lock)
}

/// Makes the folder `to` a copy of `from`: writes what differs, and removes what
/// `from` does not have. The files `own` are the copy's own, and stay. `top` is the
/// chapter's folder, below which `from` lies.
fn follow(top: &Path, from: &Path, to: &Path, own: &[PathBuf]) -> anyhow::Result<()> {
    let mut there = BTreeSet::new();
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let (path, name) = entry.map(|it| (it.path(), it.file_name()))?;
        let copy = to.join(&name);
        // A package within the chapter is not copied: manifests name the book's.
        let is_package = path.join("Cargo.toml").exists();
        if is_package || NOT_COPIED.iter().any(|it| path == top.join(it)) {
            continue;
        }
        there.insert(name);
        if path.is_dir() {
            fs::create_dir_all(&copy).with_context(|| format!("making {}", copy.display()))?;
            follow(top, &path, &copy, own)?;
        } else if !own.contains(&copy) {
            let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
            write(&copy, &bytes)?;
        }
    }
    for entry in fs::read_dir(to).with_context(|| to.display().to_string())? {
        let (path, name) = entry.map(|it| (it.path(), it.file_name()))?;
        if there.contains(&name) {
            continue;
        }
        let removed = match path.is_dir() {
            true => fs::remove_dir_all(&path),
            false => fs::remove_file(&path),
        };
        removed.with_context(|| format!("removing {}", path.display()))?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    let folder = path.parent().context("a file lies in a folder")?;
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes));
    written.with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_follows_the_book_and_touches_only_what_has_changed() {
        let root = tempfile::tempdir().unwrap();
        let book = |path: &str| root.path().join(path);
        let chapter = "chapters-code/chapter1";
        for (path, text) in [
            ("Cargo.toml", "[workspace]\nmembers = []\n"),
            ("Cargo.lock", "version = 4\n"),
            (
                "chapters-code/chapter1/Cargo.toml",
                "[package]\nname = \"chapter1\"\n",
            ),
            ("chapters-code/chapter1/src/main.rs", "fn main() {}\n"),
            ("chapters-code/chapter1/src/gone.rs", ""),
            ("chapters-code/chapter1/src/listings/a.rs", "the book's a\n"),
            ("chapters-code/chapter1/src/listings/b.rs", "the book's b\n"),
            ("chapters-code/chapter1/recordings/a.jsonl", ""),
        ] {
            write(&book(path), text.as_bytes()).unwrap();
        }
        let copies = book("target/edited/1");
        let edited = |name: &str| {
            let listing = format!("chapter1/{name}").parse().unwrap();
            copy(root.path(), &copies, &listing, "edited\n")
                .unwrap()
                .folder
        };
        let folder = edited("a");
        let read = |path: &str| fs::read_to_string(folder.join(chapter).join(path)).unwrap();
        let time = |path: &str| {
            fs::metadata(folder.join(chapter).join(path))
                .unwrap()
                .modified()
                .unwrap()
        };
        assert_eq!(read("src/listings/a.rs"), "edited\n");
        assert!(!folder.join(chapter).join("recordings").exists());
        let before = [
            time("src/main.rs"),
            time("Cargo.toml"),
            time("src/listings/a.rs"),
        ];
        edited("a");
        assert_eq!(
            before,
            [
                time("src/main.rs"),
                time("Cargo.toml"),
                time("src/listings/a.rs")
            ]
        );
        fs::remove_file(book("chapters-code/chapter1/src/gone.rs")).unwrap();
        edited("b");
        assert_eq!(read("src/listings/a.rs"), "the book's a\n");
        assert_eq!(read("src/listings/b.rs"), "edited\n");
        assert!(!folder.join(chapter).join("src/gone.rs").exists());
        let own = fs::read_to_string(book("chapters-code/chapter1/src/listings/b.rs")).unwrap();
        assert_eq!(own, "the book's b\n");
    }
}
