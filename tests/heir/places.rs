//! Where a process is, and what it is called.
#![expect(unsafe_code, reason = "umask, chroot and unshare have no safe form")]

use crate::attribute::Attribute;
use crate::calls::{checked, prctl};
use std::io;
use std::path::Path;
use std::{env, fs};

pub const ATTRIBUTES: [Attribute; 9] = [
    Attribute {
        name: "umask",
        arrange: || umask(0o31),
        show: || crate::calls::status("Umask"),
        change: Some(|| umask(0o32)),
    },
    Attribute {
        name: "working directory",
        arrange: || {
            fs::create_dir_all("below")?;
            env::set_current_dir("below")
        },
        show: || Ok(env::current_dir()?.display().to_string()),
        change: Some(|| env::set_current_dir("/")),
    },
    Attribute {
        name: "root directory",
        arrange: change_root,
        show: || {
            Ok(format!(
                "in the test's folder: {}",
                Path::new("/marker").exists()
            ))
        },
        change: None,
    },
    Attribute {
        name: "environment",
        arrange: || set_variable("DISH", "dal"),
        show: || Ok(env::var("DISH").unwrap_or_default()),
        change: Some(|| set_variable("DISH", "rice")),
    },
    Attribute {
        name: "LD_PRELOAD and LD_LIBRARY_PATH",
        arrange: || {
            set_variable("LD_LIBRARY_PATH", "/nowhere")?;
            set_variable("LD_PRELOAD", "")
        },
        show: || {
            let seen = |name| env::var(name).map_or("unset".to_owned(), |it| format!("{it:?}"));
            Ok(format!(
                "{} {}",
                seen("LD_LIBRARY_PATH"),
                seen("LD_PRELOAD")
            ))
        },
        change: Some(|| set_variable("LD_LIBRARY_PATH", "/changed")),
    },
    Attribute {
        name: "argv[0]",
        arrange: || Ok(()),
        show: || Ok(env::args().next().unwrap_or_default()),
        change: None,
    },
    Attribute {
        name: "command name",
        arrange: || rename(c"arranged"),
        show: || fs::read_to_string("/proc/self/comm").map(|name| name.trim().to_owned()),
        change: Some(|| rename(c"changed")),
    },
    Attribute {
        name: "personality",
        arrange: || personality(libc::ADDR_NO_RANDOMIZE as u64).map(drop),
        show: || Ok(personality(0xffff_ffff)?.to_string()),
        change: Some(|| personality(libc::ADDR_COMPAT_LAYOUT as u64).map(drop)),
    },
    Attribute {
        name: "namespaces",
        arrange: || leave_namespace(libc::CLONE_NEWUTS),
        show: || Ok(fs::read_link("/proc/self/ns/uts")?.display().to_string()),
        change: None,
    },
];

fn umask(mask: libc::mode_t) -> io::Result<()> {
    // SAFETY: it takes no address and cannot fail.
    unsafe { libc::umask(mask) };
    Ok(())
}

/// Into a folder with a copy of this program, of the libraries that it has
/// mapped, and of the loaders by the names that programs ask for. An ordinary user becomes the root of a user namespace for it.
fn change_root() -> io::Result<()> {
    let root = env::current_dir()?.join("root");
    let maps = fs::read_to_string("/proc/self/maps")?;
    let mapped = maps
        .lines()
        .filter_map(|line| line.find('/').map(|at| &line[at..]));
    for path in mapped {
        let copy = root.join(&path[1..]);
        if let Some(folder) = copy.parent().filter(|_| !copy.exists()) {
            fs::create_dir_all(folder)?;
            fs::copy(path, copy)?;
        }
    }
    for link in ["lib", "lib64"] {
        if let Ok(target) = fs::read_link(Path::new("/").join(link)) {
            fs::create_dir_all(root.join(&target))?;
            std::os::unix::fs::symlink(target, root.join(link))?;
        }
    }
    for folder in ["/lib", "/lib64"] {
        for loader in fs::read_dir(folder).into_iter().flatten().flatten() {
            if loader.file_name().to_string_lossy().starts_with("ld-") {
                fs::copy(
                    loader.path(),
                    root.join(&folder[1..]).join(loader.file_name()),
                )?;
            }
        }
    }
    fs::write(root.join("marker"), "")?;
    if !is_root() {
        // SAFETY: it takes no address.
        checked(unsafe { libc::unshare(libc::CLONE_NEWUSER) })?;
    }
    std::os::unix::fs::chroot(&root)?;
    env::set_current_dir("/")
}

pub fn is_root() -> bool {
    // SAFETY: it takes no address and cannot fail.
    unsafe { libc::geteuid() == 0 }
}

pub fn set_variable(name: &str, value: &str) -> io::Result<()> {
    // SAFETY: no other thread of this process reads variables.
    unsafe { env::set_var(name, value) };
    Ok(())
}

fn rename(name: &'static std::ffi::CStr) -> io::Result<()> {
    prctl(libc::PR_SET_NAME, name.as_ptr() as u64).map(drop)
}

fn personality(persona: u64) -> io::Result<i32> {
    // SAFETY: it takes no address.
    checked(unsafe { libc::personality(persona) })
}

fn leave_namespace(kind: i32) -> io::Result<()> {
    let kind = if is_root() {
        kind
    } else {
        kind | libc::CLONE_NEWUSER
    };
    // SAFETY: it takes no address.
    checked(unsafe { libc::unshare(kind) })?;
    Ok(())
}
