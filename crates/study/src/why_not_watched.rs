//! Why the system does not watch a file, for whoever can change that.

use notify::{Error, ErrorKind};
use rustix::io::Errno;

/// Names the limit that is reached (`inotify(7)`, "/proc interfaces"), or says what
/// else is wrong.
pub fn why_not_watched(error: &Error) -> String {
    let limit = match &error.kind {
        ErrorKind::MaxFilesWatch => "max_user_watches",
        ErrorKind::Io(error) if Errno::from_io_error(error) == Some(Errno::MFILE) => {
            "max_user_instances"
        }
        _ => return error.to_string(),
    };
    format!(
        "the limit fs.inotify.{limit} is reached; `sudo sysctl fs.inotify.{limit}=N` sets a \
         higher one"
    )
}
