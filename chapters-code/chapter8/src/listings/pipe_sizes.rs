use chapter8::{measure::milliseconds, plot};
use std::io::{Read, pipe};

const KIB: [usize; 5] = [4, 16, 64, 256, 1024];

pub fn main() -> anyhow::Result<()> {
    // Writes 32 times a mebibyte of zeros to stdout, and a report to stderr.
    let dd = duct::cmd!("dd", "if=/dev/zero", "bs=1M", "count=32");
    // Each read asks for the length of `chunk`, a mebibyte.
    let (mut chunk, mut medians) = (vec![0; 1 << 20], Vec::new());
    for kib in KIB {
        let mut calls = 0;
        let median = milliseconds(5, || {
            let (mut reader, writer) = pipe()?;
            // Let the pipe hold this number of KiB.
            rustix::pipe::fcntl_setpipe_size(&reader, kib << 10)?;
            // `writer` is dropped at the end of this line. Only `dd` has it
            // now, so the reads end when `dd` ends.
            let child = dd.stderr_null().stdout_file(writer).start()?;
            while reader.read(&mut chunk)? > 0 {
                calls += 1;
            }
            Ok(child.wait()?.status)
        })?;
        // `calls` has counted the reads of all five times.
        println!("{kib} KiB: {} reads, {median:.1} ms", calls / 5);
        medians.push(median);
    }
    let steps = ("KiB that the pipe holds", &KIB[..]);
    plot::curves("pipe_sizes.svg", "ms for 32 MiB", steps, &[("", medians)])
}
