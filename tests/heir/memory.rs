//! Memory, threads, and what waits in memory for the end.
#![expect(unsafe_code, reason = "mappings and exit handlers have no safe form")]

use crate::attribute::Attribute;
use crate::calls::{checked, exec, in_a_double, status};
use std::ffi::CStr;
use std::io::{self, Write};
use std::process::Command;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};
use std::{fs, process, ptr, thread};

static PRIVATE: AtomicU32 = AtomicU32::new(0);
static SHARED: AtomicPtr<AtomicU32> = AtomicPtr::new(ptr::null_mut());

static SHARED_BY_KEY: AtomicPtr<u8> = AtomicPtr::new(ptr::null_mut());
static NOT_FOR_DOUBLES: AtomicPtr<u8> = AtomicPtr::new(ptr::null_mut());

const PAGE: usize = 4096;

pub const ATTRIBUTES: [Attribute; 8] = [
    Attribute {
        name: "memory",
        arrange: || {
            PRIVATE.store(1, Ordering::SeqCst);
            Ok(())
        },
        show: || Ok(PRIVATE.load(Ordering::SeqCst).to_string()),
        change: Some(|| {
            PRIVATE.store(2, Ordering::SeqCst);
            Ok(())
        }),
    },
    Attribute {
        name: "shared mappings",
        arrange: map_shared,
        show: || {
            Ok(shared().map_or("none".to_owned(), |it| {
                it.load(Ordering::SeqCst).to_string()
            }))
        },
        change: Some(|| {
            shared().iter().for_each(|it| it.store(2, Ordering::SeqCst));
            Ok(())
        }),
    },
    Attribute {
        name: "locked memory",
        arrange: lock_a_page,
        show: || status("VmLck"),
        change: None,
    },
    Attribute {
        name: "threads",
        arrange: || {
            thread::spawn(|| {
                loop {
                    thread::park();
                }
            });
            Ok(())
        },
        show: || status("Threads"),
        change: None,
    },
    Attribute {
        name: "exit handlers",
        arrange: || {
            // SAFETY: the handler does not panic.
            checked(unsafe { libc::atexit(at_exit) }).map(drop)
        },
        show: what_an_exit_does,
        change: None,
    },
    Attribute {
        name: "System V shared memory",
        arrange: attach,
        show: || told(SHARED_BY_KEY.load(Ordering::SeqCst)),
        change: Some(detach),
    },
    Attribute {
        name: "mappings marked MADV_DONTFORK",
        arrange: map_without_forks,
        show: || told(NOT_FOR_DOUBLES.load(Ordering::SeqCst)),
        change: None,
    },
    Attribute {
        name: "locale",
        arrange: || set_locale(c"C.UTF-8".as_ptr()).map(drop),
        show: || set_locale(ptr::null()),
        change: Some(|| set_locale(c"C".as_ptr()).map(drop)),
    },
];

fn map_shared() -> io::Result<()> {
    SHARED.store(map(libc::MAP_SHARED)?.cast(), Ordering::SeqCst);
    shared().iter().for_each(|it| it.store(1, Ordering::SeqCst));
    Ok(())
}

/// A page of its own, filled with zeros.
fn map(sharing: i32) -> io::Result<*mut u8> {
    // SAFETY: it is a new mapping.
    let mapped = unsafe {
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        let flags = sharing | libc::MAP_ANONYMOUS;
        libc::mmap(ptr::null_mut(), PAGE, protection, flags, -1, 0)
    };
    if mapped == libc::MAP_FAILED {
        return Err(io::Error::last_os_error());
    }
    Ok(mapped.cast())
}

fn map_without_forks() -> io::Result<()> {
    let page = map(libc::MAP_PRIVATE)?;
    // SAFETY: the page is mapped, and nobody has a reference to it.
    checked(unsafe { libc::madvise(page.cast(), PAGE, libc::MADV_DONTFORK) })?;
    NOT_FOR_DOUBLES.store(page, Ordering::SeqCst);
    Ok(())
}

