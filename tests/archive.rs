//! `cargo run -- pack`: what it packs runs without Rust, and with no file of the
//! checkout in sight.

use anyhow::{Context, bail, ensure};
use libtest_mimic::Trial;
use recording::Recording;
use recording::catalogue::ListingName;
use run::missing_tools;
use serde_json::json;
use std::fs;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};
use tests::archive::Unpacked;
use tests::book::root;
use tests::harness::{arguments, needing};
use tests::processes::mount_namespace;

/// The largest archive, in bytes.
const MOST: u64 = 40 << 20;

/// Packed and unpacked when the first test asks for it.
type Shared = Arc<LazyLock<Result<Unpacked, String>>>;

fn main() {
    let archive: Shared = Arc::new(LazyLock::new(|| {
        Unpacked::new().map_err(|error| format!("{error:#}"))
    }));
    let packing = missing_tools(&["xz"]);
    // What hides the checkout from the archive's programs.
    let mut hiding = missing_tools(&["xz", "python3", "unshare", "mount"]);
    if mount_namespace().is_none() {
        hiding.push("mount namespace");
    }
    let hidden = |name, run| test(&archive, name, &hiding, run);
    let trials = vec![
        test(&archive, "it is small, and one folder", &packing, is_small),
        hidden("its pages say what is so", says_what_is_so),
        hidden("listings in Rust run as recorded", runs_rust),
        hidden("listings in Python run, edited too", runs_python),
        hidden("a listing runs in a terminal", runs_in_a_terminal),
        hidden("an X-ray names the listing's lines", names_lines),
        hidden("what needs Rust says so", says_what_it_needs),
        hidden("what was answered is kept in it", keeps_progress),
        hidden("its commands say what they need", refuses_commands),
    ];
    let conclusion = libtest_mimic::run(&arguments(), trials);
    // `exit` drops nothing, and the folder would stay.
    drop(archive);
    conclusion.exit();
}

fn test(
    archive: &Shared,
    name: &str,
    missing: &[&str],
    run: fn(&Unpacked) -> anyhow::Result<()>,
) -> Trial {
    let archive = Arc::clone(archive);
    needing(name, missing, move || match &**archive {
        Ok(archive) => run(archive),
        Err(error) => bail!("no archive: {error}"),
    })
}

fn is_small(archive: &Unpacked) -> anyhow::Result<()> {
    ensure!(archive.bytes < MOST, "{} bytes", archive.bytes);
    for part in [
        "open",
        "README.txt",
        "programs/chapter5",
        "pages/index.html",
    ] {
        ensure!(archive.root.join(part).is_file(), "no {part}");
    }
    // What the reader of the checkout has done is theirs.
    let exercises = "chapters-code/chapter5/exercises";
    ensure!(!archive.root.join(exercises).exists());
    ensure!(!archive.held_progress);
    Ok(())
}

fn says_what_is_so(archive: &Unpacked) -> anyhow::Result<()> {
    let server = archive.starts()?;
    let page = server.page("/introduction.html")?;
    ensure!(page.contains("$ ./open"), "{page}");
    ensure!(!page.contains("this page is served from it"));
    ensure!(server.page("/chapter5-pipes/")?.contains("data-live"));
    Ok(())
}

fn runs_rust(archive: &Unpacked) -> anyhow::Result<()> {
    let server = archive.starts()?;
    // One starts its own program once more, as a child.
    for listing in [
        "chapter5/word_count",
        "chapter5/grandchild",
        "chapter2/full_pipe",
    ] {
        let ended = server.runs(listing)?.to_end()?;
        let verdict = &ended.event("compared")?["verdict"];
        ensure!(verdict == "as_recorded", "{listing}: {:?}", ended.events);
    }
    Ok(())
}

fn runs_python(archive: &Unpacked) -> anyhow::Result<()> {
    let server = archive.starts()?;
    let listing = "chapter5/word_count.py";
    let ended = server.runs(listing)?.to_end()?;
    let verdict = &ended.event("compared")?["verdict"];
    ensure!(verdict == "as_recorded", "{:?}", ended.events);
    server.agrees()?;
    let edited = server.runs_edited(listing, "print('mine')\n")?.to_end()?;
    ensure!(edited.stdout()? == b"mine\n", "{:?}", edited.events);
    Ok(())
}

