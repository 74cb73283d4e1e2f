//! Exercises and progress, as the page asks for them.

use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use std::fs;
use tests::harness::{linux_test, test};
use tests::http::Answer;
use tests::processes;
use tests::scratch_book::ScratchBook;
use tests::server::{Ended, Running, Server, Start, awaited};
use tests::studied_book::Turn;

pub fn tests() -> Vec<Trial> {
    vec![
        test(
            "study: progress is kept in a file of plain lines",
            kept_in_a_file,
        ),
        test(
            "study: what is written by hand reaches the page",
            written_by_hand,
        ),
        test("study: two servers at once forget nothing", two_servers),
        test(
            "study: a broken progress file costs only what is broken",
            broken,
        ),
        test(
            "study: a progress file that is read-only is said to be",
            read_only,
        ),
        test("study: a progress file may be deleted meanwhile", deleted),
        test("study: an exercise is read and saved where it lies", saved),
        test(
            "study: a file that has changed on disk is not overwritten",
            changed,
        ),
        test(
            "study: of two servers that save at once one is told",
            saved_at_once,
        ),
        test("study: a reset gives back the original", reset),
        test(
            "study: nothing of study happens without consent or token",
            refused,
        ),
        test("study: a check that fails says what and why", fails),
        test("study: a check that passes is remembered", passes),
        test(
            "study: a check that passes says so if it cannot be remembered",
            passes_and_is_not_remembered,
        ),
        test(
            "study: what does not compile is no verdict",
            does_not_compile,
        ),
        test(
            "study: an exercise without its check does not pass",
            without_its_check,
        ),
        test("study: the server says where its reader was", says_where),
        linux_test("study: a check that runs can be stopped", stopped),
        linux_test("study: a check whose page goes away is ended", page_gone),
    ]
}

const DOUBLES: &str = "/exercises/chapter1/doubles";
const GIVEN: &str = "chapters-code/chapter1/exercises/given/doubles.rs";
const FILE: &str = "chapters-code/chapter1/exercises/doubles.rs";

/// A server of a book in which nobody has studied.
struct Desk {
    server: Server,
    book: ScratchBook,
    _turn: Turn,
}

impl Desk {
    fn new() -> anyhow::Result<Desk> {
        let (book, turn) = ScratchBook::studied()?;
        let server = Start::of_scratch_book(&book).starts()?;
        Ok(Desk {
            server,
            book,
            _turn: turn,
        })
    }

    fn get(&self, path: &str) -> anyhow::Result<Value> {
        of(self.server.asked("GET", path).sent()?)
    }

    fn post(&self, path: &str, body: &Value) -> anyhow::Result<Answer> {
        self.server
            .asked("POST", path)
            .json(&body.to_string())
            .sent()
    }

    fn remembers(&self, key: &str, value: &str) -> anyhow::Result<()> {
        let answer = self.post("/progress", &json!({ "set": { key: value } }))?;
        ensure!(answer.status == 204, "{}", answer.text()?);
        Ok(())
    }

    fn progress(&self) -> anyhow::Result<String> {
        self.book.read("progress.txt")
    }

    /// Writes the exercise as an editor does.
    fn writes(&self, from: &str, to: &str) -> anyhow::Result<()> {
        self.book.edit_exercise("doubles", from, to)
    }

    fn checks(&self, name: &str) -> anyhow::Result<Running> {
        self.server.agrees()?;
        let wanted = json!({ "chapter": "chapter1", "exercise": name });
        self.server.begins(&wanted)
    }

    /// What the page says of a check: it is what `study` says, but for where lines are
    /// wrapped.
    fn says_as_a_terminal(&self, ended: &Ended) -> anyhow::Result<String> {
        let said = ended.event("verdict")?["said"].as_array().cloned();
        let said = said.context("a list")?.into_iter().map(|it| {
            let mark = it["mark"].as_str().map(|mark| format!("{mark} "));
            mark.unwrap_or_default() + it["text"].as_str().unwrap_or_default() + "\n"
        });
        let said: String = said.collect();
        let study = self.book.openbook(&["study", "doubles"])?.output()?;
        let study = String::from_utf8(study.stdout)?;
        let (_, verdict) = study.split_once("\n\n").context("a title")?;
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        ensure!(words(&said) == words(verdict), "{said}\nis not\n{verdict}");
        Ok(said)
    }
}

fn of(answer: Answer) -> anyhow::Result<Value> {
    let status = answer.status;
    let text = answer.text()?;
    ensure!(status == 200, "{status}: {text}");
    Ok(serde_json::from_str(&text)?)
}

