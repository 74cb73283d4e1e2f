//! The interchange format of `pax` (POSIX.1-2017, "ustar Interchange Format"). All
//! that differs between two machines or two days is left out: owners and times.

use anyhow::{Context, ensure};
use std::io::Write;

/// The unit in which the format is written, in bytes.
const BLOCK: usize = 512;

/// The longest parts of a path, in bytes.
const MAX_NAME: usize = 100;
const MAX_PREFIX: usize = 155;

/// Writes one file.
///
/// # Errors
/// The format has no room for its path or its size, or it cannot be written.
pub(super) fn file(
    out: &mut impl Write,
    path: &str,
    is_program: bool,
    bytes: &[u8],
) -> anyhow::Result<()> {
    let header = header(path, is_program, bytes.len());
    out.write_all(&header.with_context(|| format!("packing {path}"))?)?;
    out.write_all(bytes)?;
    let rest = bytes.len().next_multiple_of(BLOCK) - bytes.len();
    Ok(out.write_all(&[0; BLOCK][..rest])?)
}

/// Writes the end of an archive: two blocks of zeros.
///
/// # Errors
/// It cannot be written.
pub(super) fn end(out: &mut impl Write) -> anyhow::Result<()> {
    Ok(out.write_all(&[0; 2 * BLOCK])?)
}

fn header(path: &str, is_program: bool, size: usize) -> anyhow::Result<[u8; BLOCK]> {
    let (prefix, name) = split(path)?;
    let mode = if is_program { 0o755 } else { 0o644 };
    let size = format!("{size:011o}\0");
    ensure!(size.len() == 12, "it is larger than 8 GiB");
    let mut header = [0; BLOCK];
    let mut put = |at: usize, text: &str| {
        header[at..at + text.len()].copy_from_slice(text.as_bytes());
    };
    put(0, name);
    put(100, &format!("{mode:07o}\0"));
    // Owner and group: nobody's names, and the ids of whoever unpacks it.
    put(108, "0000000\0");
    put(116, "0000000\0");
    put(124, &size);
    // 1980-01-01, the first day that every tool takes.
    put(136, "02263523000\0");
    // The sum is taken with blanks in its own place.
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\0");
    put(263, "00");
    put(345, prefix);
    let sum: u32 = header.iter().copied().map(u32::from).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    Ok(header)
}

/// A path as the format has it: the prefix ends before a `/`, which is not written.
fn split(path: &str) -> anyhow::Result<(&str, &str)> {
    if path.len() <= MAX_NAME {
        return Ok(("", path));
    }
    let mut slashes = path.match_indices('/').map(|(at, _)| at);
    let at = slashes.find(|at| path.len() - at - 1 <= MAX_NAME);
    let at = at.filter(|at| *at <= MAX_PREFIX);
    let at = at.with_context(|| format!("its path is longer than {MAX_NAME} bytes"))?;
    Ok((&path[..at], &path[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    /// What `tar` unpacks of an archive, `path mode size` a line.
    fn listed(archive: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let mut tar = Command::new("tar")
            .args(["-xf", "-"])
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        tar.stdin.take().unwrap().write_all(archive).unwrap();
        assert!(tar.wait().unwrap().success());
        let script = "find . -type f | sort | while read -r file; do \
            x=-; [ -x \"$file\" ] && x=x; echo \"$file $x $(wc -c <\"$file\" | tr -d ' ')\"; done";
        let found = Command::new("sh")
            .args(["-c", script])
            .current_dir(&folder)
            .output()
            .unwrap();
        String::from_utf8(found.stdout).unwrap()
    }

    #[test]
    fn tar_unpacks_what_was_written() {
        let long = format!("{}/{}/file", "a".repeat(60), "b".repeat(60));
        let mut archive = Vec::new();
        file(&mut archive, "book/open", true, &[7; BLOCK]).unwrap();
        file(&mut archive, "book/empty", false, b"").unwrap();
        file(&mut archive, &long, false, b"1").unwrap();
        end(&mut archive).unwrap();
        assert_eq!(
            listed(&archive),
            format!("./{long} - 1\n./book/empty - 0\n./book/open x 512\n")
        );
    }

    #[test]
    fn a_path_that_does_not_fit_is_refused() {
        let error = file(&mut Vec::new(), &"a".repeat(101), false, b"").unwrap_err();
        assert!(format!("{error:#}").contains("longer than 100 bytes"));
    }
}
