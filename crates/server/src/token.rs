//! What shows that a request comes from whoever has started the server.

use anyhow::Context;
use std::fmt::{self, Write};
use subtle::ConstantTimeEq;

/// 192 random bits, fresh at each start.
///
/// It stands in the fragment of the address, which a browser keeps to itself,
/// and comes back in a header, which no other site can send: a cookie would go
/// to every port of the host.
pub(crate) struct Token(String);

impl Token {
    /// # Errors
    /// The system has no randomness to give.
    pub(crate) fn new() -> anyhow::Result<Token> {
        random().map(Token)
    }

    /// Whether a request's `Authorization` is `Bearer` and this token. How long
    /// that takes does not tell how much of it is right.
    pub(crate) fn is_in(&self, authorization: &[u8]) -> bool {
        let given = authorization.strip_prefix(b"Bearer ");
        given.is_some_and(|given| self.0.as_bytes().ct_eq(given).into())
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// 192 random bits as text: nobody guesses it.
///
/// # Errors
/// The system has no randomness to give.
pub(crate) fn random() -> anyhow::Result<String> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).context("asking the system for random bytes")?;
    let mut text = String::new();
    for byte in bytes {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_is_the_token() {
        let token = Token::new().unwrap();
        let right = format!("Bearer {token}");
        assert!(token.is_in(right.as_bytes()));
        for wrong in [
            "",
            "Bearer ",
            &token.to_string(),
            &right[..right.len() - 1],
            &format!("{right}0"),
            &format!("bearer {token}"),
            &format!("Bearer {}", Token::new().unwrap()),
        ] {
            assert!(!token.is_in(wrong.as_bytes()), "{wrong}");
        }
    }
}
