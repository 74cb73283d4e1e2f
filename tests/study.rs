//! `cargo run -- study`, on a terminal and off it.

use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use run::missing_tools;
use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{FileTypeExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use tempfile::TempDir;
use tests::book::{chapters, root};
use tests::harness::{arguments, needing, test};
use tests::processes::{runs_a, standing_in};
use tests::scratch_book::{ScratchBook, end_lines_with_crlf};
use tests::server::awaited;
use tests::studied_book::Turn;
use tests::terminal::{self, Terminal};

const EXERCISE: &str = "chapters-code/chapter1/exercises/doubles.rs";
const GIVEN: &str = "chapters-code/chapter1/exercises/given/doubles.rs";
const WAITS: &str = "chapters-code/chapter1/exercises/waits.rs";

fn main() -> ExitCode {
    let arguments = arguments();
    let typed = |name: &str, run: fn() -> anyhow::Result<()>| {
        needing(name, &missing_tools(terminal::needs()), run)
    };
    let tests = vec![
        test(
            "without a terminal an exercise is checked once",
            checked_once,
        ),
        test(
            "hints come one by one, and a reset gives all back",
            hints_and_reset,
        ),
        test(
            "an exercise that is not there is named with the nearest",
            a_slip,
        ),
        test(
            "progress that cannot be written is said to be",
            not_remembered,
        ),
        test(
            "record keeps an exercise only if it fails as it should",
            kept,
        ),
        test("check proves each exercise", proved),
        test(
            "plain Cargo takes the reader's file, and the given one where there is none",
            plain_cargo,
        ),
        test("an exercise is the reader's own once it is opened", opened),
        test(
            "an exercise is checked whatever folder Cargo is told of",
            cargo_told,
        ),
        test("a checkout with CRLF opens and checks", with_crlf),
        test(
            "progress is written to a device as it is, and to no pipe or folder",
            progress_elsewhere,
        ),
        typed(
            "each save is checked, and a pass is remembered",
            saved_and_passed,
        ),
        typed("keys work while a check runs", keys_meanwhile),
        typed("a newer save ends the check of the older", newer_save),
        typed(
            "what does not compile is shown in rustc's words",
            does_not_compile,
        ),
        typed("nothing scrolls, and the first error is in sight", in_sight),
        typed(
            "a key that takes a question away asks for no hint",
            question_taken_away,
        ),
        typed(
            "a file that a link leads to is watched where it lies",
            through_a_link,
        ),
        typed("progress is watched in a folder that is new", new_folder),
        needing_limits(
            "where the system watches no more, it starts, and c checks",
            not_watched,
        ),
        typed("Ctrl-C ends it, and the terminal is as before", ctrl_c),
        typed("Ctrl-Z gives the terminal back, and fg goes on", ctrl_z),
        typed(
            "an exercise whose file is gone is said so, and given back",
            file_gone,
        ),
        typed(
            "what the page has passed is seen at once",
            passed_in_the_page,
        ),
        typed(
            "a corrupt or removed progress file ends nothing",
            progress_spoilt,
        ),
    ];
    libtest_mimic::run(&arguments, tests).exit_code()
}

/// A test that narrows what the system watches for its user.
fn needing_limits(name: &str, run: fn() -> anyhow::Result<()>) -> Trial {
    let narrows = Command::new("unshare")
        .args([
            "-Ur",
            "sh",
            "-c",
            "echo 0 >/proc/sys/user/max_inotify_watches",
        ])
        .output();
    let mut missing = missing_tools(terminal::needs());
    if missing.is_empty() && !narrows.is_ok_and(|it| it.status.success()) {
        missing.push("a user namespace");
    }
    needing(name, &missing, run)
}

/// A book in which nobody has studied, and a folder for what is left.
struct Desk {
    book: ScratchBook,
    temporary: TempDir,
    _turn: Turn,
}

impl Desk {
    fn new() -> anyhow::Result<Desk> {
        let (book, turn) = ScratchBook::studied()?;
        Ok(Desk {
            book,
            temporary: tempfile::tempdir()?,
            _turn: turn,
        })
    }

    fn openbook(&self) -> anyhow::Result<&'static Path> {
        chapters().binary("openbook")
    }

    fn run(&self, arguments: &[&str]) -> anyhow::Result<(Output, String)> {
        let output = self.book.openbook(arguments)?.output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        Ok((output, said))
    }

    /// The first line of a recording that takes minutes.
    fn begins_to_record(&self, what: &str) -> anyhow::Result<String> {
        let mut record = self.book.openbook(&["record", what])?;
        let mut record = record.stdout(Stdio::piped()).spawn()?;
        let stdout = record.stdout.take().context("stdout is piped")?;
        let said = BufReader::new(stdout).lines().next();
        record.kill()?;
        record.wait()?;
        Ok(said.context("it says nothing")??)
    }

    /// Studies on a terminal. The modes that it has before and after are kept.
    fn studies(&self, name: &str) -> anyhow::Result<Terminal> {
        let openbook = self.openbook()?.display();
        let folder = self.temporary.path().display();
        let command = format!(
            "stty -g > {folder}/before; trap '' INT; {openbook} study {name}; status=$?; stty -g > \
             {folder}/after; exit $status"
        );
        self.types(&command)
    }

    /// Runs a command on a terminal.
    fn types(&self, command: &str) -> anyhow::Result<Terminal> {
        let mut variables = self.book.cargo_variables().to_vec();
        variables.push(("TMPDIR", self.temporary.path().to_owned()));
        Terminal::running(command, &self.book.root, &variables)
    }

    fn writes(&self, from: &str, to: &str) -> anyhow::Result<()> {
        self.book.edit_exercise("doubles", from, to)
    }

    fn solves(&self) -> anyhow::Result<()> {
        self.writes("    number\n", "    number * 2\n")
    }

    fn progress(&self) -> anyhow::Result<String> {
        self.book.read("progress.txt")
    }

    /// Waits until a check's child runs.
    fn child_runs(&self, wanted: bool) -> anyhow::Result<()> {
        awaited("the child to come or go", || {
            let sleeps = runs_a("sleep", &self.checks())?;
            Ok((sleeps == wanted).then_some(()))
        })
    }

    /// Where the checks have their folders.
    fn checks(&self) -> PathBuf {
        self.book.path("target/checks")
    }

    /// openbook has quit well, and left nothing.
    fn has_quit(&self, terminal: Terminal) -> anyhow::Result<()> {
        let status = terminal.ends()?;
        ensure!(status.success(), "{status}");
        let modes = |name| fs::read_to_string(self.temporary.path().join(name));
        ensure!(
            modes("before")? == modes("after")?,
            "the terminal has other modes"
        );
        let standing = standing_in(&self.checks())?;
        ensure!(standing.is_empty(), "{standing:?}");
        let folders = self.book.left_in("target/checks")?;
        ensure!(folders.is_empty(), "{folders:?}");
        let entries = fs::read_dir(self.temporary.path())?;
        let left: Vec<_> = entries
            .map(|it| it.map(|it| it.file_name()))
            .collect::<Result<_, _>>()?;
        ensure!(left.len() == 2, "{left:?}");
        Ok(())
    }
}

