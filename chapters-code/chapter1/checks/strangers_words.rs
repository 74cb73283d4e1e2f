use super::lines_with;
use anyhow::{Context, Result, bail};
use std::fs;
use trial::{same, trial};

const PAGE: &str = "chapter1-run/there-is-no-shell.md";

/// What is searched: each line has something that somebody would read.
const NOTES: &str = r#"black tea
it's green
a $HOME for it
"white" and `red`
*.txt
-v has a dash
--file=notes has two
"#;

fn search(word: &str, file: &str, expected: &str) -> Result<()> {
    let found = lines_with(word, file)
        .with_context(|| format!("with the word {word:?} in {file:?}"))?;
    let what = format!("what is found with the word {word:?} in {file:?}");
    same(&what, &found.as_str(), &expected)
}

#[test]
fn a_word_is_found_and_one_that_is_not_there_is_no_error() {
    trial("the lines that have the word", || {
        fs::write("notes", NOTES)?;
        search("tea", "notes", "black tea\n")?;
        search(
            "it",
            "notes",
            "it's green\na $HOME for it\n\"white\" and `red`\n",
        )?;
        search("coffee", "notes", "")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn nobody_reads_the_word_as_a_script_or_a_pattern() {
    trial("the lines that have the word, and nothing else run", || {
        fs::write("notes", NOTES)?;
        search("none' notes; echo mine; : '", "notes", "")?;
        search("it's", "notes", "it's green\n")?;
        search("$HOME", "notes", "a $HOME for it\n")?;
        search("`red`", "notes", "\"white\" and `red`\n")?;
        search("\"white\" ", "notes", "\"white\" and `red`\n")?;
        search("*", "notes", "*.txt\n")?;
        search(".*", "notes", "")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn nobody_takes_the_word_for_an_option() {
    trial("the lines that have the word, dash and all", || {
        fs::write("notes", NOTES)?;
        search("-v", "notes", "-v has a dash\n")?;
        search("--file=notes", "notes", "--file=notes has two\n")?;
        search("-e", "notes", "")?;
        search("--", "notes", "--file=notes has two\n")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_file_may_have_any_name() {
    trial("the line in the file of that name", || {
        let names = ["a b", "it's", "$HOME", "*", "a\nb", "-v", "--", "-"];
        for name in names {
            fs::write(name, format!("tea {name:?}\ncoffee\n"))?;
        }
        for name in names {
            search("tea", name, &format!("tea {name:?}\n"))?;
        }
        Ok(())
    })
    .stdin("tea from stdin\n")
    .read(PAGE)
    .passes();
}

#[test]
fn a_file_that_is_not_there_is_an_error() {
    trial(
        "an error, since there is no such file",
        || match lines_with("tea", "nowhere") {
            Err(_) => Ok(()),
            Ok(found) => bail!("it returned {found:?}"),
        },
    )
    .read(PAGE)
    .passes();
}