fn kept_in_a_file() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    ensure!(desk.get("/progress")? == json!({}));
    desk.remembers("predict chapter1/greets 1a2b", "0")?;
    desk.remembers("last", "index.html")?;
    let wanted = json!({ "last": "index.html", "predict chapter1/greets 1a2b": "0" });
    ensure!(desk.get("/progress")? == wanted);
    let lines = "\npredict chapter1/greets 1a2b 0\nlast index.html\n";
    ensure!(desk.progress()?.ends_with(lines), "{}", desk.progress()?);
    let change = json!({ "set": { "last": "b.html" }, "remove": [], "replace": true });
    ensure!(desk.post("/progress", &change)?.status == 204);
    ensure!(desk.get("/progress")? == json!({ "last": "b.html" }));
    ensure!(desk.progress()?.starts_with("# How far"));
    // A key that could not be read again as it was is not written.
    desk.remembers("a\nlast", "c.html")?;
    ensure!(desk.get("/progress")? == json!({ "last": "b.html" }));
    Ok(())
}

fn written_by_hand() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let mut changes = desk.server.changes()?;
    let text = "# a note\nlast a.html\nexercise chapter1/doubles passed\nnonsense\n";
    desk.book.write("progress.txt", text)?;
    changes.until("progress")?;
    let wanted = json!({ "exercise chapter1/doubles": "passed", "last": "a.html" });
    ensure!(desk.get("/progress")? == wanted);
    desk.remembers("last", "b.html")?;
    changes.until("progress")?;
    ensure!(desk.progress()? == text.replace("a.html", "b.html"));
    Ok(())
}

fn two_servers() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let other = Start::of_scratch_book(&desk.book).starts()?;
    std::thread::scope(|scope| -> anyhow::Result<()> {
        let writers: Vec<_> = [&desk.server, &other]
            .into_iter()
            .enumerate()
            .map(|(number, server)| {
                scope.spawn(move || -> anyhow::Result<()> {
                    for line in 0..25 {
                        let body = json!({ "set": { format!("k {number} {line}"): "1" } });
                        let asked = server.asked("POST", "/progress");
                        ensure!(asked.json(&body.to_string()).sent()?.status == 204);
                    }
                    Ok(())
                })
            })
            .collect();
        for writer in writers {
            writer.join().expect("the writer does not panic")?;
        }
        Ok(())
    })?;
    let all = desk.get("/progress")?;
    ensure!(all.as_object().context("a map")?.len() == 50, "{all}");
    Ok(())
}

fn broken() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let bytes = b"last a.html\n\xff\xfe\n\x00\nhints chapter1/doubles 2\n";
    fs::write(desk.book.path("progress.txt"), bytes)?;
    let all = desk.get("/progress")?;
    ensure!(all["hints chapter1/doubles"] == "2", "{all}");
    desk.remembers("last", "b.html")?;
    ensure!(desk.get("/progress")?["last"] == "b.html");
    ensure!(fs::read(desk.book.path("progress.txt.broken"))? == bytes);
    Ok(())
}

fn read_only() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.book.freeze_progress("last a.html\n")?;
    let answer = desk.post("/progress", &json!({ "set": { "last": "b.html" } }))?;
    ensure!(answer.status == 500);
    let text = answer.text()?;
    ensure!(text.contains("read-only"), "{text}");
    ensure!(desk.get("/progress")? == json!({ "last": "a.html" }));
    Ok(())
}

fn deleted() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.remembers("last", "a.html")?;
    let mut changes = desk.server.changes()?;
    fs::remove_file(desk.book.path("progress.txt"))?;
    changes.until("progress")?;
    ensure!(desk.get("/progress")? == json!({}));
    desk.remembers("last", "b.html")?;
    ensure!(desk.progress()?.ends_with("\nlast b.html\n"));
    Ok(())
}

fn saved() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.server.agrees()?;
    let own = desk.get(DOUBLES)?;
    ensure!(own["begun"] == false, "{own}");
    let source = own["source"].as_str().context("a text")?;
    ensure!(source == desk.book.read(GIVEN)?);
    ensure!(!desk.book.path(FILE).exists(), "it was only looked at");
    let source = source.replace("    number\n", "    number + number\n");
    let body = json!({ "source": source, "version": own["version"] });
    let written = of(desk.post(DOUBLES, &body)?)?;
    ensure!(written["begun"] == true && written["version"] != own["version"]);
    ensure!(desk.book.read(FILE)? == source);
    ensure!(desk.get(DOUBLES)? == written);
    Ok(())
}

