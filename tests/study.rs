//! `cargo run -- study`, on a terminal and off it.

use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use tempfile::TempDir;
use tests::book::chapters;
use tests::harness::{arguments, failed, needing};
use tests::processes::{runs_a, standing_in};
use tests::scratch_book::ScratchBook;
use tests::server::awaited;
use tests::studied_book::Turn;
use tests::terminal::{self, Terminal};

const EXERCISE: &str = "chapters-code/chapter1/exercises/doubles.rs";
const WAITS: &str = "chapters-code/chapter1/exercises/waits.rs";

fn main() -> ExitCode {
    let arguments = arguments();
    let plain = |name: &str, run: fn() -> anyhow::Result<()>| {
        Trial::test(name, move || run().map_err(failed))
    };
    let typed =
        |name: &str, run: fn() -> anyhow::Result<()>| needing(name, terminal_missing(), run);
    let tests = vec![
        plain(
            "without a terminal an exercise is checked once",
            checked_once,
        ),
        plain(
            "hints come one by one, and a reset gives all back",
            hints_and_reset,
        ),
        plain(
            "an exercise that is not there is named with the nearest",
            a_slip,
        ),
        plain(
            "progress that cannot be written is said to be",
            not_remembered,
        ),
        plain(
            "record keeps an exercise only if it fails as it should",
            kept,
        ),
        plain("check proves each exercise", proved),
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

fn terminal_missing() -> &'static [&'static str] {
    let has_script = Command::new("script").arg("--version").output().is_ok();
    match has_script && cfg!(target_os = "linux") {
        true => &[],
        false => terminal::needs(),
    }
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
        let text = self.book.read(EXERCISE)?;
        ensure!(text.contains(from), "no {from} in {text}");
        fs::write(self.book.path(EXERCISE), text.replace(from, to))?;
        Ok(())
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
    let given = desk.book.read(EXERCISE)?;
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
    let given = "chapters-code/chapter1/exercises/given/doubles.rs";
    let before = desk.book.read(given)?;
    desk.solves()?;
    let (output, said) = desk.run(&["record", "chapter1/doubles"])?;
    ensure!(
        !output.status.success() && said.contains("its check passes"),
        "{said}"
    );
    ensure!(desk.book.read(given)? == before);
    desk.writes("number * 2", "number + 1")?;
    let (_, said) = desk.run(&["record", "chapter1/doubles"])?;
    ensure!(said.contains("fails for another reason"), "{said}");
    ensure!(desk.book.read(given)? == before);
    desk.writes("number + 1", "number / 1")?;
    // An exercise that somebody has begun is not kept with its chapter.
    let said = desk.begins_to_record("chapter1")?;
    ensure!(
        said.contains("begun, and left as the book gives it"),
        "{said}"
    );
    ensure!(desk.book.read(given)? == before);
    let (output, said) = desk.run(&["record", "chapter1/doubles"])?;
    ensure!(
        output.status.success() && said.contains("kept as given"),
        "{said}"
    );
    ensure!(desk.book.read(given)? == desk.book.read(EXERCISE)?);
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
