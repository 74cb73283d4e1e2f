//! The calls that std has not.
#![expect(unsafe_code, reason = "fork and exec have no safe form")]

use std::ffi::CString;
use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::AsRawFd;

/// How a double says that it failed; a number follows.
const FAILED: &str = "failed ";

/// The result of a call that says by -1 that it failed.
pub fn checked(result: libc::c_int) -> io::Result<libc::c_int> {
    if result == -1 {
        return Err(io::Error::last_os_error());
    }
    Ok(result)
}

/// As [`checked`], for `syscall` and its like.
pub fn checked_long(result: libc::c_long) -> io::Result<libc::c_long> {
    if result == -1 {
        return Err(io::Error::last_os_error());
    }
    Ok(result)
}

/// What a double of this process says, which ends after that without running
/// anything else.
///
/// # Errors
/// There is no double, or it failed.
pub fn in_a_double(says: impl FnOnce() -> io::Result<String>) -> io::Result<String> {
    let (mut reader, mut writer) = io::pipe()?;
    io::stdout().flush()?;
    // SAFETY: the double does nothing with what another thread may have held: one that
    // has other threads only sleeps in them.
    let double = checked(unsafe { libc::fork() })?;
    if double == 0 {
        let said = says().unwrap_or_else(|error| {
            let number = error.raw_os_error().unwrap_or(match error.kind() {
                io::ErrorKind::Unsupported => libc::ENOSYS,
                _ => 0,
            });
            eprintln!("the double: {error}");
            format!("{FAILED}{number}")
        });
        let told = writer.write_all(said.as_bytes()).is_ok();
        // SAFETY: it does not return, and nothing is left to be dropped.
        unsafe { libc::_exit(i32::from(!told)) }
    }
    drop(writer);
    let mut said = String::new();
    reader.read_to_string(&mut said)?;
    let mut status = 0;
    // SAFETY: it writes to `status`, which lives.
    checked(unsafe { libc::waitpid(double, &mut status, 0) })?;
    match said.strip_prefix(FAILED).map(str::parse) {
        None if status == 0 => Ok(said),
        Some(Ok(number)) if number != 0 => Err(io::Error::from_raw_os_error(number)),
        _ => Err(io::Error::other(format!("the double: {status}, {said}"))),
    }
}

/// Becomes the program, which gets the name `heir` and what this process has,
/// and does not return but with an error.
pub fn exec(program: &str, arguments: &[&str]) -> io::Error {
    let texts = |texts: &[&str]| -> Result<Vec<CString>, _> {
        texts.iter().copied().map(CString::new).collect()
    };
    let (Ok(path), Ok(mut words)) = (CString::new(program), texts(arguments)) else {
        return io::Error::other("a zero in a name");
    };
    words.insert(0, c"heir".to_owned());
    let mut pointers: Vec<_> = words.iter().map(|word| word.as_ptr()).collect();
    pointers.push(std::ptr::null());
    // SAFETY: both texts end with a zero, the list with a null, and all live.
    unsafe { libc::execvp(path.as_ptr(), pointers.as_ptr()) };
    io::Error::last_os_error()
}

/// What stands behind a name in `/proc/self/status`, of this thread.
pub fn status(field: &str) -> io::Result<String> {
    let status = fs::read_to_string("/proc/thread-self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let value = line.and_then(|line| line.strip_prefix(':'));
    let value = value.ok_or_else(|| unsupported(field))?;
    Ok(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

pub fn unsupported(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, format!("no {what} here"))
}

/// Puts a descriptor at a number at which it is found again; there it is not
/// closed on exec.
pub fn place(descriptor: &impl AsRawFd, number: i32) -> io::Result<()> {
    // SAFETY: nobody else has this number.
    checked(unsafe { libc::dup2(descriptor.as_raw_fd(), number) })?;
    Ok(())
}

/// `prctl`, whose further arguments are zero.
pub fn prctl(option: i32, argument: u64) -> io::Result<i32> {
    // SAFETY: none of the options that are used here takes an address.
    checked(unsafe { libc::prctl(option, argument, 0, 0, 0) })
}