fn checked_once() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let (output, said) = desk.run(&["study", "doubles"])?;
    ensure!(output.status.code() == Some(1), "{said}");
    ensure!(said.contains("✗ twice two is four"), "{said}");
    ensure!(said.contains("✓ twice nothing is nothing"), "{said}");
    ensure!(
        said.contains("happened: doubled(2) should be 4, and is 2"),
        "{said}"
    );
    ensure!(said.contains("read:     book/index.md"), "{said}");
    desk.solves()?;
    let (output, said) = desk.run(&["study"])?;
    ensure!(output.status.success() && said.contains("passed"), "{said}");
    let (_, said) = desk.run(&["study", "list"])?;
    ensure!(
        said.contains("passed  doubles") && said.contains("1 of 2 passed"),
        "{said}"
    );
    // `hint` without a name is about the next exercise.
    let (_, said) = desk.run(&["study", "hint"])?;
    ensure!(said.contains("chapter1/waits"), "{said}");
    Ok(())
}

fn hints_and_reset() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let given = desk.book.read(GIVEN)?;
    for (hint, solution) in [
        ("Hint 1, where to look: Look at it.", false),
        ("Hint 2, what to use: Use a number.", false),
        ("Hint 3, how it goes: Write it down.", true),
        ("Hint 3, how it goes: Write it down.", true),
    ] {
        let (_, said) = desk.run(&["study", "hint", "doubles"])?;
        ensure!(said.contains(hint), "{said}");
        ensure!(said.contains("solutions/doubles.rs") == solution, "{said}");
    }
    ensure!(desk.progress()?.contains("hints chapter1/doubles 3\n"));
    desk.solves()?;
    let (output, said) = desk.run(&["study", "reset", "chapter1/doubles"])?;
    ensure!(output.status.success(), "{said}");
    ensure!(desk.book.read(EXERCISE)? == given);
    ensure!(!desk.progress()?.contains("hints"));
    Ok(())
}

