//! Whole lines, from pieces that are cut anywhere.

/// The beginning of a line whose end has not come yet.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    begun: Vec<u8>,
}

impl Lines {
    /// Takes in a piece; all lines that are whole now, each with its end.
    pub(crate) fn whole(&mut self, piece: &[u8]) -> Vec<u8> {
        self.begun.extend(piece);
        let end = self.begun.iter().rposition(|&byte| byte == b'\n');
        self.begun.drain(..end.map_or(0, |end| end + 1)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_when_its_end_has_come() {
        let mut lines = Lines::default();
        assert_eq!(lines.whole(b"a"), b"");
        assert_eq!(lines.whole(b"b\nc\n1"), b"ab\nc\n");
        assert_eq!(lines.whole(b"\n"), b"1\n");
    }
}
