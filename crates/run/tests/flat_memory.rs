//! A gigabyte of output, and no memory to speak of. A test binary of its own:
//! the peak that it reads is the process's.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use recording::Kind;
use run::{Start, Stdin};
use std::fs;
use std::path::Path;

const MIB: u64 = 1 << 20;

/// The most memory that a process ever had, in bytes (`proc_pid_status(5)`).
fn peak(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.unwrap().trim().trim_end_matches(" kB");
    kib.parse::<u64>().unwrap() * 1024
}

#[test]
fn a_gigabyte_of_output_leaves_memory_flat() {
    let mut run = Start::new("sh", "/")
        .argument("-c")
        .argument("head -c 1073741824 /dev/zero; read until_it_was_looked_at")
        .stdin(Stdin::Open)
        .supervised_by(Path::new(env!("CARGO_BIN_EXE_supervise")))
        .unwrap();
    let (mut count, mut supervisors_peak) = (0, 0);
    while let Some(event) = run.next() {
        if let Kind::Stdout(bytes) = event.unwrap().kind {
            count += bytes.0.len() as u64;
            if count == 1024 * MIB {
                supervisors_peak = peak(run.supervisor_pid());
                run.control().close_stdin();
            }
        }
    }
    assert_eq!(count, 1024 * MIB);
    let owners_peak = peak(std::process::id());
    assert!(
        supervisors_peak > 0 && supervisors_peak < 8 * MIB,
        "{supervisors_peak}"
    );
    assert!(owners_peak < 16 * MIB, "{owners_peak}");
}