fn a_slip() -> anyhow::Result<()> {
    let (output, said) = Desk::new()?.run(&["study", "duobles"])?;
    ensure!(!output.status.success());
    ensure!(
        said.contains("the nearest name is chapter1/doubles"),
        "{said}"
    );
    Ok(())
}

fn not_remembered() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.book.freeze_progress("last a.html\n")?;
    let (output, said) = desk.run(&["study", "hint", "doubles"])?;
    ensure!(
        !output.status.success() && said.contains("chmod u+w"),
        "{said}"
    );
    ensure!(desk.progress()? == "last a.html\n");
    Ok(())
}

fn kept() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let before = desk.book.read(GIVEN)?;
    desk.solves()?;
    let (output, said) = desk.run(&["record", "chapter1/doubles"])?;
    ensure!(
        !output.status.success() && said.contains("its check passes"),
        "{said}"
    );
    ensure!(desk.book.read(GIVEN)? == before);
    desk.writes("number * 2", "number + 1")?;
    let (_, said) = desk.run(&["record", "chapter1/doubles"])?;
    ensure!(said.contains("fails for another reason"), "{said}");
    ensure!(desk.book.read(GIVEN)? == before);
    desk.writes("number + 1", "number / 1")?;
    // An exercise that somebody has begun is not kept with its chapter.
    let said = desk.begins_to_record("chapter1")?;
    ensure!(
        said.contains("begun, and left as the book gives it"),
        "{said}"
    );
    ensure!(desk.book.read(GIVEN)? == before);
    let (output, said) = desk.run(&["record", "chapter1/doubles"])?;
    ensure!(
        output.status.success() && said.contains("kept as given"),
        "{said}"
    );
    ensure!(desk.book.read(GIVEN)? == desk.book.read(EXERCISE)?);
    Ok(())
}

fn proved() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let prove = || desk.run(&["check", "chapter1/doubles"]);
    let (output, said) = prove()?;
    ensure!(output.status.success(), "{said}");
    let proof = "chapter1/doubles: fails as given, and its solution passes";
    ensure!(said.contains(proof), "{said}");
    desk.solves()?;
    let (output, said) = prove()?;
    ensure!(output.status.success(), "{said}");
    ensure!(
        said.contains("doubles.rs is not as the book gives it"),
        "{said}"
    );
    desk.writes("number * 2", "number")?;
    let solution = "chapters-code/chapter1/solutions/doubles.rs";
    let text = desk
        .book
        .read(solution)?
        .replace("number * 2", "number * 3");
    desk.book.write(solution, &text)?;
    let (output, said) = prove()?;
    ensure!(!output.status.success(), "{said}");
    ensure!(said.contains("its solution does not pass"), "{said}");
    ensure!(said.contains("doubled(2) should be 4, and is 6"), "{said}");
    Ok(())
}

fn plain_cargo() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let own = desk.book.path(EXERCISE);
    let given = desk.book.read(GIVEN)?;
    let says = |wanted: &str| {
        let output = Command::new("cargo")
            .args(["test", "-p", "chapter1", "--test", "doubles"])
            .current_dir(&desk.book.root)
            .envs(desk.book.cargo_variables())
            .output()?;
        let said = String::from_utf8(output.stdout)?;
        ensure!(said.contains(wanted), "no {wanted}: {said}");
        anyhow::Ok(())
    };
    says("doubled(2) should be 4, and is 2")?;
    ensure!(!own.exists(), "a build makes no file of the reader's");
    fs::write(&own, given.replace("    number\n", "    number * 3\n"))?;
    says("doubled(2) should be 4, and is 6")?;
    fs::write(&own, given.replace("    number\n", "    number * 2\n"))?;
    says("test result: ok. 2 passed")?;
    fs::remove_file(&own)?;
    says("doubled(2) should be 4, and is 2")
}

