//! An edit that takes too much: time, processes, memory, disk.

use crate::edited_listings::{GREETS, agreed, main_of};
use crate::servers;
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use std::path::Path;
use tests::harness::{linux_test, test};
use tests::processes::standing_in;
use tests::scratch_book::ScratchBook;
use tests::server::{Server, awaited};

pub fn tests() -> Vec<Trial> {
    vec![
        linux_test("an edit that never ends is stopped", never_ends),
        test("an edit has its listing's time limit", has_a_time_limit),
        linux_test("an edit whose client vanishes is not compiled", vanishes),
        linux_test("an edit that forks without end is ended", forks),
        test("an edit that fills the disk is ended", fills_the_disk),
        linux_test("an edit that fills the memory is ended", fills_the_memory),
    ]
}

fn never_ends() -> anyhow::Result<()> {
    let server = agreed()?;
    server.runs_edited(GREETS, &main_of(""))?.to_end()?;
    server.left_alone(usize::MAX)?;
    let before = server.open_files()?.len();
    let mut run = server.runs_edited(GREETS, &main_of("println!(\"on\"); loop {}"))?;
    run.until("stdout")?;
    let stop = server.asked("POST", &run.path("/stop")?).json("{}");
    ensure!(stop.sent()?.status == 204);
    ensure!(run.to_end()?.event("exited")?["signal"] == 2);
    server.left_alone(before)
}

fn has_a_time_limit() -> anyhow::Result<()> {
    let server = agreed()?;
    let run = server.runs_edited("chapter1/lasts", &main_of("loop {}"))?;
    let ended = run.to_end()?;
    ensure!(ended.event("timed_out")?["seconds"] == 1.0, "{ended:?}");
    Ok(())
}

fn vanishes() -> anyhow::Result<()> {
    let server = agreed()?;
    server.runs_edited(GREETS, &main_of(""))?.to_end()?;
    server.left_alone(usize::MAX)?;
    let before = server.open_files()?.len();
    // The compiler computes `N` for years.
    let edit = format!(
        "#![allow(long_running_const_eval)]\nconst N: u64 = {{\n    let mut n = 0u64;\n    \
         while n < u64::MAX {{\n        n += 1;\n    }}\n    n\n}};\n{}",
        main_of("println!(\"{N}\");")
    );
    let mut run = server.runs_edited(GREETS, &edit)?;
    run.until("building")?;
    let rustc = || Ok(compiling(&server)?.then_some(()));
    awaited("the compiler", rustc)?;
    // An edit that waits for the compiler is not compiled either.
    let mut second = server.runs_edited(GREETS, &main_of(""))?;
    second.until("waiting")?;
    drop(second);
    drop(run);
    server.left_alone(before)?;
    let ended = server.runs_edited(GREETS, &main_of("println!(\"after\");"))?;
    ensure!(ended.to_end()?.stdout()? == b"after\n");
    Ok(())
}

/// Whether a compiler stands in the server's copy of the book.
fn compiling(server: &Server) -> anyhow::Result<bool> {
    let copies = ScratchBook::existing(servers::NAME).path("target/edited");
    let open = server.open_files()?;
    let mut folders = open.iter().filter_map(|file| Path::new(file).parent());
    let home = folders.find(|folder| folder.starts_with(&copies));
    let home = home.context("the server has no copy")?;
    Ok(standing_in(home)?.len() > 1)
}

fn forks() -> anyhow::Result<()> {
    let server = agreed()?;
    // Without a bound it does no harm: 400 processes, which end after a minute.
    let edit = main_of(
        "for _ in 0..400 { std::process::Command::new(\"sleep\").arg(\"60\").spawn()?; }\n    \
         std::thread::sleep(std::time::Duration::from_secs(60));",
    );
    let ended = server.runs_edited(GREETS, &edit)?.to_end()?;
    let exceeded = ended.event("exceeded")?;
    ensure!(
        exceeded["most"] == 256 && exceeded["what"] == "processes",
        "{exceeded}"
    );
    server.left_alone(usize::MAX)
}

fn fills_the_disk() -> anyhow::Result<()> {
    let server = agreed()?;
    let edit = main_of(
        "for n in 0..6 { std::fs::write(n.to_string(), vec![1; 60 << 20])?; }\n    \
         std::thread::sleep(std::time::Duration::from_secs(60));",
    );
    let ended = server.runs_edited(GREETS, &edit)?.to_end()?;
    let exceeded = ended.event("exceeded")?;
    ensure!(exceeded["what"] == "MiB of files", "{exceeded}");
    let edit = main_of("std::fs::write(\"a\", vec![1; 65 << 20])?;");
    let ended = server.runs_edited(GREETS, &edit)?.to_end()?;
    let exceeded = ended.event("exceeded")?;
    ensure!(
        exceeded["most"] == 64 && exceeded["what"] == "MiB in one file",
        "{exceeded}"
    );
    Ok(())
}

fn fills_the_memory() -> anyhow::Result<()> {
    let server = agreed()?;
    // Without a bound it does no harm: 3 GiB.
    let edit = main_of(
        "let mut all = Vec::new();\n    for _ in 0..300 { all.push(vec![1u8; 10 << 20]); }\n    \
         std::thread::sleep(std::time::Duration::from_secs(60));\n    drop(all);",
    );
    let mut run = server.runs_edited(GREETS, &edit)?;
    let exceeded = run.until("exceeded")?;
    ensure!(exceeded["what"] == "MiB of memory", "{exceeded}");
    ensure!(run.to_end()?.event("exited")?["signal"] == 9);
    server.left_alone(usize::MAX)
}
