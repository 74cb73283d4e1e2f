//! What the environment tells Cargo by relative paths. Cargo takes them from where
//! it stands, which is not where the reader typed `cargo run`: so they are made
//! absolute, and mean the same to each Cargo that we start.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{self, Path};

/// Variables that name a folder ("Environment Variables" and "Configuration" in the
/// Cargo Book).
const FOLDERS: [&str; 5] = [
    "CARGO_HOME",
    "CARGO_TARGET_DIR",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_BUILD_BUILD_DIR",
    "RUSTUP_HOME",
];

/// Variables that name a program: one without a slash is looked for along the PATH.
const PROGRAMS: [&str; 8] = [
    "RUSTC",
    "RUSTC_WRAPPER",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTDOC",
    "CARGO_BUILD_RUSTC",
    "CARGO_BUILD_RUSTC_WRAPPER",
    "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER",
    "CARGO_BUILD_RUSTDOC",
];

/// Those variables of our own environment that are relative paths, made absolute.
pub(super) fn absolute_paths() -> impl Iterator<Item = (OsString, OsString)> {
    env::vars_os().filter_map(|(name, value)| {
        let path = absolute(name.to_str()?, &value)?;
        Some((name, path))
    })
}

fn absolute(name: &str, value: &OsStr) -> Option<OsString> {
    let is_linker = name.starts_with("CARGO_TARGET_") && name.ends_with("_LINKER");
    let is_program = PROGRAMS.contains(&name) || is_linker;
    let bytes = value.as_encoded_bytes();
    let is_path = match is_program {
        true => bytes.contains(&b'/'),
        // `{workspace-root}/target` is Cargo's to fill in.
        false => FOLDERS.contains(&name) && !bytes.starts_with(b"{") && !bytes.is_empty(),
    };
    if !is_path || Path::new(value).is_absolute() {
        return None;
    }
    path::absolute(value).ok().map(OsString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_paths_are_changed() {
        let here = env::current_dir().unwrap();
        let (linker, config) = ("CARGO_TARGET_AARCH64_LINKER", "CARGO_BUILD_BUILD_DIR");
        for (name, value, wanted) in [
            ("CARGO_TARGET_DIR", "a/b", Some("a/b")),
            ("CARGO_TARGET_DIR", "./a", Some("a")),
            ("CARGO_TARGET_DIR", "/a", None),
            ("CARGO_TARGET_DIR", "", None),
            ("CARGO_HOME", "cargo", Some("cargo")),
            ("RUSTUP_HOME", "rustup", Some("rustup")),
            (config, "build", Some("build")),
            (config, "{workspace-root}/build", None),
            ("RUSTC_WRAPPER", "sccache", None),
            ("RUSTC_WRAPPER", "bin/sccache", Some("bin/sccache")),
            ("RUSTC_WRAPPER", "", None),
            (linker, "gcc", None),
            (linker, "bin/gcc", Some("bin/gcc")),
            ("CARGO_BUILD_TARGET", "x86_64-unknown-linux-gnu", None),
            ("RUSTFLAGS", "-L a/b", None),
            ("MY_FOLDER", "a/b", None),
        ] {
            let wanted = wanted.map(|it| here.join(it).into_os_string());
            assert_eq!(absolute(name, OsStr::new(value)), wanted, "{name}={value}");
        }
    }
}