fn opened() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let own = desk.book.path(EXERCISE);
    for what in [&["study", "list"][..], &["study", "hint", "doubles"]] {
        desk.run(what)?;
        ensure!(!own.exists(), "{what:?}");
    }
    desk.run(&["study", "doubles"])?;
    ensure!(desk.book.read(EXERCISE)? == desk.book.read(GIVEN)?);
    ensure!(!desk.book.path(WAITS).exists());
    let (_, said) = desk.run(&["study", "list"])?;
    ensure!(!said.contains("begun"), "{said}");
    // The book gives another one later, and has no exercise of this name any more.
    desk.solves()?;
    let mine = desk.book.read(EXERCISE)?;
    desk.book.write(GIVEN, &mine.replace("* 2", "- 2"))?;
    let stray = "chapters-code/chapter1/exercises/stray.rs";
    desk.book.write(stray, "mine")?;
    let (output, said) = desk.run(&["study", "doubles"])?;
    ensure!(output.status.success(), "{said}");
    ensure!(desk.book.read(EXERCISE)? == mine);
    Ok(fs::remove_file(desk.book.path(stray))?)
}

/// The same folders as ever, said in another way.
fn cargo_told() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let shared = root().join("target");
    for (target, build) in [
        ("target/built".into(), shared.clone()),
        (desk.book.target(), "../..".into()),
        ("./target/../target/built".into(), PathBuf::from("../../")),
    ] {
        let mut command = desk.book.openbook(&["study", "doubles"])?;
        let output = command
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_BUILD_BUILD_DIR", &build)
            .output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        let told = format!("{} {}", target.display(), build.display());
        ensure!(said.contains("✗ twice two is four"), "{told}: {output:?}");
    }
    Ok(())
}

fn with_crlf() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    for folder in ["book", "chapters-code"] {
        end_lines_with_crlf(&desk.book.path(folder))?;
    }
    ensure!(desk.book.read(GIVEN)?.contains("\r\n"));
    let what = ["check", "chapter1/doubles", "chapter1/repeats"];
    let (output, said) = desk.run(&what)?;
    ensure!(output.status.success(), "{said}");
    ensure!(said.contains("chapter1/repeats: as recorded"), "{said}");
    let proof = "chapter1/doubles: fails as given, and its solution passes";
    ensure!(said.contains(proof), "{said}");
    let (_, said) = desk.run(&["study", "list"])?;
    ensure!(!said.contains("begun"), "{said}");
    // What somebody else's editor has saved with LF is the same exercise.
    let text = desk.book.read(GIVEN)?.replace("\r\n", "\n");
    fs::write(desk.book.path(EXERCISE), text)?;
    let (_, said) = desk.run(&["study", "list"])?;
    ensure!(!said.contains("begun"), "{said}");
    fs::write(
        desk.book.path("progress.txt"),
        "# mine\r\nexercise chapter1/doubles passed\r\n",
    )?;
    let (_, said) = desk.run(&["study", "list"])?;
    ensure!(said.contains("1 of 2 passed"), "{said}");
    Ok(())
}