/// As its introduction and its `README.txt` say.
fn runs_in_a_terminal(archive: &Unpacked) -> anyhow::Result<()> {
    let typed = "programs/chapter5 word_count";
    let page = archive.starts()?.page("/introduction.html")?;
    for text in [page, fs::read_to_string(archive.root.join("README.txt"))?] {
        ensure!(text.contains(typed), "{text}");
    }
    let mut command = archive.hidden()?;
    command.current_dir(&archive.root).args(typed.split(' '));
    let output = command.output()?;
    let listing = ListingName::from_str("chapter5/word_count")?;
    let recording = Recording::read(&root(), &listing)?;
    ensure!(output.stdout == recording.stdout(), "{output:?}");
    Ok(())
}

fn names_lines(archive: &Unpacked) -> anyhow::Result<()> {
    let wanted = json!({ "chapter": "chapter5", "listing": "grandchild", "xray": true });
    let ended = archive.starts()?.begins(&wanted)?.to_end()?;
    let mut rows = ended.events.iter().filter(|it| it["kind"] == "row");
    let is_spawn = |row: &&serde_json::Value| row["row"]["kind"] == "spawned";
    let spawn = rows.find(is_spawn).context("no row of a start")?;
    let line = spawn["row"]["line"]
        .as_u64()
        .context("a row without a line")?;
    let source = archive
        .root
        .join("chapters-code/chapter5/src/listings/grandchild.rs");
    let source = fs::read_to_string(source)?;
    let at = usize::try_from(line)? - 1;
    let code = source.lines().nth(at).context("the listing is shorter")?;
    ensure!(code.contains("cmd!"), "line {line}: {code}");
    Ok(())
}

fn says_what_it_needs(archive: &Unpacked) -> anyhow::Result<()> {
    let server = archive.starts()?;
    let asked = |method: &str, path: &str, body: &str| {
        let answer = server.asked(method, path).json(body).sent()?;
        anyhow::Ok((answer.status, answer.text()?))
    };
    let edit = json!({ "chapter": "chapter5", "listing": "word_count", "source": "" });
    let check = json!({ "chapter": "chapter2", "exercise": "both_streams" });
    for (method, path, body) in [
        ("GET", "/edits/chapter5/word_count", String::new()),
        ("POST", "/runs", edit.to_string()),
        ("GET", "/exercises/chapter2/both_streams", String::new()),
        (
            "POST",
            "/exercises/chapter2/both_streams/reset",
            "{}".to_owned(),
        ),
        // Before anybody is asked to agree to it.
        ("POST", "/runs", check.to_string()),
    ] {
        let (status, said) = asked(method, path, &body)?;
        ensure!(status == 501, "{method} {path}: {status} {said}");
        ensure!(said.contains("needs Rust and the book's source"), "{said}");
    }
    let (status, said) = asked("GET", "/edits/chapter5/word_count.py", "")?;
    ensure!(status == 204, "{status} {said}");
    Ok(())
}

fn keeps_progress(archive: &Unpacked) -> anyhow::Result<()> {
    let server = archive.starts()?;
    let mut changes = server.changes()?;
    // An editor in a terminal, or another page's server.
    let progress = archive.root.join("progress.txt");
    fs::write(&progress, "last chapter5-pipes/index.html\n")?;
    changes.until("progress")?;
    drop(server);
    let said = archive.starts()?.said_first()?;
    let mut said = said.iter();
    ensure!(said.any(|it| it.contains("/chapter5-pipes/")), "{said:?}");
    Ok(())
}

fn refuses_commands(archive: &Unpacked) -> anyhow::Result<()> {
    for command in ["build", "check", "export", "pack", "record", "study"] {
        let mut open = archive.hidden()?;
        let open = open.arg(archive.root.join("open")).arg(command);
        let output = open.current_dir(&archive.outer).output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.code() == Some(1), "{command}: {said}");
        ensure!(
            said.contains("needs Rust and the book's source"),
            "{command}: {said}"
        );
    }
    Ok(())
}
