//! A rendered page in passages, each with the place to which a result leads.

use crate::rendered::split_at_text;
use mdbook_listing::{Element, Piece, pieces};

/// What stands under one heading, in one phrase, or in one row of a table to look
/// something up in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Passage {
    pub(super) id: Option<String>,
    /// The heading that it stands under, and the name of the phrase or the row.
    pub(super) titles: Vec<String>,
    pub(super) text: String,
    /// A row is found by its symptom. What it says besides is found in its section, which
    /// is longer: each word of a short passage weighs as much as many of a long one.
    pub(super) is_row: bool,
}

/// The passages of a page, without what is not to be searched. Headings up to
/// `level` part them.
pub(super) fn passages(page: &str, level: u8) -> Vec<Passage> {
    let [_, text, _] = split_at_text(page).unwrap_or_default();
    let mut reading = Reading::new(level);
    for piece in pieces(text) {
        match piece {
            Piece::Open(element) => reading.open(&element),
            Piece::Close(name) => reading.close(&name),
            Piece::Text(text) => reading.add(&text),
        }
    }
    reading.end_section();
    reading.passages
}

/// An element that is open.
struct Open {
    name: String,
    class: String,
    is_shown: bool,
    /// Its text, or a part of it, is the title of a passage.
    is_title: bool,
    /// It ends with its passage.
    is_part: bool,
}

struct Reading {
    level: u8,
    open: Vec<Open>,
    passages: Vec<Passage>,
    section: Passage,
    /// The phrase or the row that is open, within the section.
    part: Option<Passage>,
    /// It has ended, but for the note that may stand below a phrase.
    is_over: bool,
    title: String,
}

impl Reading {
    fn new(level: u8) -> Reading {
        Reading {
            level,
            open: Vec::new(),
            passages: Vec::new(),
            section: Passage::default(),
            part: None,
            is_over: false,
            title: String::new(),
        }
    }

    fn open(&mut self, element: &Element) {
        let class = element.attribute("class").unwrap_or_default();
        let id = element.attribute("id");
        let is_note = is(class, "phrase-note");
        if self.is_over && !is_note {
            self.end_part();
        }
        let is_phrase = is(class, "phrase") && id.is_some();
        let is_heading = self.is_heading(&element.name) && id.is_some();
        if is_heading {
            self.end_section();
            self.section.id = id.map(str::to_owned);
        } else if is_phrase {
            self.begin_part(id);
        } else if id.is_some_and(|id| id.starts_with("row-")) {
            self.begin_row(id);
        }
        let names_part = self.part.is_some() && is(class, "caption");
        let above = self.open.last();
        let open = Open {
            is_shown: is_shown(element, class, above),
            is_title: is_heading || names_part || above.is_some_and(|above| above.is_title),
            is_part: is_phrase,
            name: element.name.clone(),
            class: class.to_owned(),
        };
        self.open.push(open);
        self.add_gap(&element.name);
    }

    /// Closes an element, and those in it that have no end tag, as `<wbr>`.
    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            return;
        };
        self.add_gap(name);
        for open in self.open.split_off(at).into_iter().rev() {
            let was_title = open.is_title && !self.open.last().is_some_and(|it| it.is_title);
            if was_title && !self.title.trim().is_empty() {
                let title = plain(&std::mem::take(&mut self.title));
                self.current().titles.push(title);
            }
            if open.is_part {
                self.is_over = true;
            }
        }
    }

    fn add(&mut self, text: &str) {
        let Some(open) = self.open.last().filter(|open| open.is_shown) else {
            return;
        };
        if self.part.as_ref().is_some_and(|part| part.is_row) {
            self.section.text.push_str(text);
        }
        match open.is_title {
            true => self.title.push_str(text),
            false => self.current().text.push_str(text),
        }
    }

    /// Where a page begins another block, another word begins.
    fn add_gap(&mut self, name: &str) {
        let within_a_line = [
            "a", "abbr", "b", "code", "em", "i", "kbd", "span", "strong", "wbr",
        ];
        if !within_a_line.contains(&name) {
            self.add(" ");
        }
    }

    fn is_heading(&self, name: &str) -> bool {
        let level = name.strip_prefix('h').and_then(|it| it.parse().ok());
        level.is_some_and(|level: u8| (1..=self.level).contains(&level))
    }

    fn current(&mut self) -> &mut Passage {
        self.part.as_mut().unwrap_or(&mut self.section)
    }

    /// A row is named by its first cell, which has the id at its begin.
    fn begin_row(&mut self, id: Option<&str>) {
        self.begin_part(id);
        self.current().is_row = true;
        let mut above = self.open.iter_mut().rev();
        if let Some(cell) = above.find(|open| open.name == "td") {
            cell.is_title = true;
        }
        if let Some(row) = above.find(|open| open.name == "tr") {
            row.is_part = true;
        }
    }

    fn begin_part(&mut self, id: Option<&str>) {
        self.end_part();
        self.part = Some(Passage {
            id: id.map(str::to_owned),
            titles: self.section.titles.clone(),
            ..Passage::default()
        });
    }

    fn end_part(&mut self) {
        self.is_over = false;
        if let Some(part) = self.part.take() {
            self.keep(part);
        }
    }

    fn end_section(&mut self) {
        self.end_part();
        let section = std::mem::take(&mut self.section);
        self.keep(section);
    }

    fn keep(&mut self, mut passage: Passage) {
        passage.text = plain(&passage.text);
        if !passage.titles.is_empty() || !passage.text.is_empty() {
            self.passages.push(passage);
        }
    }
}

