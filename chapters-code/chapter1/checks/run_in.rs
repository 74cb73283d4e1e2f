use super::run_in;
use anyhow::{Context, Result, bail, ensure};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::{env, fs, thread};
use trial::{same, trial};

const PAGE: &str = "chapter1-run/where-it-runs.md";

/// Puts a tool there. A shell sets its own `PWD` right before it runs this.
fn tool(path: &str, whose: &str) -> Result<()> {
    script(
        path,
        &format!(
            "#!/bin/sh\necho \"{whose} tool in ${{PWD##*/}}, LC_ALL=$LC_ALL\"\n"
        ),
    )
}

fn script(path: &str, text: &str) -> Result<()> {
    if let Some(folder) = Path::new(path).parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)?;
    Ok(fs::set_permissions(path, Permissions::from_mode(0o755))?)
}

fn says(folder: &Path, expected: &str, kind: &str) -> Result<()> {
    let said = run_in(folder, "tool").with_context(|| format!("in {kind}"))?;
    let said = said.trim_end();
    ensure!(
        said == expected,
        "in {kind}, it should say {expected:?}, and says {said:?}"
    );
    Ok(())
}

#[test]
fn it_runs_the_folders_own_tool_in_the_folder() {
    trial("the tool that lies in the folder, in the folder", || {
        tool("tool", "the parent's")?;
        tool("sub/tool", "sub's")?;
        tool("sub/sub/tool", "the wrong")?;
        tool("a b/it's/tool", "its")?;
        says(
            Path::new("sub"),
            "sub's tool in sub, LC_ALL=C",
            "a folder of ours",
        )?;
        says(
            Path::new("a b/it's"),
            "its tool in it's, LC_ALL=C",
            "the folder \"a b/it's\"",
        )?;
        let absolute = env::current_dir()?.join("a b/it's");
        says(
            &absolute,
            "its tool in it's, LC_ALL=C",
            "an absolute folder",
        )
    })
    .read(PAGE)
    .passes();
}

#[test]
fn the_tool_is_told_its_folder_in_pwd() {
    trial("the folder's absolute path in `PWD`", || {
        // awk prints the variable as it is: a shell would set it right.
        let awk = Command::new("sh").args(["-c", "command -v awk"]).output()?;
        let awk = String::from_utf8(awk.stdout)?;
        let program = "BEGIN { print ENVIRON[\"PWD\"] }";
        script("sub/tool", &format!("#!{} -f\n{program}\n", awk.trim_end()))?;
        let pwd = run_in(Path::new("sub"), "tool")?;
        let pwd = Path::new(pwd.trim_end());
        let folder = fs::canonicalize("sub")?;
        ensure!(
            pwd.is_absolute() && fs::canonicalize(pwd)? == folder,
            "`PWD` should be {folder:?} for the tool, and is {pwd:?}"
        );
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn our_own_folder_stays_as_it_is() {
    trial(
        "our working directory, while the tool runs and after",
        || {
            tool("sub/tool", "sub's")?;
            let here = env::current_dir()?;
            let at_work = thread::spawn(|| run_in(Path::new("sub"), "tool"));
            let mut done = false;
            while !done {
                done = at_work.is_finished();
                same("our working directory", &env::current_dir()?, &here)?;
                thread::sleep(Duration::from_micros(50));
            }
            let Ok(said) = at_work.join() else {
                bail!("it panicked");
            };
            said.map(drop)
        },
    )
    .read(PAGE)
    .passes();
}

#[test]
fn no_tool_there_and_a_tool_that_fails_are_errors() {
    trial("an error", || {
        tool("tool", "the parent's")?;
        fs::create_dir("empty")?;
        if let Ok(said) = run_in(Path::new("empty"), "tool") {
            bail!("the folder has no tool, and it returned {said:?}");
        }
        script("sub/tool", "#!/bin/sh\necho half\nexit 3\n")?;
        if let Ok(said) = run_in(Path::new("sub"), "tool") {
            bail!("the tool exited with 3, and it returned {said:?}");
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}