fn changed() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.server.agrees()?;
    let own = desk.get(DOUBLES)?;
    desk.writes("    number\n", "    number * 3\n")?;
    let body = json!({ "source": "mine", "version": own["version"] });
    let refused = desk.post(DOUBLES, &body)?;
    ensure!(refused.status == 409);
    let refused: Value = serde_json::from_str(&refused.text()?)?;
    let there = refused["source"].as_str().context("a text")?;
    ensure!(there.contains("number * 3") && there == desk.book.read(FILE)?);
    let body = json!({ "source": "mine", "version": refused["version"] });
    of(desk.post(DOUBLES, &body)?)?;
    ensure!(desk.book.read(FILE)? == "mine");
    Ok(())
}

fn saved_at_once() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let other = Start::of_scratch_book(&desk.book).starts()?;
    desk.server.agrees()?;
    other.agrees()?;
    for round in 0..20 {
        let version = &desk.get(DOUBLES)?["version"];
        let save = |server: &Server, source: &str| {
            let body = json!({ "source": format!("{source} {round}"), "version": version });
            let answer = server.asked("POST", DOUBLES).json(&body.to_string()).sent();
            answer.map(|answer| answer.status)
        };
        let (one, two) = std::thread::scope(|scope| {
            let two = scope.spawn(|| save(&other, "two"));
            (save(&desk.server, "one"), two.join())
        });
        let two = two.map_err(|_| anyhow::anyhow!("it panicked"))??;
        let mut both = [one?, two];
        both.sort();
        ensure!(both == [200, 409], "{round}: {both:?}");
    }
    Ok(())
}

fn reset() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let given = desk.book.read(GIVEN)?;
    desk.writes("    number\n", "    number * 2\n")?;
    desk.remembers("exercise chapter1/doubles", "passed")?;
    desk.remembers("hints chapter1/doubles", "1")?;
    desk.remembers("last", "index.html")?;
    let own = of(desk.post(&format!("{DOUBLES}/reset"), &json!({}))?)?;
    ensure!(own["begun"] == false);
    ensure!(desk.book.read(FILE)? == given);
    ensure!(desk.get("/progress")? == json!({ "last": "index.html" }));
    Ok(())
}

fn refused() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let write = json!({ "source": "", "version": "" }).to_string();
    let run = json!({ "chapter": "chapter1", "exercise": "doubles" }).to_string();
    for (path, body) in [(DOUBLES, &write), ("/runs", &run)] {
        let refused = desk.server.asked("POST", path).json(body).sent()?;
        ensure!(refused.status == 403, "{path}: {}", refused.status);
        let text = refused.text()?;
        ensure!(
            text.contains("\"consent\":\"Edited code runs as you"),
            "{text}"
        );
    }
    let reset = format!("{DOUBLES}/reset");
    for (method, path) in [
        ("GET", "/progress"),
        ("POST", "/progress"),
        ("GET", DOUBLES),
        ("POST", DOUBLES),
        ("POST", reset.as_str()),
    ] {
        let asked = desk.server.asked(method, path).json("{}");
        let stranger = asked.clone().without("Authorization").sent()?;
        ensure!(
            stranger.status == 401,
            "{method} {path}: {}",
            stranger.status
        );
        let elsewhere = asked.with("Origin", "http://example.com").sent()?;
        ensure!(
            elsewhere.status == 403,
            "{method} {path}: {}",
            elsewhere.status
        );
    }
    let unknown = desk
        .server
        .asked("GET", "/exercises/chapter1/duobles")
        .sent()?;
    ensure!(unknown.status == 404);
    let text = unknown.text()?;
    ensure!(
        text.contains("the nearest name is chapter1/doubles"),
        "{text}"
    );
    let up = desk
        .server
        .asked("GET", "/exercises/chapter1/..%2Fdoubles")
        .sent()?;
    ensure!(up.status == 404);
    let both = json!({ "chapter": "chapter1", "exercise": "doubles", "listing": "greets" });
    ensure!(desk.post("/runs", &both)?.status == 400);
    Ok(())
}

fn fails() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let ended = desk.checks("doubles")?.to_end()?;
    ensure!(ended.event("checked")?["passed"] == false, "{ended:?}");
    let said = desk.says_as_a_terminal(&ended)?;
    ensure!(said.contains("✗ twice two is four\n"), "{said}");
    ensure!(said.contains("doubled(2) should be 4, and is 2"), "{said}");
    ensure!(said.contains("read:     book/index.md"), "{said}");
    ensure!(ended.stdout()?.is_empty(), "{ended:?}");
    ensure!(desk.get("/progress")? == json!({}));
    Ok(())
}

