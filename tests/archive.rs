//! `cargo run -- pack`: what it packs runs without Rust, and with no file of the
//! checkout in sight.

use anyhow::{Context, bail, ensure};
use libtest_mimic::Trial;
use recording::Recording;
use recording::catalogue::ListingName;
use run::missing_tools;
use rustix::process::Signal;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};
use tests::archive::Unpacked;
use tests::book::root;
use tests::harness::{arguments, needing};
use tests::processes::mount_namespace;
use tests::server::{Server, left_in};

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
        hidden("a command on a page works in it", says_what_can_be_typed),
        hidden("an X-ray names the listing's lines", names_lines),
        hidden("what needs Rust says so", says_what_it_needs),
        hidden("what was answered is kept in it", keeps_progress),
        hidden("its commands say what they need", refuses_commands),
        hidden("its help names what works in it", helps),
        hidden("a folder that cannot be written is named", reads_only),
        hidden("what was answered can be kept elsewhere", keeps_elsewhere),
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

/// No page and no program of it says what only a checkout's reader can type.
fn says_what_can_be_typed(archive: &Unpacked) -> anyhow::Result<()> {
    let server = archive.starts()?;
    for (page, typed) in [
        ("/chapter5-pipes/", "typed\">programs/chapter5 word_count<"),
        (
            "/chapter5-pipes/",
            "typed\">programs/chapter5 word_count.py<",
        ),
        (
            "/chapter6-microphone/recorder.html",
            "programs/chapter6 record --seconds 5",
        ),
        ("/appendix-phrasebook/", "programs/phrasebook run_checked"),
    ] {
        let text = server.page(page)?;
        ensure!(text.contains(typed), "{page}: no {typed}");
    }
    let all = server.page("/print.html")?;
    let named: BTreeSet<_> = (all.split("programs/").skip(1))
        .filter_map(|rest| {
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .next()
        })
        .filter(|name| !name.is_empty())
        .collect();
    ensure!(named.len() > 9, "{named:?}");
    for name in named {
        ensure!(archive.root.join("programs").join(name).is_file(), "{name}");
    }
    for (typed, status, says) in [
        ("chapter5 --help", 0, "programs/chapter5 --list   name"),
        ("chapter5 no_such", 2, "programs/chapter5 --list names"),
        ("chapter6 record --help", 0, "programs/chapter6 record"),
        ("chapter8 measure --help", 0, "programs/chapter8 measure"),
        ("phrasebook --help", 0, "programs/phrasebook NAME std  only"),
    ] {
        let mut command = archive.hidden()?;
        let typed = format!("programs/{typed}");
        command.current_dir(&archive.root).args(typed.split(' '));
        let output = command.output()?;
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        ensure!(output.status.code() == Some(status), "{typed}: {said}");
        ensure!(said.contains(says), "{typed}: {said}");
        ensure!(!said.contains("cargo"), "{typed}: {said}");
    }
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
        ensure!(said.lines().count() == 1, "{command}: {said}");
        ensure!(
            said.contains("needs Rust and the book's source"),
            "{command}: {said}"
        );
    }
    // Nobody is sent for xz who then needs Rust.
    let mut open = archive.hidden()?;
    open.args(["env", "PATH=/nowhere"]);
    let output = open.arg(archive.root.join("open")).arg("pack").output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        said.contains("needs Rust") && !said.contains("xz"),
        "{said}"
    );
    Ok(())
}

fn helps(archive: &Unpacked) -> anyhow::Result<()> {
    let help = |arguments: &[&str]| {
        let mut open = archive.hidden()?;
        let open = open.arg(archive.root.join("open")).args(arguments);
        anyhow::Ok(String::from_utf8(open.output()?.stdout)?)
    };
    for argument in ["--help", "-h", "help"] {
        let said = help(&[argument])?;
        ensure!(said.contains("Usage: ./open [OPTIONS]\n"), "{said}");
        ensure!(said.contains("--no-open"), "{said}");
        for wrong in ["cargo", "Commands:", "build", "study", "Save a page"] {
            ensure!(!said.contains(wrong), "{wrong}: {said}");
        }
    }
    let said = help(&["study", "--help"])?;
    ensure!(said.contains("needs Rust and the book's source"), "{said}");
    Ok(())
}

fn reads_only(archive: &Unpacked) -> anyhow::Result<()> {
    let mut server = archive.start(archive.read_only()?).starts()?;
    let said = server.said_first()?.join("\n");
    // An earlier server may have made the folder `target`, and its files.
    let root = archive.root.display();
    let unwritten = [
        " ",
        "/target ",
        "/target/progress.lock ",
        "/target/live/1/lock ",
    ]
    .map(|it| format!("{root}{it}cannot be written"));
    let names_it = |said: &str| unwritten.iter().any(|it| said.contains(it));
    ensure!(names_it(&said) && said.contains("BOOK_PROGRESS="), "{said}");
    // What keeps nothing goes on.
    for listing in ["chapter5/word_count", "chapter5/word_count.py"] {
        let ended = server.runs(listing)?.to_end()?;
        let verdict = &ended.event("compared")?["verdict"];
        ensure!(verdict == "as_recorded", "{listing}: {:?}", ended.events);
    }
    server.agrees()?;
    let edited = server.runs_edited("chapter5/word_count.py", "print('mine')\n")?;
    ensure!(edited.to_end()?.stdout()? == b"mine\n");
    let said = keeps(&server)?;
    ensure!(names_it(&said), "{said}");
    server.ends_by(Signal::INT)?;
    let left = left_in(server.temporary())?;
    ensure!(left.is_empty(), "{left:?}");
    for typed in ["chapter5 word_count", "phrasebook run_checked"] {
        let mut command = archive.read_only()?;
        command.args(["env", "-C"]).arg(&archive.root);
        command.args(format!("programs/{typed}").split(' '));
        let output = command.output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        ensure!(output.status.success(), "{typed}: {output:?}");
        ensure!(!said.contains("os error"), "{typed}: {said}");
    }
    Ok(())
}

fn keeps_elsewhere(archive: &Unpacked) -> anyhow::Result<()> {
    let elsewhere = archive.outer.path().join("mine/progress.txt");
    let start = archive.start(archive.read_only()?);
    let start = start.knowing("BOOK_PROGRESS", &elsewhere.to_string_lossy());
    let server = start.starts()?;
    let said = server.said_first()?.join("\n");
    ensure!(!said.contains("cannot be written"), "{said}");
    keeps(&server)?;
    let kept = fs::read_to_string(elsewhere)?;
    ensure!(kept.ends_with("\nlast a.html\n"), "{kept}");
    Ok(())
}

/// Has the server keep which page was read; what it says to that.
fn keeps(server: &Server) -> anyhow::Result<String> {
    let asked = server.asked("POST", "/progress");
    let answer = asked.json("{\"set\":{\"last\":\"a.html\"}}").sent()?;
    answer.text()
}
