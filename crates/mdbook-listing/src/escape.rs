//! Text as it must stand in the HTML that we put into a page.

use serde::Serialize;

/// The text with nothing left in it that HTML, Markdown or mdBook would act
/// on. A newline becomes a character reference, since a blank line would end
/// the HTML block; an opening brace too, since mdBook replaces `{{#include …}}`
/// wherever it stands.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '{' => escaped.push_str("&#123;"),
            '\n' => escaped.push_str("&#10;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The value as JSON in a `<script>` of the page. Nothing in it ends the script,
/// and nothing is a directive to mdBook: `<` and `{{` stand in strings only, and
/// are escaped there.
pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> Result<String, String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    Ok(json.replace('<', "\\u003c").replace("{{", "{\\u007b"))
}

/// The bytes as text that shows what cannot be seen: control characters and
/// bytes outside of UTF-8 as `\x1b`, except for tabs and newlines. After a
/// carriage return that no newline follows, the line ends: a terminal would
/// write over it. The player does the same.
pub(crate) fn visible(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut returned = false;
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if returned && c != '\n' {
                text.push('\n');
            }
            returned = c == '\r';
            match c {
                '\n' | '\t' => text.push(c),
                '\r' => text.push_str("\\r"),
                c if c.is_control() => text.push_str(&format!("\\x{:02x}", u32::from(c))),
                _ => text.push(c),
            }
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_an_output_is_read_as_html_or_as_a_directive() {
        assert_eq!(
            escape("<b> & \"x\"\n\n{{#include a}}"),
            "&lt;b&gt; &amp; &quot;x&quot;&#10;&#10;&#123;&#123;#include a}}"
        );
    }

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(
            visible(b"a\x1b[31mb\r\n\0\xff"),
            "a\\x1b[31mb\\r\n\\x00\\xff"
        );
    }

    #[test]
    fn a_line_that_would_be_written_over_stands_by_itself() {
        assert_eq!(visible(b"1%\r2%\r"), "1%\\r\n2%\\r");
    }
}
