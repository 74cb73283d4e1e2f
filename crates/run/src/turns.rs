//! Whose turn it is to be read: whoever had something to say first.

#[cfg_attr(target_os = "linux", path = "turns/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "turns/elsewhere.rs")]
mod here;

pub(crate) use here::Turns;

/// Who can have something to say to an owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Stdout,
    Stderr,
    Supervisor,
}

impl Turn {
    const ALL: [Turn; 3] = [Turn::Stdout, Turn::Stderr, Turn::Supervisor];
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::io::{ioctl_fionbio, read};
    use std::io::{Write, pipe};
    use std::os::fd::AsFd;
    use std::time::Duration;

    #[test]
    #[cfg_attr(not(target_os = "linux"), ignore = "poll does not know who was first")]
    fn who_writes_first_is_read_first() {
        let (stdout, mut to_stdout) = pipe().unwrap();
        let (stderr, mut to_stderr) = pipe().unwrap();
        let (supervisor, _to_owner) = pipe().unwrap();
        for pipe in [&stdout, &stderr] {
            ioctl_fionbio(pipe, true).unwrap();
        }
        let mut turns = Turns::new([stdout.as_fd(), stderr.as_fd(), supervisor.as_fd()]).unwrap();
        let mut drained = |turn| {
            let pipe = if turn == Turn::Stdout {
                &stdout
            } else {
                &stderr
            };
            while read(pipe, &mut [0; 9]).is_ok() {}
            turn
        };
        for _ in 0..3 {
            to_stderr.write_all(b"1").unwrap();
            to_stdout.write_all(b"2").unwrap();
            assert_eq!(
                turns.next(None).unwrap().map(&mut drained),
                Some(Turn::Stderr)
            );
            to_stderr.write_all(b"3").unwrap();
            assert_eq!(
                turns.next(None).unwrap().map(&mut drained),
                Some(Turn::Stdout)
            );
            to_stdout.write_all(b"4").unwrap();
            assert_eq!(
                turns.next(None).unwrap().map(&mut drained),
                Some(Turn::Stderr)
            );
            assert_eq!(
                turns.next(None).unwrap().map(&mut drained),
                Some(Turn::Stdout)
            );
        }
        let soon = Some(Duration::from_millis(1));
        assert_eq!(turns.next(soon).unwrap(), None);
    }

    #[test]
    fn who_has_hung_up_is_read_until_the_end_is_found() {
        let (stdout, mut to_stdout) = pipe().unwrap();
        let (stderr, _to_stderr) = pipe().unwrap();
        let (supervisor, _to_owner) = pipe().unwrap();
        let pipes = [stdout.as_fd(), stderr.as_fd(), supervisor.as_fd()];
        let mut turns = Turns::new(pipes).unwrap();
        to_stdout.write_all(b"all there is").unwrap();
        drop(to_stdout);
        for rest in [b"all there is".len(), 0] {
            assert_eq!(turns.next(None).unwrap(), Some(Turn::Stdout));
            assert_eq!(read(&stdout, &mut [0; 99]).unwrap(), rest);
        }
        turns.leave(Turn::Stdout, stdout.as_fd());
        let soon = Some(Duration::from_millis(1));
        assert_eq!(turns.next(soon).unwrap(), None);
    }
}
