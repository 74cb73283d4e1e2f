//! Where the book lies on this machine. No program has that compiled into it: a
//! checkout may be moved, and an archive is unpacked anywhere.

use anyhow::Context;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The book's folder that has all these files or folders in it: the nearest above
/// this program's own file, as in a checkout and in an archive. Where Cargo builds
/// into a folder elsewhere, the nearest above the package that it has run
/// (`CARGO_MANIFEST_DIR`, which Cargo sets for `cargo run` and `cargo test`).
pub fn book(holding: &[&str]) -> Option<PathBuf> {
    let program = env::current_exe().ok();
    let run_by_cargo = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let places = [program, run_by_cargo];
    places.iter().flatten().find_map(|it| above(it, holding))
}

/// The nearest folder at or above `place` that has all these files or folders in it.
pub fn above(place: &Path, holding: &[&str]) -> Option<PathBuf> {
    let mut folders = place.ancestors();
    let folder = folders.find(|folder| holding.iter().all(|it| folder.join(it).exists()));
    folder.map(Path::to_path_buf)
}

/// The folder of a chapter's files, by the name of its package.
pub fn chapter(name: &str) -> Option<PathBuf> {
    let chapter = format!("chapters-code/{name}");
    book(&[&chapter]).map(|book| book.join(chapter))
}

/// Makes a folder for one run: `runs/WITHIN` beside this program's own file. An archive
/// may lie where its reader must not write: then it is one of the system's temporary
/// folders, which nobody else has made, and which nobody removes if the run leaves files.
///
/// # Errors
/// Neither can be made.
pub fn make_for_run(within: &Path) -> anyhow::Result<PathBuf> {
    let program = env::current_exe().context("finding this program's own file")?;
    let own = program.with_file_name("runs").join(within);
    let Err(error) = fs::create_dir_all(&own) else {
        return Ok(own);
    };
    let name = within.to_string_lossy().replace('/', "-");
    let spare = env::temp_dir().join(name);
    match fs::create_dir(&spare) {
        Ok(()) => Ok(spare),
        Err(_) => Err(error).with_context(|| {
            let (own, spare) = (own.display(), spare.display());
            format!("making {own}, or in its stead {spare}")
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_folder_that_has_all_is_taken() {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("inner");
        for folder in [
            outer.path().join("chapters-code/chapter5"),
            inner.join("chapters-code/chapter1"),
            inner.join("target/debug"),
        ] {
            fs::create_dir_all(folder).unwrap();
        }
        let program = inner.join("target/debug/chapter5");
        let nearest = |holding: &[&str]| above(&program, holding);
        assert_eq!(nearest(&["chapters-code"]), Some(inner.clone()));
        assert_eq!(
            nearest(&["inner", "chapters-code/chapter5"]).as_deref(),
            Some(outer.path())
        );
        assert_eq!(nearest(&["chapters-code/chapter1", "inner"]), None);
    }
}
