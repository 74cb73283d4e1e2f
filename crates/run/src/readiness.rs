//! Which descriptor can be read next: the one that became ready first.

#[cfg_attr(target_os = "linux", path = "readiness/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "readiness/elsewhere.rs")]
mod here;
mod source;

pub(crate) use here::Readiness;
pub(crate) use source::Source;

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::io::{ioctl_fionbio, read};
    use std::io::{Write, pipe};
    use std::os::fd::{AsFd, BorrowedFd};
    use std::time::Duration;

    fn watching([stdout, stderr, supervisor]: [BorrowedFd<'_>; 3]) -> Readiness {
        let sources = [
            (Source::Stdout, stdout),
            (Source::Stderr, stderr),
            (Source::Supervisor, supervisor),
        ];
        Readiness::new(&sources).unwrap()
    }

    #[test]
    #[cfg_attr(not(target_os = "linux"), ignore = "poll does not know who was first")]
    fn who_writes_first_is_read_first() {
        let (stdout, mut to_stdout) = pipe().unwrap();
        let (stderr, mut to_stderr) = pipe().unwrap();
        let (supervisor, _to_socket) = pipe().unwrap();
        for pipe in [&stdout, &stderr] {
            ioctl_fionbio(pipe, true).unwrap();
        }
        let mut readiness = watching([stdout.as_fd(), stderr.as_fd(), supervisor.as_fd()]);
        let mut drained = |source| {
            let pipe = if source == Source::Stdout {
                &stdout
            } else {
                &stderr
            };
            while read(pipe, &mut [0; 9]).is_ok() {}
            source
        };
        for _ in 0..3 {
            to_stderr.write_all(b"1").unwrap();
            to_stdout.write_all(b"2").unwrap();
            assert_eq!(
                readiness.next(None).unwrap().map(&mut drained),
                Some(Source::Stderr)
            );
            to_stderr.write_all(b"3").unwrap();
            assert_eq!(
                readiness.next(None).unwrap().map(&mut drained),
                Some(Source::Stdout)
            );
            to_stdout.write_all(b"4").unwrap();
            assert_eq!(
                readiness.next(None).unwrap().map(&mut drained),
                Some(Source::Stderr)
            );
            assert_eq!(
                readiness.next(None).unwrap().map(&mut drained),
                Some(Source::Stdout)
            );
        }
        let soon = Some(Duration::from_millis(1));
        assert_eq!(readiness.next(soon).unwrap(), None);
    }

    #[test]
    fn who_has_hung_up_is_read_until_the_end_is_found() {
        let (stdout, mut to_stdout) = pipe().unwrap();
        let (stderr, _to_stderr) = pipe().unwrap();
        let (supervisor, _to_socket) = pipe().unwrap();
        let pipes = [stdout.as_fd(), stderr.as_fd(), supervisor.as_fd()];
        let mut readiness = watching(pipes);
        to_stdout.write_all(b"all there is").unwrap();
        drop(to_stdout);
        for rest in [b"all there is".len(), 0] {
            assert_eq!(readiness.next(None).unwrap(), Some(Source::Stdout));
            assert_eq!(read(&stdout, &mut [0; 99]).unwrap(), rest);
        }
        readiness.leave(Source::Stdout, stdout.as_fd());
        let soon = Some(Duration::from_millis(1));
        assert_eq!(readiness.next(soon).unwrap(), None);
    }
}
