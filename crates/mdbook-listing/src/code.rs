//! The code blocks of a page: something must run each of them.

use crate::html::{self, Element};
use crate::markdown::Fence;
use crate::page::Page;
use crate::problems::Problems;
use std::path::PathBuf;

/// A code block that a page says does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MustNotCompile {
    /// The page, relative to the book's root.
    pub page: PathBuf,
    /// The line of its fence, counted from 1.
    pub line: usize,
    /// A whole program.
    pub code: String,
    /// What rustc must say: `E0382`.
    pub error_code: String,
}

/// Notes each code block that a page must not have.
pub(crate) fn check(page: &Page, problems: &mut Problems) {
    for fence in &page.markdown.fences {
        if let Err(message) = permitted(fence) {
            page.problem(problems, fence.range.start, message);
        }
    }
    for block in &page.markdown.indented {
        let message = "an indented code block does not say what it is: use a fence, or indent less";
        page.problem(problems, block.start, message);
    }
    for block in &page.markdown.html {
        for element in html::elements(&block.text).filter(is_hidden_code) {
            let at = page.down(block.range.start, element.lines_down);
            let message = format!("<{}> has no place in a page", element.name);
            page.problem(problems, at, message);
        }
    }
}

/// Whether an element is a code block in HTML, which the checks of fences do not
/// see, or code that would run in the page. `<code>` in a line of text is no more
/// than backticks.
fn is_hidden_code(element: &Element) -> bool {
    match element.name.as_str() {
        "pre" | "script" | "style" | "iframe" => true,
        "code" => element.attribute("class").is_some(),
        _ => false,
    }
}

/// The page's blocks that must not compile.
pub(crate) fn must_not_compile(page: &Page) -> impl Iterator<Item = MustNotCompile> {
    let fences = page.markdown.fences.iter();
    fences.filter_map(|fence| {
        Some(MustNotCompile {
            page: page.file.clone(),
            line: page.line(fence.range.start),
            code: fence.code.clone(),
            error_code: error_code(fence)?.to_owned(),
        })
    })
}

fn permitted(fence: &Fence) -> Result<(), String> {
    let words = fence.words();
    let language = words.first().copied().unwrap_or_default();
    match language.to_ascii_lowercase().as_str() {
        "rust" | "rs" if error_code(fence).is_some() => Ok(()),
        "rust" | "rs" if words.contains(&"compile_fail") => Err(
            "say why it does not compile: ```rust,compile_fail,E0382 (a test checks the code)"
                .to_owned(),
        ),
        "rust" if words.len() == 1 && is_our_source(fence) => Ok(()),
        "rust" | "rs" => Err(
            "Rust in a page comes from a listing, by {{#listing …}}; only what must not compile \
             stands here, as ```rust,compile_fail,E0382"
                .to_owned(),
        ),
        "python" | "py" | "python3" => {
            Err("Python in a page comes from a listing, by {{#listing …}}".to_owned())
        }
        "predict" | "notes" | "toml" => Ok(()),
        "console" => console(fence),
        "" => Err(
            "this code block does not say what it is: predict, notes, console or toml".to_owned(),
        ),
        other => Err(format!(
            "a page has no `{other}` blocks: only predict, notes, console, toml and \
             rust,compile_fail,E0382"
        )),
    }
}

/// Whether a block holds nothing but includes from the source or the tests of a
/// crate of this workspace, which every test compiles.
fn is_our_source(fence: &Fence) -> bool {
    let mut lines = fence
        .code
        .lines()
        .filter(|line| !line.trim().is_empty())
        .peekable();
    lines.peek().is_some()
        && lines.all(|line| {
            let file = line
                .strip_prefix("{{#include ")
                .and_then(|rest| rest.split([':', '}']).next());
            let Some(file) = file else { return false };
            let ours = file.trim_start_matches("../");
            let in_a_crate = ours.starts_with("crates/") || ours.starts_with("chapters-code/");
            let is_compiled = ours.contains("/src/") || ours.contains("/tests/");
            in_a_crate && is_compiled && ours.ends_with(".rs")
        })
}

/// `E0382`, if the fence is exactly `rust,compile_fail,E0382`.
fn error_code(fence: &Fence) -> Option<&str> {
    let words = fence.words();
    let ["rust", "compile_fail", code] = words[..] else {
        return None;
    };
    let digits = code.strip_prefix('E')?;
    let is_code = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let start = fence.info.find(code)?;
    is_code.then(|| &fence.info[start..start + code.len()])
}

/// A console block holds what the reader types. Output would be pasted: it
/// comes from recordings only.
fn console(fence: &Fence) -> Result<(), String> {
    let mut continues = false;
    for line in fence.code.lines().filter(|line| !line.trim().is_empty()) {
        if !continues && !line.starts_with("$ ") {
            return Err(format!(
                "`{line}` in a console block is no command: each line begins with `$ `, and \
                 output comes from a recording"
            ));
        }
        continues = line.ends_with('\\');
    }
    Ok(())
}
