//! The phrasebook's command line: each phrase in duct, in std and
//! in Python, and what it prints.

mod phrases;
mod run;

use anyhow::Context;
use listing::{printing, typed};
use phrases::{Phrase, TABLE};
use run::Way;
use std::process::ExitCode;
use std::{env, fs};

const TITLE: &str =
    "The phrasebook: one task after another, in duct, std and Python";

const USES: [(&str, &str); 3] = [
    ("cargo run -p phrasebook", "name the phrases"),
    ("cargo run -p phrasebook -- NAME", "show and run all three"),
    ("cargo run -p phrasebook -- NAME std", "only duct, std or python"),
];

fn main() -> anyhow::Result<ExitCode> {
    printing(obey).unwrap_or_else(|unwritten| Ok(unwritten.exit_code()))
}

fn obey() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> =
        arguments.iter().map(String::as_str).collect();
    let asked = match words[..] {
        [] | ["--list"] => return list(),
        ["-h" | "--help"] => {
            print!("{}", help());
            return Ok(ExitCode::SUCCESS);
        }
        ["child", name, way] => (Phrase::named(name), Way::named(way)),
        [name] => (Phrase::named(name), None),
        [name, way] => (Phrase::named(name), Way::named(way)),
        _ => (None, None),
    };
    match asked {
        (Some(phrase), Some(way)) if words[0] == "child" => {
            run::as_child(phrase, way).map(|()| ExitCode::SUCCESS)
        }
        (Some(phrase), Some(way)) => show(phrase, &[way]),
        (Some(phrase), None) if words.len() == 1 => {
            show(phrase, &Way::ALL)
        }
        _ => {
            eprintln!("error: there is no `{}`", words.join(" "));
            eprint!("{}", help());
            Ok(ExitCode::from(2))
        }
    }
}

fn help() -> String {
    let uses =
        USES.map(|(command, about)| (typed::here(command), about));
    let widths = uses.iter().map(|(command, _)| command.len());
    let width = widths.max().unwrap_or_default();
    let mut text = format!("{TITLE}\n\n");
    for (command, about) in uses {
        text.push_str(&format!("  {command:width$}  {about}\n"));
    }
    text
}

fn list() -> anyhow::Result<ExitCode> {
    let widths = TABLE.iter().map(|phrase| phrase.name.len());
    let width = widths.max().unwrap_or_default();
    for phrase in TABLE {
        let task = phrase.task()?;
        println!("{:width$}  {task}", phrase.name);
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows some of a phrase's three programs, and what each prints.
fn show(phrase: &Phrase, ways: &[Way]) -> anyhow::Result<ExitCode> {
    println!("{}: {}", phrase.name, phrase.task()?);
    let mut code = ExitCode::SUCCESS;
    for &way in ways {
        let source = phrase.folder()?.join(way.file());
        let program = fs::read_to_string(&source)
            .with_context(|| source.display().to_string())?;
        println!("\n── {} ──\n{program}", way.name());
        match run::run(phrase, way) {
            Ok(status) => println!("({status})"),
            Err(error) => {
                println!("({error:#})");
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}
