//! A tree, run: under strace, and under the tracer.

use crate::agreement;
use anyhow::{Context, ensure};
use recording::traced::Pid;
use recording::{Event, Kind};
use run::Start;
use std::fs;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use tests::book::chapters;
use tests::trees::account::{self, Line};
use tests::trees::happened::Happened;
use tests::trees::planting::Tree;
use tests::trees::script::ACTOR;
use tests::trees::{strace, told};

const PROGRAM: &str = env!("CARGO_BIN_EXE_actor");

/// A tree is grown in a second or two; only a hang takes so long.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// What one run of a tree came to, as somebody tells it, beside its own account.
pub struct Grown {
    pub root: Pid,
    pub told: Vec<Happened>,
    pub account: Vec<Line>,
}

/// How often a tree is grown under strace until strace and the tree agree. In some
/// hundreds of trees strace 6.1 once did not follow a child of `clone(2)`, and once
/// wrote two lines in one: that is no fault of the tracer, which is tried here.
const UNDER_STRACE: usize = 3;

/// The last of several, if strace misses something in each.
pub fn under_strace(tree: &Tree) -> anyhow::Result<Grown> {
    let mut grown = once_under_strace(tree);
    for _ in 1..UNDER_STRACE {
        match &grown {
            Ok(it) if agreement::differences(it.root, &it.told, &it.account).is_empty() => break,
            _ => grown = once_under_strace(tree),
        }
    }
    grown
}

fn once_under_strace(tree: &Tree) -> anyhow::Result<Grown> {
    let folder = folder(tree)?;
    let output = folder.path().join("strace");
    let start = strace::arguments(&output).into_iter();
    let start = start.fold(Start::new(strace::STRACE, folder.path()), Start::argument);
    let start = planted(start.argument(PROGRAM), tree, folder.path());
    ended(&start.supervised_by(chapters().supervisor()?)?.to_end()?)?;
    let text = fs::read_to_string(&output).context("reading strace's file")?;
    let (root, told) = strace::read(&text)?;
    Ok(Grown {
        root,
        told,
        account: account::read(&folder.path().join("account"))?,
    })
}

/// Also the events, from which the rest was made.
pub fn under_the_tracer(tree: &Tree) -> anyhow::Result<(Grown, Vec<Event>)> {
    let folder = folder(tree)?;
    let start = planted(Start::new(PROGRAM, folder.path()), tree, folder.path());
    let tracer = chapters().binary("tracer")?;
    let events = start
        .traced_by(tracer, chapters().supervisor()?)?
        .to_end()?;
    ended(&events)?;
    let grown = Grown {
        root: told::root(&events).context("it never started")?,
        told: told::happened(&events),
        account: account::read(&folder.path().join("account"))?,
    };
    Ok((grown, events))
}

/// Where what was told by the tracer is not what its own account says.
pub fn faults(grown: &Grown, events: &[Event]) -> Vec<String> {
    let mut faults = agreement::differences(grown.root, &grown.told, &grown.account);
    faults.extend(told::disorder(events));
    faults.extend(told::endless(events));
    faults.extend(agreement::untold_stops(events, &grown.account));
    faults
}

/// # Errors
/// There are faults: each, and how to grow the tree again.
pub fn without(faults: &[String], tree: &Tree) -> anyhow::Result<()> {
    ensure!(
        faults.is_empty(),
        "{}\nplan: {}",
        faults.join("\n"),
        tree.root
    );
    Ok(())
}

/// A folder with the tree's scripts.
fn folder(tree: &Tree) -> anyhow::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    for (name, text) in &tree.scripts {
        fs::write(folder.path().join(name), text)?;
    }
    Ok(folder)
}

/// With the tree's plan, and what its processes need in its folder.
fn planted(start: Start, tree: &Tree, folder: &Path) -> Start {
    let start = start.argument(tree.root.to_string());
    let start = start.time_limit(TIME_LIMIT).variable(ACTOR, PROGRAM);
    start.variable(account::FILE, folder.join("account"))
}

/// It came to its end by itself, and left nobody.
fn ended(events: &[Event]) -> anyhow::Result<()> {
    for event in events {
        let wrong = matches!(
            event.kind,
            Kind::LeftBehind { .. } | Kind::TimedOut { .. } | Kind::Untraced { .. }
        );
        ensure!(!wrong, "{event:?}");
    }
    Ok(())
}
