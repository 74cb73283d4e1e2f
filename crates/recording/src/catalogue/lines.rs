//! The ends of lines in the book's files. Git for Windows checks files out with CR
//! and LF, and whoever opens such a checkout in WSL has them.

/// The text with plain ends of lines: LF alone.
pub fn plain_lines(text: String) -> String {
    match text.contains("\r\n") {
        true => text.replace("\r\n", "\n"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_line_loses_its_cr() {
        let plain = plain_lines("a\r\nb\rc\r\n\r\ne\n\r".to_owned());
        assert_eq!(plain, "a\nb\rc\n\ne\n\r");
    }
}