/// The segment is gone when the last process has let it go.
fn attach() -> io::Result<()> {
    // SAFETY: the address is chosen by the kernel.
    let page = unsafe {
        let segment = checked(libc::shmget(libc::IPC_PRIVATE, PAGE, 0o600))?;
        let page = libc::shmat(segment, ptr::null(), 0);
        checked(libc::shmctl(segment, libc::IPC_RMID, ptr::null_mut()))?;
        page
    };
    if page as isize == -1 {
        return Err(io::Error::last_os_error());
    }
    SHARED_BY_KEY.store(page.cast(), Ordering::SeqCst);
    Ok(())
}

fn detach() -> io::Result<()> {
    // SAFETY: nobody has a reference to the segment.
    checked(unsafe { libc::shmdt(SHARED_BY_KEY.load(Ordering::SeqCst).cast()) })?;
    Ok(())
}

/// Whether there is memory at an address.
fn told(page: *mut u8) -> io::Result<String> {
    let mut resident = 0;
    // SAFETY: it writes one byte for one page, and reads none.
    let there = unsafe { libc::mincore(page.cast(), PAGE, &mut resident) } == 0;
    Ok(format!("there: {}", there && !page.is_null()))
}

fn set_locale(name: *const libc::c_char) -> io::Result<String> {
    // SAFETY: no other thread asks for the locale, and the name is copied at once.
    unsafe {
        let now = libc::setlocale(libc::LC_ALL, name);
        if now.is_null() {
            return Err(crate::calls::unsupported("such locale"));
        }
        Ok(CStr::from_ptr(now).to_string_lossy().into_owned())
    }
}

fn shared() -> Option<&'static AtomicU32> {
    // SAFETY: it is null, or a mapping that is never taken away.
    unsafe { SHARED.load(Ordering::SeqCst).as_ref() }
}

fn lock_a_page() -> io::Result<()> {
    let page = Box::leak(vec![0_u8; PAGE].into_boxed_slice());
    // SAFETY: the memory is never freed.
    checked(unsafe { libc::mlock(page.as_ptr().cast(), PAGE) })?;
    Ok(())
}

extern "C" fn at_exit() {
    // A failure shows itself: the file is missing.
    let _ = fs::write("exited", "");
}

/// A double of this process exits as a C program does.
fn what_an_exit_does() -> io::Result<String> {
    let _ = fs::remove_file("exited");
    // SAFETY: `exit` does not return, and there is no other thread.
    unsafe {
        let double = checked(libc::fork())?;
        if double == 0 {
            libc::exit(0);
        }
        checked(libc::waitpid(double, ptr::null_mut(), 0))?;
    }
    Ok(format!("calls the handler: {}", fs::exists("exited")?))
}

/// Half a line in the buffer of stdout, and then a fork, or an exec.
pub fn half_a_line(to: &str) -> io::Result<()> {
    print!("half");
    if to == "exec" {
        return Err(exec("/bin/true", &[]));
    }
    // SAFETY: there is no other thread.
    unsafe {
        let double = checked(libc::fork())?;
        if double != 0 {
            checked(libc::waitpid(double, ptr::null_mut(), 0))?;
        }
    }
    process::exit(0)
}

static TOLD: AtomicU32 = AtomicU32::new(0);

/// Whether the handlers of `pthread_atfork` run at a start by std.
pub fn told_of_doubles(how: &str) -> io::Result<()> {
    unsafe extern "C" fn prepare() {
        TOLD.fetch_add(1, Ordering::SeqCst);
    }
    // SAFETY: the handler only counts.
    checked(unsafe { libc::pthread_atfork(Some(prepare), None, None) })?;
    match how {
        "fork" => drop(in_a_double(|| Ok(String::new()))?),
        "std" => drop(Command::new("/bin/true").status()?),
        "pre_exec" => drop(crate::starting::with_pre_exec("/bin/true", || Ok(())).status()?),
        _ => return Err(io::Error::other("fork, std or pre_exec")),
    }
    println!("told {}", TOLD.load(Ordering::SeqCst));
    io::stdout().flush()
}
