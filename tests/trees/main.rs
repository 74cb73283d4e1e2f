//! Random trees of processes: what the tracer tells of one is held against the
//! tree's own account, pid for pid, and against what `strace -f` writes of another
//! run of the same seed, place by place.
//!
//! `TREES_SEED=4711 cargo test --workspace --test trees` grows other trees, and with
//! `-- --include-ignored` all 10,000 processes of them.

mod agreement;
mod growing;
mod reaps;

use anyhow::ensure;
use libtest_mimic::Trial;
use run::missing_tools;
use std::env;
use tests::harness;
use tests::trees::account;
use tests::trees::plan::Plan;
use tests::trees::planting::Tree;
use tests::trees::shape::{self, shape};
use tests::trees::strace::STRACE;

/// The seed that counts up, from tree to tree.
const SEED: &str = "TREES_SEED";

/// How many processes the trees have that every test run grows, and all; and one.
const EACH_TIME: usize = 1500;
const ALL: usize = 10_000;
const A_TREE: usize = 60;

fn main() {
    let arguments = harness::arguments();
    let seed = env::var(SEED).map_or(1, |it| it.parse().expect("a seed is a number"));
    let needs = [STRACE.to_owned()];
    let missing = missing_tools(&needs);
    let mut tests = Vec::new();
    let mut processes = 0;
    for seed in seed.. {
        if processes >= ALL {
            break;
        }
        let tree = Tree::planted(seed, A_TREE);
        let count = tree.processes;
        let is_for_each_time = processes < EACH_TIME;
        if is_for_each_time {
            let tree = Tree::planted(seed, A_TREE);
            let name = format!("{SEED}={seed}, {count} processes: strace agrees");
            tests.push(harness::needing(name, &missing, move || {
                strace_agrees(&tree)
            }));
        }
        let name = format!("{SEED}={seed}, {count} processes: strace and the tracer agree");
        let test = harness::needing(name, &missing, move || all_agree(&tree));
        tests.push(test.with_ignored_flag(!is_for_each_time));
        processes += count;
    }
    for again in reaps::all() {
        let name = again.name.clone();
        tests.push(Trial::test(name, move || {
            again.is_told().map_err(harness::failed)
        }));
    }
    tests.push(harness::needing(
        "whatever is left out is missed",
        &missing,
        move || whatever_is_left_out_is_missed(&Tree::planted(seed, A_TREE)),
    ));
    tests.push(Trial::test("a plan is read as it is written", || {
        plans_are_read().map_err(harness::failed)
    }));
    libtest_mimic::run(&arguments, tests).exit();
}

fn strace_agrees(tree: &Tree) -> anyhow::Result<()> {
    let once = growing::under_strace(tree)?;
    let faults = agreement::differences(once.root, &once.told, &once.account);
    growing::without(&faults, tree)?;
    let again = growing::under_strace(tree)?;
    let [once, again] = [&once, &again].map(|it| shape(&it.told, it.root));
    let faults = shape::differences(("once", &once), ("again", &again));
    growing::without(&faults, tree)?;
    ensure!(
        once.len() >= tree.processes,
        "{} of {} processes",
        once.len(),
        tree.processes
    );
    Ok(())
}

fn all_agree(tree: &Tree) -> anyhow::Result<()> {
    let straced = growing::under_strace(tree)?;
    let (traced, events) = growing::under_the_tracer(tree)?;
    let by_strace = agreement::differences(straced.root, &straced.told, &straced.account);
    let by_us = growing::faults(&traced, &events);
    let by_strace = by_strace.iter().map(|it| format!("strace: {it}"));
    let by_us = by_us.iter().map(|it| format!("the tracer: {it}"));
    let mut faults: Vec<String> = by_strace.chain(by_us).collect();
    let [by_strace, by_us] = [&straced, &traced].map(|it| shape(&it.told, it.root));
    faults.extend(shape::differences(
        ("strace", &by_strace),
        ("the tracer", &by_us),
    ));
    if by_strace.len() < tree.processes {
        let (few, all) = (by_strace.len(), tree.processes);
        faults.push(format!("{few} of {all} processes"));
    }
    growing::without(&faults, tree)
}

/// Of what happened in a tree nothing can be left out, and no two be told in the
/// wrong process, without a difference.
fn whatever_is_left_out_is_missed(tree: &Tree) -> anyhow::Result<()> {
    let grown = growing::under_strace(tree)?;
    let whole = shape(&grown.told, grown.root);
    ensure!(grown.told.len() > 100, "only {} events", grown.told.len());
    // Without the root's first image, with which both begin.
    for place in 1..grown.told.len() {
        let mut told = grown.told.clone();
        let left_out = told.remove(place);
        let missed = shape::differences(("whole", &whole), ("less", &shape(&told, grown.root)));
        ensure!(!missed.is_empty(), "nobody misses {left_out:?}");
        let faults = agreement::differences(grown.root, &told, &grown.account);
        let accounted = grown.account.iter().flat_map(account::happened);
        if accounted.into_iter().any(|it| it == left_out) {
            ensure!(!faults.is_empty(), "its account does not miss {left_out:?}");
        }
    }
    Ok(())
}

fn plans_are_read() -> anyhow::Result<()> {
    for seed in 1..50 {
        let tree = Tree::planted(seed, A_TREE);
        let read = Plan::parse(&tree.root.to_string())?;
        ensure!(read == tree.root, "seed {seed}");
    }
    Ok(())
}
