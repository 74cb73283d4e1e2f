//! Output and input that no page should have to think of.

use crate::servers;
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use std::io::Read;
use std::time::{Duration, Instant};
use tests::harness::{linux_test, test};

pub fn tests() -> Vec<Trial> {
    vec![
        linux_test("a gibibyte of output leaves the memory flat", a_gibibyte),
        test("a million short lines arrive as they were", a_million_lines),
        test(
            "bytes that are no text arrive as they were",
            bytes_that_are_no_text,
        ),
        test("a listing reads what its page types", reads_what_is_typed),
        test(
            "a listing that is told something else is not compared",
            told_something_else,
        ),
        test(
            "a closed stdin takes what is typed and does nothing",
            a_closed_stdin,
        ),
        test(
            "a run beyond its time is ended and says so",
            beyond_its_time,
        ),
        test(
            "what a run draws can be had by who has the token",
            what_a_run_draws,
        ),
        test(
            "a listing without its tool says what it needs",
            without_its_tool,
        ),
        test(
            "a fifth run waits, and says for how many",
            a_fifth_run_waits,
        ),
    ]
}

/// A server may need a little more for the first run than for none.
const SLACK: u64 = 24 * 1024;

fn a_gibibyte() -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.starts()?;
    server.runs("chapter1/greets")?.to_end()?;
    let before = server.peak_memory()?;
    let wanted = r#"{"chapter":"chapter1","listing":"floods"}"#;
    let mut answer = server.asked("POST", "/runs").json(wanted).sent()?;
    let mut room = vec![0; 1 << 20];
    let (mut bytes, mut last) = (0, Vec::new());
    loop {
        let count = answer.body.read(&mut room)?;
        if count == 0 {
            break;
        }
        bytes += count;
        last.extend_from_slice(&room[..count]);
        let keep = last.len().saturating_sub(4096);
        last.drain(..keep);
    }
    ensure!(bytes > 1 << 30, "only {bytes} bytes came");
    let last = String::from_utf8_lossy(&last);
    ensure!(last.contains(r#""kind":"exited","code":0"#), "{last}");
    ensure!(
        last.contains("it wrote 1073741824 bytes, and 0 are recorded"),
        "{last}"
    );
    let after = server.peak_memory()?;
    ensure!(after < before + SLACK, "from {before} KiB to {after} KiB");
    Ok(())
}

fn a_million_lines() -> anyhow::Result<()> {
    let ended = servers::scratch()?.runs("chapter1/counts")?.to_end()?;
    let stdout = String::from_utf8(ended.stdout()?)?;
    ensure!(stdout.lines().count() == 1_000_000);
    let right = stdout
        .lines()
        .zip(1..)
        .all(|(line, number)| line == number.to_string());
    ensure!(right, "a line is not what was written");
    Ok(())
}

fn bytes_that_are_no_text() -> anyhow::Result<()> {
    let ended = servers::scratch()?.runs("chapter1/mumbles")?.to_end()?;
    ensure!(ended.stdout()? == b"\xff\x00<b>\xf0\x9f", "{ended:?}");
    ensure!(
        ended.event("compared")?["verdict"] == "as_recorded",
        "{ended:?}"
    );
    Ok(())
}

fn reads_what_is_typed() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let mut run = server.runs("chapter1/repeats")?;
    run.until("started")?;
    for (line, answer) in [("one\n", "> one\n"), ("two\n", "> two\n")] {
        let typed = format!(r#"{{"text":{line:?}}}"#);
        let typed = server.asked("POST", &run.path("/stdin")?).json(&typed);
        ensure!(typed.sent()?.status == 204);
        let said = run.until("stdout")?;
        ensure!(said["text"] == answer, "{said}");
    }
    let stdin = run.path("/stdin")?;
    let end = server
        .asked("POST", &stdin)
        .json(r#"{"end":true}"#)
        .sent()?;
    ensure!(end.status == 204);
    ensure!(run.until("stdout")?["text"] == "end\n");
    let ended = run.to_end()?;
    ensure!(
        ended.event("compared")?["verdict"] == "as_recorded",
        "{ended:?}"
    );
    let late = server
        .asked("POST", &stdin)
        .json(r#"{"text":"x"}"#)
        .sent()?;
    ensure!(late.status == 404, "{}", late.status);
    Ok(())
}

fn told_something_else() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let mut run = server.runs("chapter1/repeats")?;
    run.until("started")?;
    let typed = r#"{"text":"three\n","end":true}"#;
    server
        .asked("POST", &run.path("/stdin")?)
        .json(typed)
        .sent()?;
    let ended = run.to_end()?;
    ensure!(ended.stdout()? == b"> three\nend\n", "{ended:?}");
    ensure!(
        ended.event("compared")?["verdict"] == "not_compared",
        "{ended:?}"
    );
    Ok(())
}

fn a_closed_stdin() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let mut run = server.runs("chapter1/sleeps")?;
    run.until("started")?;
    for typed in [
        r#"{"text":"a\n"}"#,
        r#"{"end":true}"#,
        r#"{"text":"b\n","end":true}"#,
    ] {
        let typed = server
            .asked("POST", &run.path("/stdin")?)
            .json(typed)
            .sent()?;
        ensure!(typed.status == 204, "{}", typed.status);
    }
    let stop = server
        .asked("POST", &run.path("/stop")?)
        .json("{}")
        .sent()?;
    ensure!(stop.status == 204);
    let ended = run.to_end()?;
    ensure!(ended.event("exited")?["signal"] == 2, "{ended:?}");
    Ok(())
}

fn beyond_its_time() -> anyhow::Result<()> {
    let ended = servers::scratch()?.runs("chapter1/lasts")?.to_end()?;
    ensure!(ended.event("timed_out")?["seconds"] == 1.0, "{ended:?}");
    ensure!(ended.event("exited")?["signal"] == 9, "{ended:?}");
    Ok(())
}

fn what_a_run_draws() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let mut run = server.runs("chapter1/draws")?;
    run.until("started")?;
    let folder = run.path("/artifacts")?;
    let ended = run.to_end()?;
    let files = ended.event("artifacts")?["files"]
        .as_array()
        .context("a list")?;
    let names: Vec<_> = files.iter().map(|file| &file["name"]).collect();
    ensure!(names == ["a drawing.svg", "too-large.wav"], "{files:?}");
    ensure!(files[0]["type"] == "image/svg+xml", "{files:?}");
    ensure!(files[1]["too_large"] == true, "{files:?}");
    let drawing = server.asked("GET", &format!("{folder}/a%20drawing.svg"));
    let stranger = drawing.clone().without("Authorization").sent()?;
    ensure!(stranger.status == 401, "{}", stranger.status);
    let drawing = drawing.sent()?;
    ensure!(drawing.status == 200 && drawing.headers["content-type"] == "image/svg+xml");
    ensure!(drawing.headers["content-security-policy"].contains("sandbox"));
    ensure!(drawing.text()?.starts_with("<svg"));
    for path in [
        "too-large.wav",
        "passwd.txt",
        "folder",
        "..",
        "%2e%2e",
        "..%2f..%2fetc%2fpasswd",
    ] {
        let answer = server.asked("GET", &format!("{folder}/{path}")).sent()?;
        ensure!(answer.status == 404, "{path}: {}", answer.status);
    }
    Ok(())
}

