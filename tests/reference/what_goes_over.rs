//! "What goes over fork and exec": each row happens, to a process that has
//! arranged the row's attribute for itself.

mod commands;
mod estate;
mod rows;
mod starters;
mod symptoms;
mod verdicts;

use libtest_mimic::Trial;
use run::missing_tools;
use tests::harness;

/// What the page's commands are, and what they run in. All of them are Linux's.
const PROGRAMS: [&str; 7] = ["bash", "dash", "gcc", "ps", "python3", "setpriv", "strace"];

type Test = fn() -> anyhow::Result<()>;

pub fn tests() -> Vec<Trial> {
    let missing = missing_tools(&PROGRAMS);
    let for_table = |heading: &'static str| {
        let name = format!("what goes over: {heading}");
        harness::needing(name, &missing, move || rows::hold(heading))
    };
    let tables = rows::TABLES.into_iter().map(for_table);
    let others: [(&str, Test); 6] = [
        ("its set-user-ID programs", starters::set_user_id),
        ("what a starter changes", starters::starters),
        ("posix_spawn and vfork", starters::posix_spawn),
        ("set_var within pre_exec never returns", starters::set_var),
        (
            "its messages are printed as the page has them",
            symptoms::messages,
        ),
        ("another library by the same name", symptoms::libraries),
    ];
    let others = others
        .into_iter()
        .map(|(name, test)| harness::needing(format!("what goes over: {name}"), &missing, test));
    tables.chain(others).collect()
}
