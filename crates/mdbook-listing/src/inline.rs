//! A line of text with Markdown in it, as HTML: a caption, a question.

use mdbook_markdown::pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// The text as HTML paragraphs.
///
/// # Errors
/// It holds more than paragraphs of text: a list, a code block, HTML.
pub(crate) fn paragraphs(text: &str, options: Options) -> Result<String, String> {
    let mut rendered = String::new();
    html::push_html(&mut rendered, events(text, options)?.into_iter());
    Ok(inert(&rendered))
}

/// The text as HTML without a paragraph around it.
///
/// # Errors
/// As [`paragraphs`].
pub(crate) fn line(text: &str, options: Options) -> Result<String, String> {
    let events = events(text, options)?.into_iter().map(|event| match event {
        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => Event::Text("".into()),
        event => event,
    });
    let mut rendered = String::new();
    html::push_html(&mut rendered, events);
    Ok(inert(rendered.trim()))
}

/// The targets of the links in a text.
pub(crate) fn links(text: &str, options: Options) -> Vec<String> {
    let target = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(dest_url.to_string())
        }
        _ => None,
    };
    Parser::new_ext(text, options).filter_map(target).collect()
}

fn events(text: &str, options: Options) -> Result<Vec<Event<'_>>, String> {
    let events: Vec<_> = Parser::new_ext(text.trim(), options).collect();
    let is_text = |event: &Event<'_>| match event {
        Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::End(_) => {
            true
        }
        Event::Start(tag) => matches!(
            tag,
            Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }
        ),
        _ => false,
    };
    match events.iter().find(|event| !is_text(event)) {
        None => Ok(events),
        Some(Event::InlineHtml(html) | Event::Html(html)) => {
            Err(format!("{html} cannot stand here: put it in backticks"))
        }
        Some(_) => {
            let begins = text.trim().lines().next().unwrap_or_default();
            Err(format!(
                "only text, emphasis, `code` and links can stand here: \"{begins}…\""
            ))
        }
    }
}

/// mdBook replaces `{{#include …}}` wherever it stands, so no brace may stand.
fn inert(html: &str) -> String {
    html.replace('{', "&#123;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_and_code_become_html_and_braces_stay_text() {
        assert_eq!(
            line("what `wc` *says* {{#include a}} <", Options::empty()).unwrap(),
            "what <code>wc</code> <em>says</em> &#123;&#123;#include a}} &lt;"
        );
    }

    #[test]
    fn a_code_block_in_a_question_is_refused() {
        assert!(paragraphs("Which?\n\n```rust\nx\n```", Options::empty()).is_err());
    }
}
