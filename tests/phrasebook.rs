//! Every phrase: duct, std and Python do the same, and that is what its
//! `phrase.toml` says.

use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use mdbook_listing::{Phrase, Way, phrases};
use recording::{Event, Kind, Outcome};
use run::Start;
use run::missing_tools;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};
use tests::book::{chapters, root};
use tests::executable;
use tests::harness;

/// A phrase is done at once; only a busy machine takes so long.
const TIME_LIMIT: Duration = Duration::from_secs(30);

fn main() {
    let arguments = harness::arguments();
    let phrases = phrases(&root()).expect("the phrases can be read");
    let mut tests = vec![
        test("phrasebook names its phrases, every one", names_them_all),
        test("phrasebook shows all three of a phrase", shows_all_three),
        test("phrasebook refuses what it does not have", refuses),
    ];
    for phrase in phrases {
        for traced in [false, true] {
            let does = |way| does_what_it_says(phrase.clone(), way, traced);
            tests.extend(Way::ALL.map(does));
        }
    }
    libtest_mimic::run(&arguments, tests).exit();
}

fn test(name: &str, run: fn() -> anyhow::Result<()>) -> Trial {
    Trial::test(name, move || run().map_err(harness::failed))
}

fn does_what_it_says(phrase: Phrase, way: Way, traced: bool) -> Trial {
    let how = if traced { ", traced" } else { "" };
    let name = format!("{} {}{how}", phrase.name, way.name());
    let needs = match way {
        Way::Python => vec!["python3".to_owned()],
        Way::Duct | Way::Std => Vec::new(),
    };
    harness::needing(name, &missing_tools(&needs), move || {
        let folder = tempfile::tempdir()?;
        let mut files = contents(&root().join(phrase.files()))?;
        for name in files.keys() {
            let file = root().join(phrase.files()).join(name);
            executable::copy(&file, &folder.path().join(name))?;
        }
        let events = run(&phrase, way, folder.path(), traced)?;
        let deadlock = |it: &Event| match &it.kind {
            Kind::Seen(seen) => seen.deadlock.is_some(),
            _ => false,
        };
        ensure!(!events.iter().any(deadlock), "none of them hangs");
        let said = Said::in_events(&events)?;
        let says = &phrase.says;
        let expected = Said {
            stdout: says.prints.clone(),
            stderr: says.complains.clone(),
            ended: Outcome::Code(says.exit),
        };
        ensure!(said == expected, "{said:?} is not {expected:?}");
        files.extend(says.leaves.clone());
        let left = contents(folder.path())?;
        ensure!(left == files, "it leaves {left:?}, not {files:?}");
        Ok(())
    })
}

/// Runs one of the three in its folder, as the phrasebook does. Python says on
/// stderr what was left open, or not waited for.
fn run(phrase: &Phrase, way: Way, folder: &Path, traced: bool) -> anyhow::Result<Vec<Event>> {
    let mut start = Start::new("env", folder).time_limit(TIME_LIMIT);
    for name in ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "PYTHONUNBUFFERED"] {
        start = start.argument("-u").argument(name);
    }
    start = start.argument("LC_ALL=C");
    start = match way {
        Way::Duct | Way::Std => start
            .argument(chapters().binary("phrasebook")?)
            .argument("child")
            .argument(&phrase.name)
            .argument(way.name()),
        Way::Python => start
            .argument("python3")
            .argument("-Wdefault::ResourceWarning")
            .argument(root().join(phrase.source(way))),
    };
    let supervisor = chapters().supervisor()?;
    let run = match traced {
        true => start.traced_by(chapters().binary("tracer")?, supervisor),
        false => start.supervised_by(supervisor),
    };
    run?.to_end()
}

/// What a run came to.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    stdout: String,
    stderr: String,
    ended: Outcome,
}

impl Said {
    fn in_events(events: &[Event]) -> anyhow::Result<Said> {
        let mut stdout = Vec::new();
        let mut stderr = Vec::new();
        let mut ended = None;
        for event in events {
            match &event.kind {
                Kind::Stdout(bytes) => stdout.extend(&bytes.0),
                Kind::Stderr(bytes) => stderr.extend(&bytes.0),
                Kind::Exited { outcome, .. } => ended = Some(*outcome),
                Kind::Started { .. } | Kind::Process(_) | Kind::Seen(_) => {}
                other => anyhow::bail!("{other:?}"),
            }
        }
        Ok(Said {
            stdout: String::from_utf8(stdout).context("its stdout")?,
            stderr: String::from_utf8(stderr).context("its stderr")?,
            ended: ended.context("it has no end")?,
        })
    }
}

/// What is in the files of a folder; nothing if there is no folder.
fn contents(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut contents = BTreeMap::new();
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(contents),
        entries => entries.with_context(|| folder.display().to_string())?,
    };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().context("an entry has a name")?;
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        contents.insert(name.to_string_lossy().into_owned(), text);
    }
    Ok(contents)
}

fn phrasebook(arguments: &[&str]) -> anyhow::Result<std::process::Output> {
    let run = duct::cmd(chapters().binary("phrasebook")?, arguments)
        .stdin_null()
        .stdout_capture()
        .stderr_capture()
        .unchecked();
    Ok(run.run()?)
}

fn names_them_all() -> anyhow::Result<()> {
    let list = String::from_utf8(phrasebook(&["--list"])?.stdout)?;
    let listed = list.lines().filter_map(|line| line.split_once(' '));
    let listed: BTreeMap<_, _> = listed.map(|(name, task)| (name, task.trim())).collect();
    let phrases = phrases(&root())?;
    let phrases = phrases.iter();
    let known: BTreeMap<_, _> = phrases.map(|it| (&*it.name, &*it.says.task)).collect();
    ensure!(listed == known, "{listed:?} is not {known:?}");
    ensure!(
        list.lines().count() == known.len(),
        "one stands twice: {list}"
    );
    Ok(())
}

fn shows_all_three() -> anyhow::Result<()> {
    let output = phrasebook(&["run_checked"])?;
    ensure!(output.status.success(), "{output:?}");
    let shown = String::from_utf8(output.stdout)?;
    let heads = ["── duct ──", "── std ──", "── python ──"];
    let found = heads.map(|head| shown.find(head));
    ensure!(found.is_sorted() && found[0].is_some(), "{shown}");
    ensure!(shown.matches("\nhello\n").count() == 3, "{shown}");
    Ok(())
}

fn refuses() -> anyhow::Result<()> {
    for arguments in [
        &["no_such_phrase"][..],
        &["run_checked", "perl"],
        &["child", "run_checked"],
    ] {
        let output = phrasebook(arguments)?;
        ensure!(output.status.code() == Some(2), "{arguments:?}: {output:?}");
    }
    Ok(())
}
