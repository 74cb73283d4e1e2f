//! What an exercise's test target is made of: the reader's own file, or, as long as
//! there is none, the one that the book gives.
//!
//! The reader's file is ignored by git, so in a fresh clone it is missing. rustc has
//! no way to ask for a file that may be missing, and a build script would compile the
//! chapter anew at each save; so a macro looks.

use proc_macro::TokenStream;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// `own_or_given!(both_streams)` is `mod both_streams;`, from `exercises/NAME.rs` or
/// else from `exercises/given/NAME.rs`. It stands in `exercises/NAME.test.rs`.
#[proc_macro]
pub fn own_or_given(name: TokenStream) -> TokenStream {
    let name = name.to_string();
    let module = match variable("CARGO_MANIFEST_DIR") {
        Some(chapter) if !own(&chapter, &name).exists() => given(&name),
        _ => format!("mod {name};"),
    };
    module.parse().unwrap_or_else(|_| {
        let message = format!("compile_error!(\"write the exercise's name, not `{name}`\");");
        message.parse().unwrap_or_default()
    })
}

fn own(chapter: &str, name: &str) -> PathBuf {
    Path::new(chapter)
        .join("exercises")
        .join(format!("{name}.rs"))
}

/// The book's file, and a reason to look again at the next build.
fn given(name: &str) -> String {
    let again = looked(name).map(|path| format!("const _: &[u8] = include_bytes!({path:?});"));
    let again = again.unwrap_or_default();
    format!("#[path = \"given/{name}.rs\"] mod {name}; {again}")
}

/// A file that is younger than the build which reads it: Cargo holds such a build to
/// be old, and makes it anew. Cargo does not look for a file that was missing.
///
/// `None` where Cargo has no place for it: it has one for tests.
fn looked(name: &str) -> Option<String> {
    let folder = variable("CARGO_TARGET_TMPDIR")?;
    let package = variable("CARGO_PKG_NAME")?;
    let path = Path::new(&folder).join(format!("{package}-{name}.given"));
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, ""));
    written.ok().and_then(|()| Some(path.to_str()?.to_owned()))
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}
