//! "Errors of a start": each row is made to happen, by std, by duct and by Python.

mod case;
mod filter;
mod folder;
mod interpreter;
mod loader;
mod numbers;
mod process;
mod program;
mod setting;
mod shell;

use case::Case;
use libtest_mimic::Trial;
use tests::harness;

const TABLES: &[(&str, &[Case])] = &[
    ("The program", program::CASES),
    ("Its interpreter", interpreter::CASES),
    ("Its loader", loader::CASES),
    ("Its directory", setting::DIRECTORY),
    ("Its arguments and its environment", setting::ARGUMENTS),
    ("Its input and output", setting::STREAMS),
    ("Its user, its group, and `pre_exec`", setting::USER),
    ("No process", process::NONE),
    ("Rare errors of exec", process::RARE),
];

pub fn tests() -> Vec<Trial> {
    let missing = run::missing_tools(&["python3"]);
    let tables = TABLES.iter().map(|(heading, cases)| {
        harness::needing(format!("errors of a start: {heading}"), &missing, || {
            case::hold(heading, cases)
        })
    });
    let bash = (!shell::bash_is_new()).then_some("bash 5.2");
    let shells: Vec<_> = bash.into_iter().collect();
    let others = [
        harness::needing("errors of a start: what a shell says", &shells, shell::hold),
        harness::needing(
            "errors of a start: by its number",
            &missing,
            numbers::numbers,
        ),
        harness::test("errors of a start: where its number leads", || {
            let headings: Vec<_> = TABLES.iter().map(|(heading, _)| *heading).collect();
            numbers::lead_to_their_tables(&headings)
        }),
        harness::test("errors of a start: how it is printed", numbers::printed),
        harness::needing("errors of a start: bounds", &missing, setting::bounds),
    ];
    tables.chain(others).collect()
}
