//! "Readers of each runtime": every call is tried with every manner of
//! talking, and the page's tables have what it gave.

mod cells;
mod got;
mod holders;
mod in_duct;
mod in_python;
mod in_shell;
mod in_std;
mod in_tokio;
mod interrupted;
mod messages;
mod talker;
mod tokio_cancelled;
mod writers;

use duct::cmd;
use libtest_mimic::Trial;
use run::missing_tools;
use tests::harness;

/// The tables are of this Python: others say some things in other words.
const PYTHON: &str = "Python 3.11";

pub fn tests() -> Vec<Trial> {
    let python = missing_python();
    let python: Vec<_> = python.iter().map(String::as_str).collect();
    let shells = missing_tools(&["bash", "dash"]);
    let both: Vec<_> = python.iter().chain(&shells).copied().collect();
    vec![
        harness::needing("the readers of std", &python, || {
            cells::compare(&["std", "std: what comes out"], &in_std::cells()?)
        }),
        harness::needing("the readers of duct", &python, || {
            cells::compare(&["duct", "duct: what comes out"], &in_duct::cells()?)
        }),
        harness::needing("the readers of tokio", &python, || {
            cells::compare(&["tokio", "tokio: what comes out"], &in_tokio::cells()?)
        }),
        harness::needing("the readers of subprocess", &python, || {
            let headings = ["subprocess", "subprocess: what comes out"];
            cells::compare(&headings, &in_python::cells("subprocess_readers.py")?)
        }),
        harness::needing("the readers of asyncio", &python, || {
            let headings = ["asyncio", "asyncio: what comes out"];
            cells::compare(&headings, &in_python::cells("asyncio_readers.py")?)
        }),
        harness::needing("the readers of a shell", &shells, || {
            cells::compare(&["A shell"], &in_shell::cells()?)
        }),
        harness::needing("who waits for whom", &both, || {
            cells::compare(&["Whom a call waits for"], &holders::cells()?)
        }),
        harness::test(
            "a wait of tokio may be called again",
            tokio_cancelled::a_wait_may_be_called_again,
        ),
        harness::needing(
            "a copy of tokio loses what it has not written",
            &python,
            tokio_cancelled::a_copy_loses_what_it_has_not_written,
        ),
        harness::needing("the writers of each runtime", &python, || {
            cells::compare(&["Writers"], &writers::cells()?)
        }),
        harness::needing("what readers and writers say", &both, messages::compare),
    ]
}

/// That Python, if it is not this machine's.
fn missing_python() -> Option<String> {
    let version = cmd!("python3", "--version").stderr_null().read();
    let is_there = version.is_ok_and(|it| it.starts_with(&format!("{PYTHON}.")));
    (!is_there).then(|| PYTHON.to_owned())
}