/// Where `BOOK_PROGRESS` may lead: each place, and what is said of it.
fn progress_elsewhere() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let folder = desk.temporary.path();
    mknodat(CWD, folder.join("pipe"), FileType::Fifo, Mode::RWXU, 0)?;
    fs::create_dir(folder.join("folder"))?;
    // As `/dev/null` is, and nobody else's: who may not make one may not replace one.
    let device = folder.join("device");
    let number = makedev(1, 3);
    let made = mknodat(CWD, &device, FileType::CharacterDevice, Mode::RWXU, number);
    let device = match made {
        Ok(()) if File::open(&device).is_ok() => device,
        // No device can be opened where the folder lies.
        Ok(()) => folder.join("in place of one"),
        Err(_) => "/dev/null".into(),
    };
    symlink(&device, folder.join("link"))?;
    let first = "1, where to look";
    for (path, said_of_it) in [
        (device.clone(), first),
        (folder.join("link"), first),
        (folder.join("pipe"), "it is a pipe: name a file"),
        (folder.join("folder"), "it is a folder: name a file"),
        (folder.join("new/er/p.txt"), first),
        (folder.join("new/er/p.lock"), first),
    ] {
        for what in [&["study", "hint", "doubles"][..], &["study", "list"]] {
            let mut command = desk.book.openbook(what)?;
            let output = command.env("BOOK_PROGRESS", &path).output()?;
            let stderr = String::from_utf8_lossy(&output.stderr);
            let said = String::from_utf8_lossy(&output.stdout).into_owned() + &stderr;
            let wanted = match (what.len(), said_of_it == first) {
                (2, true) => "0 of 2 passed",
                _ => said_of_it,
            };
            ensure!(said.contains(wanted), "{}: {said}", path.display());
            ensure!(stderr.lines().count() <= 1, "{said}");
        }
    }
    let kind = |path: &Path| fs::symlink_metadata(path).map(|it| it.file_type());
    ensure!(kind(&device)?.is_char_device() || device.ends_with("in place of one"));
    ensure!(kind(&folder.join("link"))?.is_symlink());
    ensure!(kind(&folder.join("pipe"))?.is_fifo());
    ensure!(!Path::new("/dev/null.lock").exists() && !folder.join("device.lock").exists());
    let kept = fs::read_to_string(folder.join("new/er/p.txt"))?;
    ensure!(kept.contains("hints chapter1/doubles 1\n"), "{kept}");
    Ok(())
}

fn saved_and_passed() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let mut terminal = desk.studies("")?;
    terminal.shows("Twice as much")?;
    terminal.shows("doubled(2) should be 4, and is 2")?;
    desk.writes("    number\n", "    number * 3\n")?;
    terminal.shows("doubled(2) should be 4, and is 6")?;
    terminal.press("s")?;
    terminal.shows("can be seen once the check has passed")?;
    desk.writes("* 3", "* 2")?;
    terminal.shows("twice two is four")?;
    terminal.shows("n goes on")?;
    ensure!(
        desk.progress()?
            .contains("exercise chapter1/doubles passed\n")
    );
    terminal.press("s")?;
    terminal.shows("number * 2")?;
    terminal.press("l")?;
    terminal.shows("1 of 2 passed")?;
    terminal.press("n")?;
    terminal.shows("No wait")?;
    terminal.press("q")?;
    desk.has_quit(terminal)
}

fn keys_meanwhile() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let mut terminal = desk.studies("waits")?;
    terminal.shows("checking")?;
    desk.child_runs(true)?;
    terminal.press("h")?;
    terminal.shows("checking")?;
    terminal.shows("Hint 1, where to look")?;
    terminal.press("l")?;
    terminal.shows("0 of 2 passed")?;
    terminal.press("q")?;
    desk.has_quit(terminal)
}

fn newer_save() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let mut terminal = desk.studies("waits")?;
    terminal.shows("checking")?;
    desk.child_runs(true)?;
    let text = desk.book.read(WAITS)?;
    let text = text.replace(".arg(\"600\").status()?;", ".arg(\"0\").status()?;");
    fs::write(desk.book.path(WAITS), text)?;
    terminal.shows("happened: late")?;
    desk.child_runs(false)?;
    terminal.press("q")?;
    desk.has_quit(terminal)
}

fn does_not_compile() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.writes("    number\n", "    numbr\n")?;
    let mut terminal = desk.studies("doubles")?;
    terminal.shows("cannot find value `numbr` in this scope")?;
    terminal.shows("exercises/doubles.rs:6:5")?;
    desk.writes("numbr", "number * 2")?;
    terminal.shows("passed")?;
    terminal.press("q")?;
    desk.has_quit(terminal)
}

fn question_taken_away() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    desk.writes("    number\n", "    numbr\n")?;
    let openbook = desk.openbook()?.display();
    let command = format!("stty rows 10 cols 80; exec {openbook} study doubles");
    let mut terminal = desk.types(&command)?;
    terminal.shows("error[E0425]")?;
    terminal.press("h")?;
    terminal.shows("Hint 1")?;
    terminal.press("r")?;
    terminal.shows("Press r again")?;
    terminal.press("h")?;
    let shown = terminal.reads_until("error[E0425]")?;
    ensure!(!shown.contains("Hint"), "{shown}");
    terminal.press("q")?;
    ensure!(terminal.ends()?.success());
    Ok(())
}

