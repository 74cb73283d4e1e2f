//! The environment and the folder that a listing runs in: the same whether it
//! was started by hand, from the page, by a test or by the recorder.

use crate::place;
use crate::unwritten::say;
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::{env, fs};

/// Has Ctrl-C and Ctrl-\ end a listing, and what it starts. Whoever is started with `&`
/// by a shell without job control ignores both, and a child inherits that.
#[allow(unsafe_code)]
pub(crate) fn heed_the_keyboard() {
    const SIGINT: i32 = 2;
    const SIGQUIT: i32 = 3;
    const SIG_DFL: usize = 0;
    unsafe extern "C" {
        // Of the C standard library. A handler is an address here. A crate for this
        // one call would be compiled by every chapter.
        fn signal(number: i32, handler: usize) -> usize;
    }
    for number in [SIGINT, SIGQUIT] {
        // SAFETY: no code of ours runs when the signal comes.
        unsafe { signal(number, SIG_DFL) };
    }
}

/// Takes away what Cargo and the reader's shell added, and what would change
/// a listing's output: `CARGO_*`, `RUST_BACKTRACE`, `PYTHONUNBUFFERED`, the
/// locale.
#[allow(unsafe_code)]
pub(crate) fn tidy_environment() {
    let cargo_s = env::vars_os()
        .map(|(name, _)| name)
        .filter(|name| name.to_str().is_some_and(|name| name.starts_with("CARGO_")));
    let others = [
        "CARGO",
        "RUST_BACKTRACE",
        "RUST_LIB_BACKTRACE",
        "PYTHONUNBUFFERED",
        "LANGUAGE",
    ];
    for name in cargo_s.chain(others.into_iter().map(Into::into)) {
        // SAFETY: there is no other thread yet: the chapter's `main` calls
        // this before any listing's.
        unsafe { env::remove_var(name) };
    }
    // SAFETY: as above.
    unsafe { env::set_var("LC_ALL", "C") };
}

/// The folder that a run has to itself. It is the working directory too.
pub(crate) enum Folder {
    /// The empty folder that we were started in: whoever made it removes it.
    Given,
    /// Made here, for a listing started by hand: beside the chapter's binary, or among
    /// the system's temporary folders if that takes none.
    Made(PathBuf),
}

impl Folder {
    /// Goes to an empty folder: the one that we are in, or a new one under
    /// `target/…/runs`, where those of runs that are over are removed. So a
    /// listing never writes into the source tree nor into another run, and a
    /// reader finds what it left.
    ///
    /// # Errors
    /// The folder could not be made or entered.
    pub(crate) fn enter(chapter: &str, listing: &str) -> anyhow::Result<Folder> {
        if let Ok(here) = env::current_dir()
            && is_empty(&here)
        {
            set_pwd(&here);
            return Ok(Folder::Given);
        }
        let program = env::current_exe().context("finding this program's own file")?;
        let runs = program.with_file_name("runs").join(chapter).join(listing);
        let namespace = pid_namespace();
        remove_those_that_are_over(&runs, &namespace);
        let name = format!("{}{namespace}", process::id());
        let folder = place::make_for_run(&Path::new(chapter).join(listing).join(name))?;
        env::set_current_dir(&folder).with_context(|| format!("entering {}", folder.display()))?;
        set_pwd(&folder);
        Ok(Folder::Made(folder))
    }

    /// Says where the listing's files are, if it left any in a folder that
    /// only we know of; an empty one is removed.
    pub(crate) fn leave(self) {
        if let Folder::Made(folder) = self
            && fs::remove_dir(&folder).is_err()
        {
            say(&format!("(its files are in {})", folder.display()));
        }
    }
}

/// Removes the folders of a listing's runs that are over: each is named by its
/// process and that process's pid namespace, of which this looks at its own
/// only. It does no harm if one stays.
fn remove_those_that_are_over(runs: &Path, namespace: &str) {
    for folder in fs::read_dir(runs).into_iter().flatten().flatten() {
        let name = folder.file_name();
        let pid = name.to_str().and_then(|name| name.strip_suffix(namespace));
        let Some(pid) = pid else { continue };
        // std cannot tell whether a process lives, and the shell can.
        let lives = Command::new("sh")
            .args(["-c", "kill -0 \"$0\" 2>/dev/null", pid])
            .status();
        let is_own = *pid == process::id().to_string();
        if is_own || lives.is_ok_and(|status| !status.success()) {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}

/// The pid namespace that our pid counts in, as the end of a folder's name:
/// `-4026531836`. A container may run the same checkout in another, where the
/// number is another process's. Empty where there are no namespaces.
fn pid_namespace() -> String {
    let namespace = fs::read_link("/proc/self/ns/pid").unwrap_or_default();
    let digits = namespace
        .to_string_lossy()
        .replace(|c: char| !c.is_ascii_digit(), "");
    match digits.is_empty() {
        true => digits,
        false => format!("-{digits}"),
    }
}

/// Sets `PWD` to the working directory, as a shell does.
#[allow(unsafe_code)]
fn set_pwd(folder: &Path) {
    // SAFETY: still the only thread, as in `tidy_environment`.
    unsafe { env::set_var("PWD", folder) };
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}
