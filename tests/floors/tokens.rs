//! Rust as a tree of tokens, each with its line: all that imports are made of.
//! The code has been compiled before it is read here.

use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A token and the line that it begins on, from 1.
pub struct Token {
    pub what: What,
    pub line: usize,
}

pub enum What {
    Word(String),
    Sign(char),
    /// What stands between two brackets, and the first of them.
    Group(char, Vec<Token>),
    /// A string without its quotes.
    Text(String),
}

/// What has no name is passed over: comments, characters, lifetimes, numbers.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let text = r##"(?xs) //[^\n]* | /\*.*?\*/
        | [bc]? "(?<string> (?: \\. | [^\\"] )* )"
        | [bc]?r "(?<raw0> [^"]* )" | [bc]?r\#"(?<raw1> .*? )"\# | [bc]?r\#\#"(?<raw2> .*? )"\#\#
        | b?' (?: \\.[^']* | [^\\'] ) ' | '[A-Za-z0-9_]+
        | [0-9][A-Za-z0-9_]* (?: \.[0-9][A-Za-z0-9_]* )?
        | (?:r\#)? (?<word> [A-Za-z_][A-Za-z0-9_]* )
        | (?<sign> [!-~] )"##;
    Regex::new(text).unwrap()
});

impl Token {
    pub fn word(&self) -> Option<&str> {
        match &self.what {
            What::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn is_sign(&self, sign: char) -> bool {
        matches!(self.what, What::Sign(it) if it == sign)
    }

    pub fn group(&self, bracket: char) -> Option<&[Token]> {
        match &self.what {
            What::Group(it, tokens) if *it == bracket => Some(tokens),
            _ => None,
        }
    }
}

pub fn tokens(source: &str) -> Vec<Token> {
    let (mut line, mut counted) = (1, 0);
    let mut flat = TOKEN.captures_iter(source).filter_map(|found| {
        let start = found.get(0)?.start();
        line += source[counted..start].matches('\n').count();
        counted = start;
        Some(Token {
            what: what(&found)?,
            line,
        })
    });
    group(&mut flat)
}

fn what(found: &Captures<'_>) -> Option<What> {
    let named = |name| found.name(name).map(|it| it.as_str().to_owned());
    let text = || {
        ["string", "raw0", "raw1", "raw2"]
            .into_iter()
            .find_map(named)
    };
    let sign = || Some(What::Sign(named("sign")?.chars().next()?));
    let word = named("word").map(What::Word);
    word.or_else(|| text().map(What::Text)).or_else(sign)
}

/// All tokens as far as the bracket that closes the group, or the end.
fn group(flat: &mut dyn Iterator<Item = Token>) -> Vec<Token> {
    let mut tokens = Vec::new();
    while let Some(Token { what, line }) = flat.next() {
        let what = match what {
            What::Sign(')' | ']' | '}') => break,
            What::Sign(bracket @ ('(' | '[' | '{')) => What::Group(bracket, group(flat)),
            what => what,
        };
        tokens.push(Token { what, line });
    }
    tokens
}
