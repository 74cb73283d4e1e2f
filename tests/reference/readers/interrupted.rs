//! What a signal does to a read.

#![expect(unsafe_code, reason = "sigaction and pthread_kill have no safe form")]

use anyhow::{Context, ensure};
use std::io::{self, BufRead, BufReader, ErrorKind, PipeReader, Read, Write};
use std::os::unix::thread::JoinHandleExt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::{fs, mem, ptr, thread};

static HANDLED: AtomicUsize = AtomicUsize::new(0);

extern "C" fn count(_: libc::c_int) {
    HANDLED.fetch_add(1, Ordering::Relaxed);
}

/// What `read` says when it is interrupted; the others read on.
///
/// # Errors
/// It is not so.
pub fn a_read_is_and_others_go_on() -> anyhow::Result<String> {
    // SAFETY: all zeros are a valid `sigaction`, and the handler only counts.
    let installed = unsafe {
        let mut action: libc::sigaction = mem::zeroed();
        action.sa_sigaction = count as *const () as usize;
        libc::sigaction(libc::SIGUSR1, &action, ptr::null_mut())
    };
    ensure!(installed == 0, io::Error::last_os_error());
    let read = interrupted(|mut reader| {
        let failed = reader.read(&mut [0; 8]).expect_err("it is interrupted");
        assert_eq!(failed.kind(), ErrorKind::Interrupted);
        failed.to_string()
    })?;
    let others: [fn(PipeReader) -> String; 4] = [
        |mut reader| {
            let mut all = String::new();
            reader
                .read_to_string(&mut all)
                .map(|_| all)
                .expect("it goes on")
        },
        |mut reader| {
            let mut all = [0; 6];
            reader.read_exact(&mut all).expect("it goes on");
            str::from_utf8(&all).expect("UTF-8").to_owned()
        },
        |reader| {
            let mut line = String::new();
            let read = BufReader::new(reader).read_line(&mut line);
            read.map(|_| line).expect("it goes on")
        },
        |mut reader| {
            let mut all = vec![];
            io::copy(&mut reader, &mut all).expect("it goes on");
            str::from_utf8(&all).expect("UTF-8").to_owned()
        },
    ];
    for other in others {
        let got = interrupted(other)?;
        ensure!(got == "words\n", got);
    }
    Ok(read)
}

/// Interrupts a call again and again, each time when it sleeps, until it has
/// returned or is not impressed, and then gives it something to read.
fn interrupted(call: fn(PipeReader) -> String) -> anyhow::Result<String> {
    const OFTEN: usize = 10;
    let (reader, mut writer) = io::pipe()?;
    let (sender, threads) = mpsc::channel();
    let reads = thread::spawn(move || {
        let _ = sender.send(rustix::thread::gettid());
        call(reader)
    });
    let stat = format!("/proc/self/task/{}/stat", threads.recv()?.as_raw_nonzero());
    let mut signals = 0;
    while signals < OFTEN && !reads.is_finished() {
        let Ok(state) = fs::read_to_string(&stat) else {
            break;
        };
        if state
            .rsplit(") ")
            .next()
            .is_some_and(|state| state.starts_with('S'))
        {
            let before = HANDLED.load(Ordering::Relaxed);
            // SAFETY: the thread has not been joined.
            unsafe { libc::pthread_kill(reads.as_pthread_t(), libc::SIGUSR1) };
            while HANDLED.load(Ordering::Relaxed) == before && !reads.is_finished() {
                thread::yield_now();
            }
            signals += 1;
        }
    }
    // Whoever has returned reads no more.
    let _ = writer.write_all(b"words\n");
    drop(writer);
    reads.join().ok().context("a panic in the thread")
}
