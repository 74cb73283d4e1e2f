//! Disks that are full, or slow.

use crate::tone::{RATE, Tone, test};
use anyhow::ensure;
use chapter6::recorder::capture::Capture;
use chapter6::recorder::queue::WhenFull;
use chapter6::recorder::recording::{End, record};
use chapter6::recorder::stop::Stop;
use chapter6::recorder::wav::{MOST_SAMPLES, Wav};
use duct::cmd;
use libtest_mimic::Trial;
use rustix::process::geteuid;
use std::fs;
use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;
use tempfile::TempDir;
use tests::recorder::{Ended, Recorder, named_pipe};
use tests::tone::{has_no_gap, is_the_tone, whole_wav};
use tests::{book, harness};

pub fn tests() -> Vec<Trial> {
    let full = "a full disk keeps what fitted";
    vec![
        match may_mount() {
            true => test(full, &[], a_full_disk),
            // The file limit stands in for it: no failure, even in CI.
            false => harness::skipped(full, "may not mount a small disk"),
        },
        test(
            "a file that may grow no more keeps what fitted",
            &[],
            a_file_limit,
        ),
        test("a slow disk loses nothing", &[], a_slow_disk),
        test("a lossy queue counts what it drops", &[], a_lossy_queue),
    ]
}

fn a_file_limit() -> anyhow::Result<()> {
    // In blocks of 512 bytes; bash takes 1024.
    let recorder = Tone::Own.recorder(&["--seconds", "60"])?;
    let limited = recorder.behind(&["/bin/sh", "-c", "ulimit -f 80; exec \"$@\"", "sh"]);
    let ended = limited.run()?;
    ended.expect(1, "voice.wav could take no more than")?;
    ended.expect(1, "File too large")?;
    kept_what_fitted(&ended, 80 * 512)
}

fn kept_what_fitted(ended: &Ended, size: usize) -> anyhow::Result<()> {
    let samples = whole_wav(&ended.wav())?;
    ended.reports("samples", &format!("{} at", samples.len()))?;
    ensure!(
        44 + 2 * samples.len() + 2 * RATE as usize >= size,
        "{} samples, where {size} bytes fitted",
        samples.len()
    );
    is_the_tone(&samples, RATE)
}

fn may_mount() -> bool {
    // Asking as anybody else than root could open a password prompt.
    cfg!(target_os = "linux")
        && geteuid().is_root()
        && TempDir::new().is_ok_and(|folder| SmallDisk::mount(folder.path()).is_ok())
}

/// A disk of 64 KiB. Dropped, it is gone.
struct SmallDisk<'a>(&'a Path);

impl SmallDisk<'_> {
    fn mount(at: &Path) -> anyhow::Result<SmallDisk<'_>> {
        cmd!("mount", "-t", "tmpfs", "-o", "size=64k", "none", at)
            .stderr_capture()
            .run()?;
        Ok(SmallDisk(at))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = cmd!("umount", self.0).run();
    }
}

fn a_full_disk() -> anyhow::Result<()> {
    let folder = TempDir::new()?;
    let disk = SmallDisk::mount(folder.path())?;
    let wav = folder.path().join("voice.wav");
    let recorder = Recorder::bare()?.without_ffmpeg().with(|command| {
        command.args(["--seconds", "60", "--output"]).arg(&wav);
    });
    let ended = recorder.run()?;
    ended.expect(1, "could take no more than")?;
    ended.expect(1, "No space left on device")?;
    let samples = whole_wav(&wav)?;
    ensure!(samples.len() > RATE as usize, "{} samples", samples.len());
    is_the_tone(&samples, RATE)?;
    drop(disk);
    Ok(())
}

/// A disk that does something before it takes the first samples.
struct Disk<F> {
    bytes: Cursor<Vec<u8>>,
    before: Option<F>,
    pause: Duration,
}

impl<F: FnOnce()> Write for Disk<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The header comes in small pieces.
        if bytes.len() > 44 {
            thread::sleep(self.pause);
            if let Some(before) = self.before.take() {
                before();
            }
        }
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<F> Seek for Disk<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

const HUNDRED_SECONDS: u64 = 100 * RATE as u64;

/// Records a hundred seconds of tone, which come as fast as they are taken,
/// onto such a disk. Returns the samples, and how many were dropped.
fn record_onto<F: FnOnce()>(
    mut disk: Disk<F>,
    afterwards: &str,
    when_full: WhenFull,
) -> anyhow::Result<(Vec<i16>, u64)> {
    let chapter6 = book::chapters().binary("chapter6")?;
    let script = format!("\"$0\" child tone --fast --seconds 100; {afterwards}");
    let tone = cmd!("/bin/sh", "-c", script, chapter6);
    let mut capture = Capture::start(&tone, when_full)?;
    let mut wav = Wav::new(&mut disk, RATE)?;
    let end = record(
        &mut capture,
        &mut wav,
        MOST_SAMPLES,
        &Stop::default(),
        |_, _| {},
    )?;
    ensure!(end == End::SourceEnded, "{end:?}");
    let dropped = capture.dropped();
    ensure!(capture.end()?.is_well());
    wav.finish()?;
    let reader = hound::WavReader::new(Cursor::new(disk.bytes.into_inner()))?;
    Ok((reader.into_samples().collect::<Result<_, _>>()?, dropped))
}

fn a_slow_disk() -> anyhow::Result<()> {
    let disk = Disk {
        bytes: Cursor::default(),
        before: None::<fn()>,
        pause: Duration::from_millis(10),
    };
    let (samples, dropped) = record_onto(disk, "true", WhenFull::Wait)?;
    ensure!(dropped == 0, "{dropped} samples dropped");
    ensure!(
        samples.len() as u64 == HUNDRED_SECONDS,
        "{} samples",
        samples.len()
    );
    has_no_gap(&samples, RATE)
}

/// The disk takes nothing until the source has said everything: far more than
/// pipe and queue can hold.
fn a_lossy_queue() -> anyhow::Result<()> {
    let folder = TempDir::new()?;
    let said = folder.path().join("said");
    named_pipe(&said)?;
    let afterwards = format!("echo everything >'{}'", said.display());
    let disk = Disk {
        bytes: Cursor::default(),
        before: Some(move || _ = fs::read(said)),
        pause: Duration::ZERO,
    };
    let (samples, dropped) = record_onto(disk, &afterwards, WhenFull::Drop)?;
    ensure!(dropped > 0, "nothing was dropped");
    let all = samples.len() as u64 + dropped;
    ensure!(
        all == HUNDRED_SECONDS,
        "{} samples and {dropped} dropped",
        samples.len()
    );
    // Chunks were lost, but no half sample: the rest is still the tone.
    let peak = samples.iter().map(|sample| sample.unsigned_abs()).max();
    ensure!(peak == Some(4095), "the peak is {peak:?}");
    Ok(())
}
