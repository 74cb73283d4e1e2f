//! What the listings cost in rendering: the book, against stock mdBook on the
//! same pages without listings, questions and diagrams; and against stock
//! mdBook on the pages with everything written out, which is the share that the
//! size of the pages has in it. In turns, by one program: only ratios count.

use anyhow::Context;
use mdbook_driver::MDBook;
use mdbook_listing::ListingPreprocessor;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tests::book::root;
use tests::figures::median;
use tests::rendering::{AsHtml, pages};

const ROUNDS: usize = 5;

fn main() -> anyhow::Result<()> {
    let plain = copy_of_the_book(|_, page| prose(page))?;
    let full = pages(&root(), &AsHtml)?;
    let written_out = copy_of_the_book(|path, _| full.get(path).cloned().unwrap_or_default())?;
    let mut ours = Vec::new();
    let mut stock = Vec::new();
    let mut stock_in_full = Vec::new();
    let mut preprocessing = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        pages(&root(), &AsHtml)?;
        preprocessing.push(began.elapsed());
        ours.push(render(&root(), true)?);
        stock.push(render(plain.path(), false)?);
        stock_in_full.push(render(written_out.path(), false)?);
    }
    let (ours, stock, in_full) = (median(ours), median(stock), median(stock_in_full));
    let ratio = |other: Duration| ours.as_secs_f64() / other.as_secs_f64();
    println!("rendering the book, median of {ROUNDS}");
    println!("  ours                         {ours:.2?}");
    println!(
        "  of that, to the pages        {:.2?}",
        median(preprocessing)
    );
    println!(
        "  stock, without listings      {stock:.2?}, ratio {:.2}",
        ratio(stock)
    );
    println!(
        "  stock, with all written out  {in_full:.2?}, ratio {:.2}",
        ratio(in_full)
    );
    println!("  aim: at most 1.1");
    Ok(())
}

/// Renders into a folder of its own, so that nobody's book is touched.
fn render(root: &Path, with_listings: bool) -> anyhow::Result<Duration> {
    let rendered = TempDir::new()?;
    let began = Instant::now();
    let mut book = MDBook::load(root)?;
    book.config.build.build_dir = rendered.path().to_owned();
    if with_listings {
        book.with_preprocessor(ListingPreprocessor::new());
    }
    book.build()?;
    Ok(began.elapsed())
}

/// The book without our preprocessor, each page changed by its path and text.
fn copy_of_the_book(change: impl Fn(&Path, &str) -> String) -> anyhow::Result<TempDir> {
    let copy = TempDir::new()?;
    let config = fs::read_to_string(root().join("book.toml"))?;
    let (before, rest) = config
        .split_once("[preprocessor.listing]")
        .context("book.toml names the preprocessor")?;
    let (_, after) = rest.split_once("\n[").context("and more after it")?;
    fs::write(copy.path().join("book.toml"), format!("{before}[{after}"))?;
    let pages = copy.path().join("book");
    copy_pages(&root().join("book"), Path::new(""), &pages, &change)?;
    Ok(copy)
}

fn copy_pages(
    book: &Path,
    folder: &Path,
    to: &Path,
    change: &impl Fn(&Path, &str) -> String,
) -> anyhow::Result<()> {
    fs::create_dir(to.join(folder))?;
    for entry in fs::read_dir(book.join(folder))? {
        let path = folder.join(entry?.file_name());
        let (from, copy) = (book.join(&path), to.join(&path));
        if from.is_dir() {
            copy_pages(book, &path, to, change)?;
        } else if path.extension().is_some_and(|kind| kind == "md")
            && path != Path::new("SUMMARY.md")
        {
            fs::write(copy, change(&path, &fs::read_to_string(from)?))?;
        } else {
            fs::copy(from, copy)?;
        }
    }
    Ok(())
}

/// A page without our directives and questions.
fn prose(page: &str) -> String {
    let mut prose = String::new();
    let mut is_question = false;
    for line in page.lines() {
        match line {
            "```predict" => is_question = true,
            "```" if is_question => is_question = false,
            _ if is_question || line.starts_with("{{#") => {}
            _ => {
                prose.push_str(&line.replace("{{#ref ", "`").replace("}}", "`"));
                prose.push('\n');
            }
        }
    }
    prose
}