/// Whether the text of an element is to be searched.
fn is_shown(element: &Element, class: &str, above: Option<&Open>) -> bool {
    if is_left_out(element, class) {
        return false;
    }
    let is_kept = is(class, "asked")
        || element.name == "figcaption" && above.is_some_and(|above| is(&above.class, "xray"));
    is_kept || above.is_none_or(|above| above.is_shown)
}

/// Answers and hints are for those who have thought; the rows of an X-ray, the labels of
/// a drawing and what the player writes around a listing would be found everywhere.
fn is_left_out(element: &Element, class: &str) -> bool {
    let classes = [
        "command", "hint", "kind", "number", "path", "predict", "recorded", "solution", "xray",
    ];
    ["script", "style", "text"].contains(&&*element.name)
        || classes.iter().any(|name| is(class, name))
}

fn is(class: &str, name: &str) -> bool {
    class.split_whitespace().any(|it| it == name)
}

/// A text with single blanks.
fn plain(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, String)> {
        let page = format!("<nav>menu</nav><main>{text}</main><footer>end</footer>");
        let passages = passages(&page, 3).into_iter();
        let parts = passages.map(|it| (it.id.unwrap_or_default(), it.titles.join(" / "), it.text));
        parts.collect()
    }

    fn passage(id: &str, titles: &str, text: &str) -> (String, String, String) {
        (id.to_owned(), titles.to_owned(), text.to_owned())
    }

    #[test]
    fn headings_part_a_page_as_far_down_as_the_book_says() {
        let page = "<p>Before.</p><h1 id=\"a\"><a href=\"#a\">A <code>b</code></a></h1><p>One</p>\
            <p>two.</p><h4 id=\"d\">Deep</h4><h2 id=\"c\">C</h2>";
        let expected = [
            passage("", "", "Before."),
            passage("a", "A b", "One two. Deep"),
            passage("c", "C", ""),
        ];
        assert_eq!(read(page), expected);
    }

    #[test]
    fn a_row_of_symptoms_is_a_passage_and_belongs_to_its_section() {
        let page = "<h2 id=\"s\">S</h2><table><tr><td><span id=\"row-x\"></span><code>X</code> seen.\
            </td><td>Cure<wbr>d.</td></tr><tr><td>y</td><td>Z.</td></tr></table><p>After.</p>";
        let expected = [
            passage("row-x", "S / X seen.", "Cured."),
            passage("s", "S", "X seen. Cured. y Z. After."),
        ];
        assert_eq!(read(page), expected);
    }

    #[test]
    fn a_phrase_is_a_passage_with_the_note_below_it() {
        let page = "<h2 id=\"s\">S</h2><figure class=\"listing phrase\" id=\"phrase-p\"><figcaption>\
            <span class=\"caption\">Do it</span> <span class=\"path\">p</span></figcaption>\
            <pre>run()</pre></figure>\n<p class=\"phrase-note\">Mind.</p>\n<p>After.</p>";
        let expected = [
            passage("phrase-p", "S / Do it", "run() Mind."),
            passage("s", "S", "After."),
        ];
        assert_eq!(read(page), expected);
    }

    #[test]
    fn answers_hints_and_the_rows_of_an_x_ray_are_left_out() {
        let page = "<aside class=\"predict\"><p class=\"kind\">Predict</p><span class=\"asked\">What?</span>\
            <ol><li>Wrong<img src=\"x\"></li></ol></aside><figure class=\"xray\"><figcaption>Caption.\
            </figcaption><script>{\"row\": \"<li>\"}</script><table><tr><td>Row</td></tr></table></figure>\
            <section class=\"exercise\"><p>Mend it.</p><details class=\"hint\"><p>Hint</p></details></section>\
            <figure class=\"listing\"><pre class=\"command\">cargo run</pre><pre class=\"run stdout\">Broken \
            pipe</pre></figure><svg><title>Who</title><text>label</text></svg>";
        let expected = [passage("", "", "What? Caption. Mend it. Broken pipe Who")];
        assert_eq!(read(page), expected);
    }
}
