//! Where an item ends, what it is called, and whether only tests have it.

use crate::tokens::Token;

/// The attributes that tokens begin with, each without its brackets; and the
/// rest.
pub fn attributes(mut tokens: &[Token]) -> (Vec<&[Token]>, &[Token]) {
    let mut found = Vec::new();
    while let [sign, after @ ..] = tokens
        && sign.is_sign('#')
    {
        let after = match after {
            [sign, after @ ..] if sign.is_sign('!') => after,
            after => after,
        };
        let Some(attribute) = after.first().and_then(|it| it.group('[')) else {
            break;
        };
        found.push(attribute);
        tokens = &after[1..];
    }
    (found, tokens)
}

/// `#[cfg(test)]` and `#[cfg(all(test, …))]`.
pub fn is_for_tests(attribute: &[Token]) -> bool {
    let [name, condition] = attribute else {
        return false;
    };
    let condition = condition.group('(').unwrap_or_default();
    let all = match condition {
        [name, group] if name.word() == Some("all") => group.group('(').unwrap_or_default(),
        alone => alone,
    };
    let is_test = |position: usize| {
        let ends = all.get(position + 1).is_none_or(|it| it.is_sign(','));
        all[position].word() == Some("test") && ends
    };
    name.word() == Some("cfg") && (0..all.len()).any(is_test)
}

/// `("fn", "main")`; of an `impl` or a `use`, nothing.
pub fn kind_and_name(item: &[Token]) -> Option<(&str, &str)> {
    let mut words = item.iter().filter_map(Token::word);
    let before = ["pub", "unsafe", "async", "extern"];
    let kind = words.find(|word| !before.contains(word))?;
    match kind {
        "const" => {
            let word = words.find(|word| !before.contains(word))?;
            match word {
                "fn" => Some(("fn", words.next()?)),
                name => Some(("const", name)),
            }
        }
        "static" => Some((kind, words.find(|word| *word != "mut")?)),
        "enum" | "fn" | "macro_rules" | "mod" | "struct" | "trait" | "type" | "union" => {
            Some((kind, words.next()?))
        }
        _ => None,
    }
}

/// How many tokens an item has: as far as its semicolon, or its body.
pub fn length_of_item(tokens: &[Token]) -> usize {
    let first = tokens
        .iter()
        .filter_map(Token::word)
        .find(|word| *word != "pub");
    let has_body = match first {
        Some("use" | "static" | "type") => false,
        Some("const") => matches!(kind_and_name(tokens), Some(("fn", _))),
        _ => true,
    };
    length(tokens, |it| {
        it.is_sign(';') || has_body && it.group('{').is_some()
    })
}

/// How many tokens belong to an attribute that stands before a part of an
/// item: a method, a field, a variant, a statement.
pub fn length_of_part(tokens: &[Token]) -> usize {
    match kind_and_name(tokens) {
        Some(_) => length_of_item(tokens),
        None => length(tokens, |it| {
            it.is_sign(';') || it.is_sign(',') || it.group('{').is_some()
        }),
    }
}

fn length(tokens: &[Token], is_last: impl Fn(&Token) -> bool) -> usize {
    tokens
        .iter()
        .position(is_last)
        .map_or(tokens.len(), |last| last + 1)
}