/// On screens of two heights: a page of whatever length is written in place, and an
/// error can be seen even when all hints are open.
fn in_sight() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let task = "//! and twice again\n//!\n".repeat(12);
    desk.writes("\npub fn", &format!("{task}\nfn unused() {{}}\n\npub fn"))?;
    desk.writes("    number\n", "    numbr\n")?;
    fs::write(desk.book.path(GIVEN), desk.book.read(EXERCISE)?)?;
    for rows in [24, 40] {
        desk.book.forget_progress()?;
        let openbook = desk.openbook()?.display();
        let command = format!("stty rows {rows} cols 80; exec {openbook} study doubles");
        let mut terminal = desk.types(&command)?;
        let mut all = terminal.reads_until("cannot find value `numbr`")?;
        for hint in ["Hint 1, where", "Hint 2, what", "Hint 3, how"] {
            terminal.press("h")?;
            all += &terminal.reads_until(hint)?;
            all += &terminal.reads_until("q quit")?;
        }
        terminal.press("q")?;
        all += &terminal.reads_until("\x1b[?1049l")?;
        ensure!(terminal.ends()?.success());
        // Cargo's words come before.
        let (_, all) = all
            .split_once("\x1b[?1049h")
            .context("no alternate screen")?;
        ensure!(
            !all.contains("\x1b[2J") && !all.contains("\x1b[3J"),
            "{all:?}"
        );
        let frames: Vec<_> = all.split("\x1b[H").skip(1).collect();
        for frame in &frames {
            ensure!(frame.matches('\n').count() < rows, "{frame}");
        }
        let last = frames.last().context("it has drawn")?;
        ensure!(
            last.contains("Hint 3") && last.contains("error[E0425]"),
            "{last}"
        );
        ensure!(
            last.contains("exercises/doubles.rs\x1b[0m: edit it"),
            "{last}"
        );
    }
    Ok(())
}

fn through_a_link() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    // Cargo knows the file by this name: once that is gone, it compiles the next.
    let elsewhere = tempfile::tempdir()?;
    let elsewhere = elsewhere.path();
    let real = elsewhere.join("mine.rs");
    let text = desk.book.read(GIVEN)?.replace("../checks", "CHECKS");
    let checks = desk.book.path("chapters-code/chapter1/checks");
    let text = text.replace("CHECKS", &checks.display().to_string());
    fs::write(&real, &text)?;
    symlink(&real, desk.book.path(EXERCISE))?;
    let mut terminal = desk.studies("doubles")?;
    terminal.shows("doubled(2) should be 4, and is 2")?;
    fs::write(&real, text.replace("    number\n", "    number * 3\n"))?;
    terminal.shows("doubled(2) should be 4, and is 6")?;
    // As an editor saves: another file in its place.
    fs::write(
        elsewhere.join("new"),
        text.replace("    number\n", "    number * 2\n"),
    )?;
    fs::rename(elsewhere.join("new"), &real)?;
    terminal.shows("n goes on")?;
    terminal.press("q")?;
    fs::remove_file(desk.book.path(EXERCISE))?;
    desk.has_quit(terminal)
}

fn new_folder() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let folder = tempfile::tempdir()?;
    let progress = folder.path().join("new/er/p.txt");
    let (openbook, path) = (desk.openbook()?.display(), progress.display());
    let command = format!("BOOK_PROGRESS={path} exec {openbook} study doubles");
    let mut terminal = desk.types(&command)?;
    terminal.shows("should be 4")?;
    terminal.press("l")?;
    terminal.shows("0 of 2 passed")?;
    let text = fs::read_to_string(&progress)?;
    fs::write(&progress, format!("{text}exercise chapter1/waits passed\n"))?;
    terminal.shows("1 of 2 passed")?;
    terminal.press("q")?;
    ensure!(terminal.ends()?.success());
    Ok(())
}

