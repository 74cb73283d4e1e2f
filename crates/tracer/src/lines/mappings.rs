//! Where a process has the code of which file.

use recording::traced::Pid;
use std::ops::Range;
use std::path::PathBuf;
use std::{fs, io};

/// A part of a file that a process may execute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mapping {
    pub(super) addresses: Range<u64>,
    /// Where in the file it begins, in bytes.
    pub(super) offset: u64,
    pub(super) path: PathBuf,
}

/// What the process may execute, of files.
///
/// # Errors
///
/// The process has ended, or is not ours to look at.
pub(super) fn executable(pid: Pid) -> io::Result<Vec<Mapping>> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps"))?;
    Ok(maps.lines().filter_map(mapping).collect())
}

/// A line of `/proc/PID/maps` (`proc_pid_maps(5)`), if it is of a file's code.
fn mapping(line: &str) -> Option<Mapping> {
    let (addresses, rest) = line.split_once(' ')?;
    let (permissions, rest) = rest.split_once(' ')?;
    let (offset, rest) = rest.split_once(' ')?;
    let path = &rest[rest.find('/')?..];
    if permissions.as_bytes().get(2) != Some(&b'x') {
        return None;
    }
    let (start, end) = addresses.split_once('-')?;
    let number = |hexadecimal| u64::from_str_radix(hexadecimal, 16).ok();
    Some(Mapping {
        addresses: number(start)?..number(end)?,
        offset: number(offset)?,
        path: path.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_of_files_is_found_and_nothing_else() {
        let code = "55d0c8a5a000-55d0c8b21000 r-xp 00059000 fe:00 1234   /a/chapter 2";
        let data = "55d0c8b21000-55d0c8b30000 r--p 00120000 fe:00 1234   /a/chapter 2";
        let vdso = "7ffd3b5f2000-7ffd3b5f4000 r-xp 00000000 00:00 0      [vdso]";
        let anonymous = "7f27a8000000-7f27a8021000 rwxp 00000000 00:00 0 ";
        assert_eq!(
            mapping(code),
            Some(Mapping {
                addresses: 0x55d0_c8a5_a000..0x55d0_c8b2_1000,
                offset: 0x59000,
                path: "/a/chapter 2".into(),
            })
        );
        assert_eq!([data, vdso, anonymous].map(mapping), [None, None, None]);
    }
}
