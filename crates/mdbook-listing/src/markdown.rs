//! A page's Markdown, read as mdBook reads it: where its blocks, its links and
//! its code are in the source.

use mdbook_markdown::pulldown_cmark::{
    BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd,
};
use mdbook_preprocessor::config::HtmlConfig;
use std::cell::RefCell;
use std::ops::Range;

/// What of a page's Markdown the checks look at, each by its place in the
/// source, in bytes.
#[derive(Debug, Default)]
pub(crate) struct Markdown {
    /// Code blocks with a fence.
    pub(crate) fences: Vec<Fence>,
    /// Code blocks without one.
    pub(crate) indented: Vec<Range<usize>>,
    /// Code between backticks.
    pub(crate) spans: Vec<Range<usize>>,
    /// Paragraphs that stand in nothing else: no list, no quotation.
    pub(crate) paragraphs: Vec<Range<usize>>,
    pub(crate) links: Vec<Link>,
    pub(crate) html: Vec<Html>,
    /// `[text][name]` and `[^name]` where no `[name]: …` is.
    pub(crate) undefined: Vec<(Range<usize>, String)>,
    /// The footnotes that the page defines.
    footnotes: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Fence {
    pub(crate) range: Range<usize>,
    /// What stands after the backticks.
    pub(crate) info: String,
    pub(crate) code: String,
    /// It stands in nothing else: no list, no quotation.
    pub(crate) is_outermost: bool,
}

impl Fence {
    /// `rust,compile_fail,E0382` in parts, cut where mdBook cuts it.
    pub(crate) fn words(&self) -> Vec<&str> {
        let words = self.info.split([' ', '\t', ',']);
        words.filter(|word| !word.is_empty()).collect()
    }

    /// Whether it begins with that word: `predict`, `notes`.
    pub(crate) fn is_a(&self, word: &str) -> bool {
        self.words().first() == Some(&word)
    }

    /// Whether we put something else in its place.
    fn is_replaced(&self) -> bool {
        self.is_a("predict") || self.is_a("notes")
    }
}

#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) range: Range<usize>,
    pub(crate) target: String,
}

#[derive(Debug)]
pub(crate) struct Html {
    pub(crate) range: Range<usize>,
    pub(crate) text: String,
}

/// The options that mdBook parses a page with. mdBook's own function,
/// `new_cmark_parser`, makes a parser that does not report undefined references;
/// a test compares the two.
pub(crate) fn options(html: &HtmlConfig) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, html.smart_punctuation);
    options.set(Options::ENABLE_DEFINITION_LIST, html.definition_lists);
    options.set(Options::ENABLE_GFM, html.admonitions);
    options
}

impl Markdown {
    pub(crate) fn read(source: &str, options: Options) -> Markdown {
        let undefined = RefCell::new(Vec::new());
        let note = |link: BrokenLink<'_>| {
            // `[word]` alone is ordinary text.
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                let name = link.reference.to_string();
                undefined.borrow_mut().push((link.span, name));
            }
            None
        };
        let mut markdown = Markdown::default();
        let parser = Parser::new_with_broken_link_callback(source, options, Some(note));
        let mut depth = 0;
        let mut in_fence = false;
        for (event, range) in parser.into_offset_iter() {
            match &event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            markdown.take(event, range, depth == 1, &mut in_fence);
        }
        markdown.undefined = undefined.into_inner();
        markdown.find_missing_footnotes(source);
        markdown
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>, outermost: bool, fence: &mut bool) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                *fence = true;
                self.fences.push(Fence {
                    range,
                    info: info.to_string(),
                    code: String::new(),
                    is_outermost: outermost,
                });
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => self.indented.push(range),
            Event::End(TagEnd::CodeBlock) => *fence = false,
            Event::Text(text) if *fence => {
                if let Some(last) = self.fences.last_mut() {
                    last.code.push_str(&text);
                }
            }
            Event::Code(_) => self.spans.push(range),
            Event::Start(Tag::Paragraph) if outermost => self.paragraphs.push(range),
            Event::Start(Tag::Link {
                link_type: LinkType::Email,
                ..
            }) => {}
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let target = dest_url.to_string();
                self.links.push(Link { range, target });
            }
            Event::Start(Tag::FootnoteDefinition(name)) => self.footnotes.push(name.to_string()),
            Event::Start(Tag::HtmlBlock) => self.add_html(range, ""),
            Event::InlineHtml(text) => self.add_html(range, &text),
            Event::Html(text) => {
                if let Some(last) = self.html.last_mut() {
                    last.text.push_str(&text);
                }
            }
            _ => {}
        }
    }

    fn add_html(&mut self, range: Range<usize>, text: &str) {
        let text = text.to_owned();
        self.html.push(Html { range, text });
    }

    /// To the parser, a reference to a footnote that is not there is text.
    fn find_missing_footnotes(&mut self, source: &str) {
        for (at, mark) in source.match_indices("[^") {
            let name = source[at + mark.len()..].split_once(']');
            let Some((name, _)) = name.filter(|(name, _)| !name.contains(char::is_whitespace))
            else {
                continue;
            };
            let is_escaped = source[..at].ends_with('\\');
            if !is_escaped
                && !self.is_code(at)
                && !self.footnotes.iter().any(|footnote| footnote == name)
            {
                let end = at + mark.len() + name.len() + 1;
                self.undefined.push((at..end, format!("^{name}")));
            }
        }
    }

    /// Whether that place in the source is in a code block or between
    /// backticks.
    pub(crate) fn is_code(&self, at: usize) -> bool {
        let fences = self.fences.iter().map(|fence| &fence.range);
        let mut code = fences.chain(&self.indented).chain(&self.spans);
        code.any(|range| range.contains(&at))
    }

    /// Whether we put something else in the place of what is there.
    pub(crate) fn is_replaced(&self, at: usize) -> bool {
        let mut replaced = self.fences.iter().filter(|fence| fence.is_replaced());
        replaced.any(|fence| fence.range.contains(&at))
    }

    /// The HTML that is at that place in the source.
    pub(crate) fn html_at(&self, at: usize) -> Option<&Html> {
        self.html.iter().find(|html| html.range.contains(&at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

    #[test]
    fn a_page_is_read_with_the_options_of_mdbook() {
        let source = "# It's a *b* {#c .d}\n\n| a |\n|---|\n| b |\n\nx[^1] ~~y~~ -- \"z\"\n\n\
                      [^1]: note\n\n- [ ] task\n\nterm\n: what it is\n\n> [!NOTE]\n> so\n";
        let theirs: Vec<_> = new_cmark_parser(source, &MarkdownOptions::default()).collect();
        let ours: Vec<_> = Parser::new_ext(source, options(&HtmlConfig::default())).collect();
        assert_eq!(ours, theirs);
    }

    #[test]
    fn code_is_known_by_its_place() {
        let source = "a `b` c\n\n```toml\nx\n```\n";
        let markdown = Markdown::read(source, options(&HtmlConfig::default()));
        let is_code = |text: &str| markdown.is_code(source.find(text).unwrap());
        assert_eq!(
            ["a", "b", "c", "x"].map(is_code),
            [false, true, false, true]
        );
        assert_eq!(markdown.fences[0].code, "x\n");
    }
}