fn not_watched() -> anyhow::Result<()> {
    for limit in ["max_inotify_watches", "max_inotify_instances"] {
        let desk = Desk::new()?;
        let openbook = desk.openbook()?.display();
        let command = format!(
            "exec unshare -Ur sh -c 'echo 0 >/proc/sys/user/{limit}; exec {openbook} study doubles'"
        );
        let mut terminal = desk.types(&command)?;
        terminal.shows("and press c. Saves are not")?;
        terminal.shows(&limit.replace("max_inotify", "fs.inotify.max_user"))?;
        terminal.shows("should be 4, and is 2")?;
        desk.solves()?;
        terminal.press("c")?;
        terminal.shows("n goes on")?;
        terminal.press("q")?;
        ensure!(terminal.ends()?.success());
    }
    // With one for the progress file and one for the exercise's folder all is as ever.
    let desk = Desk::new()?;
    let openbook = desk.openbook()?.display();
    let command = format!(
        "exec unshare -Ur sh -c 'echo 2 >/proc/sys/user/max_inotify_watches; exec {openbook} study \
         doubles'"
    );
    let mut terminal = desk.types(&command)?;
    terminal.shows("Each save is checked")?;
    terminal.shows("should be 4, and is 2")?;
    desk.solves()?;
    terminal.shows("n goes on")?;
    terminal.press("q")?;
    ensure!(terminal.ends()?.success());
    Ok(())
}

fn ctrl_c() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let mut terminal = desk.studies("waits")?;
    terminal.shows("checking")?;
    desk.child_runs(true)?;
    terminal.press("\x03")?;
    desk.has_quit(terminal)
}

fn ctrl_z() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let openbook = desk.openbook()?.display();
    let folder = desk.temporary.path().display();
    // A shell with job control, which the terminal stops openbook for.
    let command = format!(
        "exec bash --norc --noprofile -c 'set -m; stty -g >{folder}/before; {openbook} study doubles; \
         stty -g >{folder}/stopped; echo STOPPED; fg >/dev/null; stty -g >{folder}/after'"
    );
    let mut terminal = desk.types(&command)?;
    terminal.shows("should be 4")?;
    terminal.press("\x1a")?;
    terminal.shows("STOPPED")?;
    // It draws itself anew.
    terminal.shows("Twice as much")?;
    terminal.press("h")?;
    terminal.shows("Hint 1, where to look")?;
    terminal.press("q")?;
    let status = terminal.ends()?;
    ensure!(status.success(), "{status}");
    let modes = |name| fs::read_to_string(desk.temporary.path().join(name));
    ensure!(modes("before")? == modes("after")?);
    Ok(())
}

fn file_gone() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let mut terminal = desk.studies("doubles")?;
    terminal.shows("should be 4")?;
    fs::remove_file(desk.book.path(EXERCISE))?;
    terminal.press("c")?;
    terminal.shows("No such file")?;
    terminal.press("l")?;
    terminal.shows("0 of 2 passed")?;
    terminal.press("r")?;
    terminal.shows("Press r again")?;
    terminal.press("r")?;
    terminal.shows("should be 4")?;
    terminal.press("q")?;
    desk.has_quit(terminal)
}

fn passed_in_the_page() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let mut terminal = desk.studies("doubles")?;
    terminal.shows("should be 4")?;
    terminal.press("l")?;
    terminal.shows("0 of 2 passed")?;
    let progress = desk.progress()?;
    fs::write(
        desk.book.path("progress.txt"),
        format!("{progress}exercise chapter1/waits passed\n"),
    )?;
    terminal.shows("1 of 2 passed")?;
    terminal.press("q")?;
    desk.has_quit(terminal)
}

fn progress_spoilt() -> anyhow::Result<()> {
    let desk = Desk::new()?;
    let mut terminal = desk.studies("doubles")?;
    terminal.shows("should be 4")?;
    fs::write(
        desk.book.path("progress.txt"),
        b"\xff\x00\nhints chapter1/doubles 2\n",
    )?;
    terminal.shows("Hint 2, what to use")?;
    fs::remove_file(desk.book.path("progress.txt"))?;
    terminal.press("h")?;
    terminal.shows("Hint 1, where to look")?;
    let progress = desk.progress().context("made anew")?;
    ensure!(
        progress.contains("hints chapter1/doubles 1\n"),
        "{progress}"
    );
    terminal.press("q")?;
    desk.has_quit(terminal)
}