fn without_its_tool() -> anyhow::Result<()> {
    let ended = servers::scratch()?.runs("chapter1/lacks")?.to_end()?;
    let message = ended.event("failed")?["message"].to_string();
    ensure!(message.contains("no-such-program"), "{message}");
    // Other tests' runs may be ahead of it.
    let told = ended.events.iter().filter(|it| it["kind"] != "waiting");
    ensure!(told.count() == 1, "{ended:?}");
    Ok(())
}

fn a_fifth_run_waits() -> anyhow::Result<()> {
    // A server of its own: other tests run listings on the shared one.
    let server = servers::of_scratch_book()?.starts()?;
    let mut sleeping = Vec::new();
    for _ in 0..4 {
        let mut run = server.runs("chapter1/sleeps")?;
        run.until("started")?;
        sleeping.push(run);
    }
    let mut fifth = server.runs("chapter1/greets")?;
    ensure!(fifth.until("waiting")?["ahead"] == 1);
    let mut sixth = server.runs("chapter1/greets")?;
    ensure!(sixth.until("waiting")?["ahead"] == 2);
    drop(fifth);
    ensure!(sixth.until("waiting")?["ahead"] == 1);
    let began = Instant::now();
    drop(sleeping.pop());
    sixth.until("exited")?;
    ensure!(began.elapsed() < Duration::from_secs(30));
    Ok(())
}
