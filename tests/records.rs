//! `cargo run -- record`: a recording and what its run drew are made together
//! and left alone together.

use anyhow::{Context, ensure};
use std::process::Stdio;
use tests::scratch_book::ScratchBook;

const RECORDINGS: &str = "chapters-code/chapter1/recordings";

/// A listing that prints its pid, which a mask hides, and draws it.
const DRAWS: &str = r#"pub fn main() -> anyhow::Result<()> {
    let pid = std::process::id();
    println!("about {pid}");
    let plot = format!("<svg><text>{pid}</text><text>label</text></svg>");
    Ok(std::fs::write("plot.svg", plot)?)
}
"#;

#[test]
fn a_recording_and_its_plot_are_of_one_run() -> anyhow::Result<()> {
    let book = ScratchBook::fresh("recorded")?;
    book.write(&ScratchBook::listing("draws"), DRAWS)?;
    let settings = "masks = [\"count\"]\nkeep = [\"plot.svg\"]\n";
    book.write(&format!("{RECORDINGS}/draws.toml"), settings)?;
    let plot = book.path(&format!("{RECORDINGS}/draws.plot.svg"));
    // An earlier run of this test may have left one.
    if plot.is_dir() {
        std::fs::remove_dir(&plot)?;
    } else if plot.exists() {
        std::fs::remove_file(&plot)?;
    }

    ensure!(record(&book)?.contains("chapter1/draws: recorded"));
    let first = pid_in_both(&book)?;

    ensure!(record(&book)?.contains("chapter1/draws: unchanged"));
    ensure!(pid_in_both(&book)? == first);

    std::fs::remove_file(&plot)?;
    ensure!(record(&book)?.contains("chapter1/draws: recorded"));
    let second = pid_in_both(&book)?;
    ensure!(second != first);

    let drawn_otherwise = DRAWS.replace("label", "other label");
    book.write(&ScratchBook::listing("draws"), &drawn_otherwise)?;
    ensure!(record(&book)?.contains("chapter1/draws: recorded"));
    ensure!(pid_in_both(&book)? != second);

    let draws_nothing = DRAWS.replace("<text>", "<g>").replace("</text>", "</g>");
    book.write(&ScratchBook::listing("draws"), &draws_nothing)?;
    let third = pid_in_both(&book)?;
    let said = record(&book)?;
    ensure!(
        said.contains("plot.svg that cannot be kept: it says nothing"),
        "{said}"
    );
    ensure!(pid_in_both(&book)? == third);

    let drawn_nowhere = DRAWS.replace("plot.svg", "plots.svg");
    book.write(&ScratchBook::listing("draws"), &drawn_nowhere)?;
    let said = record(&book)?;
    ensure!(
        said.contains("the run left no plot.svg that can be kept"),
        "{said}"
    );

    book.write(&ScratchBook::listing("draws"), DRAWS)?;
    nothing_is_half_recorded(&book)
}

/// A plot that cannot be written leaves the recording as it was.
fn nothing_is_half_recorded(book: &ScratchBook) -> anyhow::Result<()> {
    let recording = format!("{RECORDINGS}/draws.jsonl");
    let before = book.read(&recording)?;

    // Even root cannot put a file in the place of a folder.
    let plot = book.path(&format!("{RECORDINGS}/draws.plot.svg"));
    std::fs::remove_file(&plot)?;
    std::fs::create_dir(&plot)?;
    let said = record(book)?;
    ensure!(said.contains("chapter1/draws: not recorded"), "{said}");
    ensure!(said.contains("draws.plot.svg"), "{said}");
    ensure!(book.read(&recording)? == before, "only half is new");
    let left = std::fs::read_dir(book.path(RECORDINGS))?;
    for entry in left {
        let name = entry?.file_name();
        ensure!(!name.to_string_lossy().ends_with(".new"), "{name:?}");
    }
    Ok(())
}

/// What the command says on stdout.
fn record(book: &ScratchBook) -> anyhow::Result<String> {
    let mut record = book.openbook(&["record", "chapter1/draws"])?;
    let output = record.stderr(Stdio::inherit()).output()?;
    Ok(String::from_utf8(output.stdout)?)
}

/// The pid that the recording and the plot both name.
fn pid_in_both(book: &ScratchBook) -> anyhow::Result<String> {
    let recording = book.read(&format!("{RECORDINGS}/draws.jsonl"))?;
    let plot = book.read(&format!("{RECORDINGS}/draws.plot.svg"))?;
    let (_, rest) = plot.split_once("<text>").context("no text in the plot")?;
    let (pid, _) = rest.split_once('<').context("no end of the text")?;
    ensure!(
        recording.contains(&format!("about {pid}\\n")),
        "{pid} is not in {recording}"
    );
    Ok(pid.to_owned())
}
