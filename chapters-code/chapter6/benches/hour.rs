//! An hour of tone, as fast as possible, into a WAV: by the recorder's own
//! code behind ffmpeg, against ffmpeg writing the WAV itself. Both take turns,
//! and the ratio of the medians is what counts: seconds differ from machine to
//! machine. Each recording is made by a fresh process, which also tells the
//! most memory that it held.
//!
//! `cargo bench -p chapter6`

use anyhow::{Context, bail, ensure};
use chapter6::recorder::capture::Capture;
use chapter6::recorder::queue::WhenFull;
use chapter6::recorder::recording::{End, record};
use chapter6::recorder::source::{Pace, Source};
use chapter6::recorder::stop::Stop;
use chapter6::recorder::wav::Wav;
use duct::cmd;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process;
use std::time::{Duration, Instant};
use std::{env, io};

const RATE: u32 = 16_000;
const HOUR: u64 = 3600 * RATE as u64;
const ROUNDS: usize = 11;

/// What we aim at: the recorder's time as a multiple of ffmpeg's own, and its
/// memory in KiB.
const AIM: (f64, u64) = (1.2, 8 * 1024);

fn main() -> anyhow::Result<()> {
    let mut arguments = env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == "record-to") {
        return record_to(&PathBuf::from(
            arguments.next().context("which file?")?,
        ));
    }
    match cmd!("ffmpeg", "-version").stdout_null().run() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            println!(
                "skipped: no ffmpeg on the PATH, so nothing to compare with"
            );
            return Ok(());
        }
        version => version.context("asking ffmpeg for its version")?,
    };
    let folder = Folder::make()?;
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    let mut ratios = Vec::new();
    let mut memory = 0;
    for round in 1..=ROUNDS {
        let (our, peak) = recorder(&folder.0.join("ours.wav"))?;
        let their = ffmpeg(&folder.0.join("theirs.wav"))?;
        println!("round {round}: recorder {our:.2?}, ffmpeg {their:.2?}");
        ours.push(our);
        theirs.push(their);
        ratios.push(our.as_secs_f64() / their.as_secs_f64());
        memory = memory.max(peak);
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[ROUNDS / 2];
    report(median(ours), median(theirs), ratio, memory);
    Ok(())
}

fn report(ours: Duration, theirs: Duration, ratio: f64, memory: u64) {
    let verdict = |reached| if reached { "reached" } else { "MISSED" };
    println!();
    println!("an hour of 16 kHz mono, median of {ROUNDS}");
    println!("  recorder  {ours:.2?}");
    println!("  ffmpeg    {theirs:.2?}");
    println!(
        "  ratio     {ratio:.2} (aim: at most {}, {})",
        AIM.0,
        verdict(ratio <= AIM.0)
    );
    if memory == 0 {
        println!("  memory    not known: this system has no /proc/self/status");
        return;
    }
    println!(
        "  memory    {:.1} MiB at its peak, without ffmpeg (aim: under 8, {})",
        memory as f64 / 1024.0,
        verdict(memory < AIM.1)
    );
}

/// Has a fresh process record the hour. How long it took, and its peak memory
/// in KiB, or 0 where nobody knows.
fn recorder(wav: &Path) -> anyhow::Result<(Duration, u64)> {
    let this = env::current_exe()?;
    let start = Instant::now();
    let memory = cmd!(this, "record-to", wav).read()?;
    let took = start.elapsed();
    holds_an_hour(wav)?;
    Ok((took, memory.parse()?))
}

/// The recorder's own road: source, queue, WAV.
fn record_to(wav: &Path) -> anyhow::Result<()> {
    let tone = Source::FfmpegTone { pace: Pace::Fast }.command(RATE)?;
    let mut capture = Capture::start(&tone, WhenFull::Wait)?;
    let mut wav = Wav::new(File::create(wav)?, RATE)?;
    let end =
        record(&mut capture, &mut wav, HOUR, &Stop::default(), |_, _| {})?;
    ensure!(end == End::Enough, "it ended with {end:?}");
    wav.finish()?;
    capture.end()?;
    println!("{}", peak_memory().unwrap_or(0));
    Ok(())
}

/// The most memory that this process ever held, in KiB: `VmHWM`, proc(5).
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.trim().trim_end_matches(" kB").parse().ok()
}

fn ffmpeg(wav: &Path) -> anyhow::Result<Duration> {
    let quiet = ["-nostdin", "-hide_banner", "-loglevel", "error", "-y"];
    let sine = format!("sine=frequency=440:sample_rate={RATE}:duration=3600");
    let tone = ["-f", "lavfi", "-i", &sine, "-bitexact"];
    let mut arguments: Vec<_> =
        quiet.iter().chain(&tone).map(AsRef::as_ref).collect();
    arguments.push(wav.as_os_str());
    let start = Instant::now();
    cmd("ffmpeg", arguments).run()?;
    let took = start.elapsed();
    holds_an_hour(wav)?;
    Ok(took)
}

/// Both wrote the same: a header of 44 bytes, and the samples.
fn holds_an_hour(wav: &Path) -> anyhow::Result<()> {
    let length = fs::metadata(wav)?.len();
    if length != 44 + 2 * HOUR {
        bail!("{} has {length} bytes", wav.display());
    }
    Ok(fs::remove_file(wav)?)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A folder for the WAVs, of 110 MiB each; in memory where Linux keeps one
/// there, so that no disk is measured. Gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn make() -> anyhow::Result<Folder> {
        let memory = Path::new("/dev/shm");
        let parent = match memory.is_dir() {
            true => memory.to_owned(),
            false => env::temp_dir(),
        };
        let folder = parent.join(format!("hour-{}", process::id()));
        fs::create_dir(&folder)
            .with_context(|| format!("making {}", folder.display()))?;
        Ok(Folder(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
