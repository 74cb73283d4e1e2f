//! `cargo run -- export`: the book in files to take along, each with all that it should
//! hold.

use anyhow::{Context, bail, ensure};
use libtest_mimic::Trial;
use mdbook_driver::MDBook;
use mdbook_listing::{Piece, pieces};
use recording::Recording;
use recording::catalogue::{Exercise, plain_lines};
use run::missing_tools;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;
use tests::book::{chapters, listings, root};
use tests::chromium::chromium;
use tests::harness::{arguments, needing, test};
use tests::scratch_book::ScratchBook;

/// Made when the first test asks for it.
type Shared = Arc<LazyLock<Result<Ebook, String>>>;

fn main() {
    let ebook: Shared = Arc::new(LazyLock::new(|| {
        Ebook::new().map_err(|error| format!("{error:#}"))
    }));
    let of_ebook = |name, needs: &[&str], run| of_ebook(&ebook, name, needs, run);
    let mut on_paper = missing_tools(&["pdftotext"]);
    if chromium().is_none() {
        on_paper.push("chromium");
    }
    let trials = vec![
        test("what is missing is said", says_what_is_missing),
        of_ebook(
            "an EPUB has each listing, and what it said",
            &[],
            has_listings,
        ),
        of_ebook(
            "an EPUB has each answer at a chapter's end",
            &[],
            has_answers,
        ),
        of_ebook(
            "an EPUB has each page, and nothing of a web page",
            &[],
            has_only_text,
        ),
        of_ebook("an EPUB is valid", &["java", "epubcheck"], is_valid),
        needing("a PDF has each page", &on_paper, prints_each_page),
        needing(
            "a PDF is of the book, whatever its folder is called",
            &on_paper,
            prints_from_any_folder,
        ),
        test("an export that fails leaves nothing", leaves_nothing),
    ];
    let conclusion = libtest_mimic::run(&arguments(), trials);
    // `exit` drops nothing, and the folder would stay.
    drop(ebook);
    conclusion.exit();
}

fn of_ebook(
    ebook: &Shared,
    name: &str,
    needs: &[&str],
    run: fn(&Ebook) -> anyhow::Result<()>,
) -> Trial {
    let needs = [&["pandoc", "python3"], needs].concat();
    let missing = missing_tools(&needs);
    let ebook = Arc::clone(ebook);
    needing(name, &missing, move || match &**ebook {
        Ok(ebook) => run(ebook),
        Err(error) => bail!("no EPUB: {error}"),
    })
}

/// Has openbook make one form of the book; returns its file.
fn exported(form: &str) -> anyhow::Result<PathBuf> {
    let openbook = chapters().binary("openbook")?;
    made(
        Command::new(openbook)
            .args(["export", form])
            .current_dir(root()),
    )
}

fn made(export: &mut Command) -> anyhow::Result<PathBuf> {
    if let Some(chromium) = chromium() {
        export.env("CHROMIUM", chromium);
    }
    let made = export.output()?;
    let said = String::from_utf8_lossy(&made.stderr);
    ensure!(made.status.success(), "{said}");
    let printed = String::from_utf8(made.stdout)?;
    Ok(PathBuf::from(printed.trim_end()))
}

struct Ebook {
    file: PathBuf,
    /// The text of each of its pages, by their files.
    texts: BTreeMap<PathBuf, String>,
    /// The elements of all pages: the name, the id, the page.
    elements: Vec<(String, Option<String>, PathBuf)>,
}

impl Ebook {
    fn new() -> anyhow::Result<Ebook> {
        let file = exported("epub")?;
        let folder = TempDir::new()?;
        let unpacked = Command::new("python3")
            .args(["-m", "zipfile", "-e"])
            .arg(&file)
            .arg(folder.path())
            .status()?;
        ensure!(unpacked.success(), "{} is no archive", file.display());
        let mut ebook = Ebook {
            file,
            texts: BTreeMap::new(),
            elements: Vec::new(),
        };
        for entry in fs::read_dir(folder.path().join("EPUB/text"))? {
            let path = entry?.path();
            ebook.read(&path)?;
        }
        Ok(ebook)
    }

    fn read(&mut self, path: &Path) -> anyhow::Result<()> {
        let page = fs::read_to_string(path)?;
        let (_, body) = page.split_once("<body").context("a page without a body")?;
        let mut text = String::new();
        for piece in pieces(&format!("<body{body}")) {
            match piece {
                Piece::Text(part) => text.push_str(&part),
                Piece::Open(element) => {
                    let id = element.attribute("id").map(str::to_owned);
                    self.elements.push((element.name, id, path.to_owned()));
                }
                Piece::Close(_) => {}
            }
        }
        self.texts.insert(path.to_owned(), text);
        Ok(())
    }

    fn has(&self, text: &str) -> bool {
        self.texts.values().any(|it| it.contains(text))
    }
}

fn has_listings(ebook: &Ebook) -> anyhow::Result<()> {
    for listing in listings() {
        let source = plain_lines(fs::read_to_string(root().join(listing.source()))?);
        ensure!(ebook.has(source.trim_end()), "no code of {listing}");
        let command = format!("$ {}", listing.command());
        ensure!(ebook.has(&command), "no {command}");
        let recording = Recording::read(&root(), &listing)?;
        if let Some(line) = first_line(&recording) {
            ensure!(ebook.has(&line), "{listing} does not say `{line}`");
        }
    }
    Ok(())
}

/// The first line of its output, unless another stream or what cannot be seen is in it.
fn first_line(recording: &Recording) -> Option<String> {
    if !recording.stderr().is_empty() {
        return None;
    }
    let written = String::from_utf8(recording.stdout()).ok()?;
    let line = written.lines().next()?.to_owned();
    let is_seen = !line.is_empty() && !line.contains(char::is_control);
    is_seen.then_some(line)
}