fn passes() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.writes("    number\n", "    number * 2\n")?;
    let mut changes = desk.server.changes()?;
    let ended = desk.checks("doubles")?.to_end()?;
    ensure!(ended.event("checked")?["passed"] == true, "{ended:?}");
    changes.until("progress")?;
    let passed = json!({
        "exercise chapter1/doubles": "passed",
        "studying": "chapter1/doubles",
    });
    ensure!(desk.get("/progress")? == passed);
    Ok(())
}

fn passes_and_is_not_remembered() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.book.freeze_progress("last a.html\n")?;
    desk.writes("    number\n", "    number * 2\n")?;
    let ended = desk.checks("doubles")?.to_end()?;
    ensure!(ended.event("checked")?["passed"] == true, "{ended:?}");
    let message = &ended.event("failed")?["message"];
    ensure!(message.to_string().contains("read-only"), "{message}");
    Ok(())
}

fn does_not_compile() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.writes("    number\n", "    numbr\n")?;
    let ended = desk.checks("doubles")?.to_end()?;
    let diagnostic = ended.event("diagnostic")?;
    ensure!(
        diagnostic["line"] == 6 && diagnostic["column"] == 5,
        "{diagnostic}"
    );
    ensure!(ended.event("failed")?["message"] == "it does not compile");
    ensure!(ended.event("checked").is_err());
    // rustc tells of the import first.
    desk.writes("pub fn", "use std::fs;\n\npub fn")?;
    let said = desk.says_as_a_terminal(&desk.checks("doubles")?.to_end()?)?;
    let error = said.find("✗ error[E0425]: cannot find value `numbr`");
    let warning = said.find("warning: unused import: `std::fs`");
    ensure!(error.is_some() && error < warning, "{said}");
    Ok(())
}

fn without_its_check() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let own = "mod mine {\n    #[test]\n    fn all_is_well() {}\n}";
    desk.writes("#[path = \"../checks/doubles.rs\"]\nmod checks;", own)?;
    let ended = desk.checks("doubles")?.to_end()?;
    let checked = ended.event("checked")?;
    ensure!(checked["passed"] == false, "{checked}");
    let said = desk.says_as_a_terminal(&ended)?;
    ensure!(said.contains("must stay"), "{said}");
    Ok(())
}

fn says_where() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    for (last, is_said) in [
        ("chapter1-scratch/index.html", true),
        ("chapter1-scratch/gone.html", false),
        ("../../Cargo.toml", false),
        ("/etc/hosts.html", false),
    ] {
        fs::write(desk.book.path("progress.txt"), format!("last {last}\n"))?;
        let said = Start::of_scratch_book(&desk.book).starts()?.said_first()?;
        let line = said
            .iter()
            .find(|it| it.starts_with("Go on where you were: "));
        ensure!(line.is_some() == is_said, "{last}: {said:?}");
        if let Some(line) = line {
            ensure!(line.contains(&format!("/{last}#token=")), "{line}");
        }
    }
    Ok(())
}

fn stopped() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    // After its first build a server keeps some files open.
    desk.checks("doubles")?.to_end()?;
    let open = desk.server.open_files()?.len();
    let mut check = desk.checks("waits")?;
    check.until("started")?;
    sleeps(&desk, true)?;
    let stop = desk.post(&check.path("/stop")?, &json!({}))?;
    ensure!(stop.status == 204);
    let ended = check.to_end()?;
    ensure!(ended.event("exited")?["signal"].is_number(), "{ended:?}");
    ensure!(ended.event("checked")?["passed"] == false);
    sleeps(&desk, false)?;
    awaited("the check's folder to go", || {
        let left = desk.book.left_in("target/checks")?;
        Ok(left.is_empty().then_some(()))
    })?;
    desk.server.left_alone(open)
}

fn page_gone() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.checks("doubles")?.to_end()?;
    let open = desk.server.open_files()?.len();
    let mut check = desk.checks("waits")?;
    check.until("started")?;
    sleeps(&desk, true)?;
    drop(check);
    sleeps(&desk, false)?;
    awaited("the check's folder to go", || {
        let left = desk.book.left_in("target/checks")?;
        Ok(left.is_empty().then_some(()))
    })?;
    desk.server.left_alone(open)
}

/// Waits until the exercise's child runs, or until it does not.
fn sleeps(desk: &Desk, wanted: bool) -> anyhow::Result<()> {
    let what = if wanted {
        "the child"
    } else {
        "the child's end"
    };
    awaited(what, || {
        let sleeps = processes::runs_a("sleep", &desk.book.path("target/checks"))?;
        Ok((sleeps == wanted).then_some(()))
    })
}
