//! The HTML that stands in a page, read by the tokenizer that mdBook uses.

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// A piece of HTML: what a check needs of it, and whoever reads a rendered page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A start tag.
    Open(Element),
    /// The name of an end tag, in lower case.
    Close(String),
    /// Text, its character references resolved; in a script or a style, as it is.
    Text(String),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// In lower case.
    pub name: String,
    /// Names in lower case: `viewbox`.
    attributes: Vec<(String, String)>,
    /// Lines after the first of the text that was read.
    pub(crate) lines_down: usize,
}

impl Element {
    /// The value of an attribute, by its name in lower case.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }

    pub(crate) fn attributes(&self) -> &[(String, String)] {
        &self.attributes
    }
}

/// Reads a snippet, or a page. Whatever is malformed is left out: mdBook warns of it.
pub fn pieces(html: &str) -> Vec<Piece> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Pieces::default(), TokenizerOpts::default());
    while let TokenizerResult::Script(()) = tokenizer.feed(&queue) {}
    tokenizer.end();
    tokenizer.sink.0.take()
}

/// The start tags of a snippet.
pub(crate) fn elements(html: &str) -> impl Iterator<Item = Element> {
    pieces(html).into_iter().filter_map(|piece| match piece {
        Piece::Open(element) => Some(element),
        _ => None,
    })
}

#[derive(Default)]
struct Pieces(RefCell<Vec<Piece>>);

impl TokenSink for Pieces {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut pieces = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => {
                pieces.push(Piece::Close(tag.name.to_string()));
            }
            Token::TagToken(tag) => {
                let raw = raw_text(&tag.name);
                pieces.push(Piece::Open(element(tag, line)));
                if let Some(kind) = raw {
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::CharacterTokens(text) => pieces.push(Piece::Text(text.to_string())),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn element(tag: Tag, line: u64) -> Element {
    let attribute = |a: html5ever::Attribute| (a.name.local.to_string(), a.value.to_string());
    Element {
        name: tag.name.to_string(),
        attributes: tag.attrs.into_iter().map(attribute).collect(),
        lines_down: usize::try_from(line.saturating_sub(1)).unwrap_or(0),
    }
}

/// How the tokenizer reads an element in which tags are text.
fn raw_text(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" => Some(RawKind::Rawtext),
        _ => None,
    }
}