fn has_answers(ebook: &Ebook) -> anyhow::Result<()> {
    let ends = |page: &Path| {
        let text = ebook.texts[page].trim_start();
        text.starts_with("Answers")
    };
    let mut questions = 0;
    for (_, id, page) in &ebook.elements {
        let id = id.as_deref().unwrap_or_default();
        let is_question = id.contains(".answer-listing-");
        if is_question || id.contains(".answer-exercise-") {
            ensure!(ends(page), "{id} is not at a chapter's end");
            questions += usize::from(is_question);
        }
    }
    let asked: usize = MDBook::load(root())?
        .book
        .chapters()
        .map(|it| it.content.matches("\n```predict\n").count())
        .sum();
    ensure!(asked > 100, "{asked} questions were found in the pages");
    ensure!(
        questions == asked,
        "{questions} answers to {asked} questions"
    );
    for exercise in Exercise::all(&root())? {
        let code = exercise.solution.code.trim();
        let solved = ebook.texts.iter().find(|(_, text)| text.contains(code));
        let (page, text) = solved.with_context(|| format!("{} is not solved", exercise.name))?;
        ensure!(ends(page), "{} is solved where it is set", exercise.name);
        ensure!(text.contains("Hint 3: how it goes"));
        ensure!(ebook.has(exercise.code.trim()), "no {}", exercise.name);
    }
    Ok(())
}

fn has_only_text(ebook: &Ebook) -> anyhow::Result<()> {
    let all: String = ebook.texts.values().cloned().collect();
    has_titles(&all)?;
    const OF_A_PAGE: [&str; 9] = [
        "button", "details", "fieldset", "form", "iframe", "input", "label", "noscript", "script",
    ];
    for (name, _, page) in &ebook.elements {
        ensure!(
            !OF_A_PAGE.contains(&name.as_str()),
            "<{name}> in {}",
            page.display()
        );
    }
    // HTML that was taken for text, and what nothing was put in the place of.
    for raw in ["<span id", "<button", "<figure", "<div class", "{{#"] {
        ensure!(!all.contains(raw), "{raw} is to be read");
    }
    Ok(())
}

fn is_valid(ebook: &Ebook) -> anyhow::Result<()> {
    // Debian's is a Java archive that the kernel need not know how to start.
    let path = which::which("epubcheck")?;
    let mut check = match fs::read(&path)?.starts_with(b"PK") {
        true => {
            let mut java = Command::new("java");
            java.arg("-jar").arg(&path);
            java
        }
        false => Command::new(path),
    };
    let checked = check.arg(&ebook.file).output()?;
    let said = String::from_utf8_lossy(&checked.stderr) + String::from_utf8_lossy(&checked.stdout);
    ensure!(checked.status.success(), "{said}");
    ensure!(said.contains("No errors or warnings detected"), "{said}");
    Ok(())
}

fn prints_each_page() -> anyhow::Result<()> {
    let text = printed(&exported("pdf")?)?;
    has_titles(&text)?;
    // Answers are printed, and the code of listings.
    for part in ["Not B.", "pub fn main()", "recorded on Linux"] {
        ensure!(text.contains(part), "no {part}");
    }
    Ok(())
}

/// The text of a PDF.
fn printed(file: &Path) -> anyhow::Result<String> {
    let read = Command::new("pdftotext").arg(file).arg("-").output()?;
    ensure!(read.status.success(), "{}", read.status);
    Ok(String::from_utf8(read.stdout)?)
}

fn prints_from_any_folder() -> anyhow::Result<()> {
    // What ends a path in an address, or stands there for something else.
    let book = ScratchBook::fresh("printed #1? 20%20")?;
    let text = printed(&made(&mut book.openbook(&["export", "pdf"])?)?)?;
    ensure!(text.contains("It greets"), "{text}");
    Ok(())
}

fn leaves_nothing() -> anyhow::Result<()> {
    let book = ScratchBook::fresh("not-printed")?;
    let mut export = book.openbook(&["export", "pdf"])?;
    let ended = export.env("CHROMIUM", "false").output()?;
    let said = String::from_utf8_lossy(&ended.stderr);
    ensure!(said.contains("false printed nothing"), "{said}");
    for entry in fs::read_dir(book.path("target/export"))? {
        let path = entry?.path();
        ensure!(path.ends_with("partial"), "{} is left", path.display());
    }
    let left = book.left_in("target/export/partial")?;
    ensure!(left.is_empty(), "{left:?} is left");
    Ok(())
}

/// Whether the title of each page stands in a text, wherever its lines break.
fn has_titles(text: &str) -> anyhow::Result<()> {
    let text = folded(text);
    for page in MDBook::load(root())?.book.chapters() {
        let mut lines = page.content.lines();
        let title = lines.find_map(|line| line.strip_prefix("# "));
        let title = title.with_context(|| format!("{} has no title", page.name))?;
        let title = folded(&title.replace('`', ""));
        ensure!(text.contains(&title), "no \"{title}\"");
    }
    Ok(())
}

fn folded(text: &str) -> String {
    let text = text.replace('’', "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says_what_is_missing() -> anyhow::Result<()> {
    let openbook = chapters().binary("openbook")?;
    let nothing = TempDir::new()?;
    for (form, missing) in [("epub", "pandoc"), ("pages", "xz")] {
        let made = Command::new(openbook)
            .args(["export", form])
            .env("PATH", nothing.path())
            .current_dir(root())
            .output()?;
        let said = String::from_utf8_lossy(&made.stderr);
        ensure!(made.status.code() == Some(1), "{said}");
        ensure!(
            said.contains(&format!("{missing}, which is not on the PATH")),
            "{said}"
        );
    }
    Ok(())
}
