//! What a reader may have told Cargo: whatever it is, a build that we start finds
//! it as `cargo run` does, where the reader stands.

use crate::started::supervisor;
use run::Bounds;
use run::cargo::{Build, cargo};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};
use tempfile::TempDir;

/// A setting: variables, and what `.cargo/config.toml` says, in the workspace or in
/// a folder above it. `HOST` is this machine's target.
struct Setting {
    variables: &'static [(&'static str, &'static str)],
    config: &'static str,
    is_above: bool,
}

const fn variable(variables: &'static [(&'static str, &'static str)]) -> Setting {
    Setting {
        variables,
        config: "",
        is_above: false,
    }
}

const fn config(config: &'static str) -> Setting {
    Setting {
        variables: &[],
        config,
        is_above: false,
    }
}

const fn above(config: &'static str) -> Setting {
    Setting {
        variables: &[],
        config,
        is_above: true,
    }
}

/// `TOP` is an absolute path. The reader stands in `TOP/workspace/here`.
const TRIED: [Setting; 34] = [
    variable(&[]),
    variable(&[("CARGO_TARGET_DIR", "relative")]),
    variable(&[("CARGO_TARGET_DIR", "../../relative")]),
    variable(&[("CARGO_TARGET_DIR", "TOP/absolute")]),
    variable(&[("CARGO_TARGET_DIR", "with space")]),
    variable(&[("CARGO_BUILD_TARGET_DIR", "relative")]),
    variable(&[("CARGO_BUILD_TARGET_DIR", "TOP/absolute")]),
    variable(&[("CARGO_BUILD_BUILD_DIR", "relative")]),
    variable(&[("CARGO_BUILD_BUILD_DIR", "{workspace-root}/building")]),
    variable(&[("CARGO_TARGET_DIR", "a"), ("CARGO_BUILD_BUILD_DIR", "b")]),
    variable(&[("CARGO_HOME", "relative")]),
    variable(&[("CARGO_HOME", "TOP/absolute")]),
    variable(&[("RUSTC", "bin/rustc")]),
    variable(&[("CARGO_BUILD_RUSTC", "bin/rustc")]),
    variable(&[("RUSTC_WRAPPER", "bin/env")]),
    variable(&[("RUSTC_WRAPPER", "env")]),
    variable(&[("RUSTC_WRAPPER", "")]),
    variable(&[("RUSTC_WORKSPACE_WRAPPER", "bin/env")]),
    variable(&[("CARGO_BUILD_RUSTC_WRAPPER", "bin/env")]),
    variable(&[("RUSTFLAGS", "-C debuginfo=0 --cfg tried")]),
    variable(&[("CARGO_BUILD_RUSTFLAGS", "-C debuginfo=0")]),
    variable(&[("CARGO_BUILD_TARGET", "HOST")]),
    variable(&[("CARGO_BUILD_TARGET", "HOST"), ("CARGO_TARGET_DIR", "a")]),
    variable(&[("CARGO_BUILD_JOBS", "1"), ("CARGO_INCREMENTAL", "0")]),
    variable(&[("CARGO_PROFILE_DEV_OPT_LEVEL", "1")]),
    variable(&[("CARGO_TERM_COLOR", "always")]),
    variable(&[("CARGO_TERM_QUIET", "false")]),
    variable(&[("CARGO_NET_OFFLINE", "true")]),
    config("[build]\ntarget-dir = \"of_config\"\n"),
    config("[build]\ntarget = \"HOST\"\nrustflags = [\"-Cdebuginfo=0\"]\n"),
    config("[build]\nrustc-wrapper = \"here/bin/env\"\n"),
    above("[build]\ntarget-dir = \"of_config_above\"\n"),
    above("[env]\nTRIED = { value = \"a\", relative = true }\n"),
    above("[profile.dev]\ndebug = false\n[term]\nverbose = true\n"),
];

/// Tells the test, started again, where to build.
const AGAIN: &str = "RUN_TEST_SETTING_IN";

#[test]
fn whatever_cargo_is_told_a_check_is_built_where_cargo_run_builds() {
    const NAME: &str =
        "cargo_settings::whatever_cargo_is_told_a_check_is_built_where_cargo_run_builds";
    if let Some(workspace) = env::var_os(AGAIN) {
        println!("\nbuilt {}", built(Path::new(&workspace)).display());
        return;
    }
    let host = host();
    for setting in TRIED {
        let top = setting.laid_out(&host);
        let workspace = top.path().join("workspace");
        let told = |command: &mut Command| -> Output {
            let at_top = top.path().to_str().unwrap();
            for (name, value) in setting.variables {
                let value = value.replace("TOP", at_top).replace("HOST", &host);
                command.env(name, value);
            }
            command
                .current_dir(workspace.join("here"))
                .output()
                .unwrap()
        };
        let named = format!("{:?} {}", setting.variables, setting.config);
        let again = told(
            Command::new(env::current_exe().unwrap())
                .args(["--exact", NAME, "--nocapture"])
                .env(AGAIN, &workspace),
        );
        let said = String::from_utf8_lossy(&again.stdout);
        let built = said.lines().find_map(|line| line.strip_prefix("built "));
        let Some(built) = built else {
            panic!("{named}: {said}{}", String::from_utf8_lossy(&again.stderr));
        };
        // Cargo builds nothing anew, and names the same file.
        let by_hand = told(
            Command::new(env::var_os("CARGO").unwrap())
                .args(["build", "--offline", "--message-format=json"])
                .arg("--manifest-path")
                .arg(workspace.join("Cargo.toml")),
        );
        let said = String::from_utf8_lossy(&by_hand.stdout);
        let file = format!("\"executable\":{built:?}");
        assert!(said.contains(&file), "{named}: {file} {by_hand:?}");
        assert!(said.contains("\"fresh\":true"), "{named}: {said}");
        let left = fs::read_dir(workspace.join("target/checks/1")).unwrap();
        assert_eq!(left.count(), 0, "{named}");
    }
}

/// Builds the workspace's program as a check is built: from a folder of its own.
fn built(workspace: &Path) -> PathBuf {
    let start = cargo(&workspace.join("target/checks/1"), "build")
        .argument("--offline")
        .argument("--manifest-path")
        .argument(workspace.join("Cargo.toml"))
        .bounds(Bounds::of_a_build());
    let build = Build {
        start,
        target: "one".to_owned(),
        file: "src/main.rs".to_owned(),
    };
    build.executable(supervisor(), |_| {}, drop).unwrap()
}

impl Setting {
    /// A folder with a workspace of one package in it.
    fn laid_out(&self, host: &str) -> TempDir {
        let top = tempfile::tempdir().unwrap();
        let workspace = top.path().join("workspace");
        for folder in ["src", "target/checks/1", "here/bin", ".cargo", "../.cargo"] {
            fs::create_dir_all(workspace.join(folder)).unwrap();
        }
        let manifest = "[package]\nname = \"one\"\nedition = \"2024\"\n\n[workspace]\n";
        fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
        fs::write(workspace.join("src/main.rs"), "fn main() {}\n").unwrap();
        for program in ["env", "rustc"] {
            let path = which::which(program).unwrap();
            symlink(path, workspace.join("here/bin").join(program)).unwrap();
        }
        let config = match self.is_above {
            true => "../.cargo/config.toml",
            false => ".cargo/config.toml",
        };
        fs::write(workspace.join(config), self.config.replace("HOST", host)).unwrap();
        top
    }
}

/// `x86_64-unknown-linux-gnu`, as rustc says.
fn host() -> String {
    let said = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let said = String::from_utf8(said).unwrap();
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}
