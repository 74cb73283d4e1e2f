//! Files of `/proc`, read with as few calls as can be: of many processes there are
//! many.

use std::fs::File;
use std::io::Read;

/// A file that the kernel writes in one piece, as all but its lists (`maps`, `locks`)
/// are: it comes whole if there is room for it.
pub(crate) fn text(path: &str) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let mut bytes = vec![0; 4096];
    let mut length = 0;
    loop {
        length += file.read(&mut bytes[length..]).ok()?;
        if length < bytes.len() {
            break;
        }
        bytes.resize(bytes.len() * 4, 0);
    }
    bytes.truncate(length);
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
