//! The names that code takes: by `use`, and by paths where they are needed, in
//! macros and attributes too.

use crate::items::{attributes, is_for_tests, length_of_part};
use crate::tokens::{Token, What};

#[derive(Default)]
pub struct Uses {
    pub imports: Vec<Import>,
    /// Each path outside of a `use`, and its line.
    pub paths: Vec<(Vec<String>, usize)>,
    /// Each macro that is called by its bare name, and its line.
    pub macros: Vec<(String, usize)>,
}

/// One name that a `use` brings in.
pub struct Import {
    pub path: Vec<String>,
    /// The name that it has here; none of a glob.
    pub name: Option<String>,
    pub line: usize,
}

impl Uses {
    /// All that these tokens take, and those in their brackets.
    pub fn read(&mut self, tokens: &[Token]) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let after = &tokens[at + 1..];
            at += match (&token.what, after) {
                (What::Sign('#'), _) => self.read_part(&tokens[at..]),
                (What::Group(_, inner), _) => {
                    self.read(inner);
                    1
                }
                // It says who may come, and takes nothing.
                (What::Word(word), [group, ..]) if word == "pub" && group.group('(').is_some() => 2,
                (What::Word(word), [next, ..]) if word == "use" && !next.is_sign('<') => {
                    let length = after.iter().position(|it| it.is_sign(';'));
                    let length = length.unwrap_or(after.len());
                    self.read_import(&after[..length], &[]);
                    1 + length
                }
                (What::Word(name), _) => {
                    if let [sign, next, ..] = after
                        && sign.is_sign('!')
                        && !next.is_sign('=')
                    {
                        self.macros.push((name.clone(), token.line));
                    }
                    let path = path(&tokens[at..]);
                    let length = 3 * path.len() - 2;
                    if !is_member(&tokens[..at]) {
                        self.paths.push((path, token.line));
                    }
                    length
                }
                _ => 1,
            };
        }
    }

    /// What an attribute stands before, and how many tokens both are.
    fn read_part(&mut self, tokens: &[Token]) -> usize {
        let (attributes, after) = attributes(tokens);
        let length = tokens.len() - after.len();
        for attribute in &attributes {
            self.read_attribute(attribute);
        }
        match attributes.iter().any(|it| is_for_tests(it)) {
            true => length + length_of_part(after),
            false => length.max(1),
        }
    }

    pub fn read_attribute(&mut self, attribute: &[Token]) {
        self.read(attribute);
        // serde's `default = "limits::seconds"`.
        for token in attribute.iter().flat_map(|it| it.group('(')).flatten() {
            if let What::Text(text) = &token.what
                && text.contains("::")
            {
                let path = text.split("::").map(str::to_owned).collect();
                self.paths.push((path, token.line));
            }
        }
    }

    /// A tree of imports below a path.
    fn read_import(&mut self, tree: &[Token], above: &[String]) {
        // `use ::name` is another crate's.
        let Some(first) = tree.first().filter(|first| !first.is_sign(':')) else {
            return;
        };
        if let Some(inner) = first.group('{') {
            for tree in inner.split(|it| it.is_sign(',')) {
                self.read_import(tree, above);
            }
            return;
        }
        let steps = path(tree);
        let rest = &tree[(3 * steps.len()).saturating_sub(2)..];
        let mut path = [above, &steps].concat();
        let name = match rest {
            [colon, _, inner @ ..] if colon.is_sign(':') => {
                return self.read_import(inner, &path);
            }
            [star, ..] if star.is_sign('*') => None,
            [_, name, ..] => name.word().map(str::to_owned),
            _ if path.last().is_some_and(|last| last == "self") => {
                path.iter().rev().nth(1).cloned()
            }
            _ => path.last().cloned(),
        };
        path.pop_if(|last| last == "self" && !above.is_empty());
        self.imports.push(Import {
            path,
            name,
            line: first.line,
        });
    }
}

/// The path that tokens begin with: `a::b`, each step three tokens on.
fn path(tokens: &[Token]) -> Vec<String> {
    let mut path = Vec::new();
    let mut rest = tokens;
    while let Some(word) = rest.first().and_then(Token::word) {
        path.push(word.to_owned());
        rest = match rest {
            [_, colon, second, after @ ..] if colon.is_sign(':') && second.is_sign(':') => after,
            _ => break,
        };
    }
    path
}

/// Whether what follows is a field, a method, or a part of what a path that is
/// not one of names leads to: `.name`, `>::name`, `::name`.
fn is_member(before: &[Token]) -> bool {
    match before {
        [.., first, second] if first.is_sign('.') && second.is_sign('.') => false,
        [.., sign] => sign.is_sign('.') || is_path_sign(before),
        [] => false,
    }
}

fn is_path_sign(before: &[Token]) -> bool {
    matches!(before, [.., first, second] if first.is_sign(':') && second.is_sign(':'))
}
