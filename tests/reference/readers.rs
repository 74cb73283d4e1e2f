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

use libtest_mimic::Trial;
use tests::harness;

pub fn tests() -> Vec<Trial> {
    vec![
        harness::test("the readers of std", || {
            cells::compare(&["std", "std: what comes out"], &in_std::cells()?)
        }),
        harness::test("the readers of duct", || {
            cells::compare(&["duct", "duct: what comes out"], &in_duct::cells()?)
        }),
        harness::test("the readers of tokio", || {
            cells::compare(&["tokio", "tokio: what comes out"], &in_tokio::cells()?)
        }),
        harness::test("the readers of subprocess", || {
            let headings = ["subprocess", "subprocess: what comes out"];
            cells::compare(&headings, &in_python::cells("subprocess_readers.py")?)
        }),
        harness::test("the readers of asyncio", || {
            let headings = ["asyncio", "asyncio: what comes out"];
            cells::compare(&headings, &in_python::cells("asyncio_readers.py")?)
        }),
        harness::test("the readers of a shell", || {
            cells::compare(&["A shell"], &in_shell::cells()?)
        }),
        harness::test("who waits for whom", || {
            cells::compare(&["Whom a call waits for"], &holders::cells()?)
        }),
        harness::test(
            "a wait of tokio may be called again",
            tokio_cancelled::a_wait_may_be_called_again,
        ),
        harness::test(
            "a copy of tokio loses what it has not written",
            tokio_cancelled::a_copy_loses_what_it_has_not_written,
        ),
        harness::test("the writers of each runtime", || {
            cells::compare(&["Writers"], &writers::cells()?)
        }),
        harness::test("what readers and writers say", messages::compare),
    ]
}
