//! A line of text with Markdown in it, as HTML: a caption, a question.

use crate::escape::escape;
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};

/// The text as HTML paragraphs.
///
/// # Errors
/// It holds more than paragraphs of text: a list, a code block, HTML.
pub(crate) fn paragraphs(text: &str, options: Options) -> Result<String, String> {
    let mut rendered = String::new();
    html::push_html(&mut rendered, events(text, options)?.into_iter());
    Ok(inert(&rendered))
}

/// The text as HTML that has no blank line: paragraphs, lists, and code blocks
/// that hold no program.
///
/// # Errors
/// It holds more than that.
pub(crate) fn blocks(text: &str, options: Options) -> Result<String, String> {
    let mut code: Option<(String, String)> = None;
    let mut events = Vec::new();
    for event in Parser::new_ext(text.trim(), options) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => code = Some((language(&kind)?, String::new())),
            Event::End(TagEnd::CodeBlock) => {
                let (language, text) = code.take().unwrap_or_default();
                let text = escape(&text);
                let html =
                    format!("<pre><code class=\"language-{language}\">{text}</code></pre>\n");
                events.push(Event::Html(html.into()));
            }
            Event::Text(text) if code.is_some() => {
                if let Some((_, code)) = &mut code {
                    code.push_str(&text);
                }
            }
            Event::Start(Tag::List(_) | Tag::Item) => events.push(event),
            event => events.push(text_only(event, text)?),
        }
    }
    let mut rendered = String::new();
    html::push_html(&mut rendered, events.into_iter());
    Ok(inert(&rendered.replace("\n\n", "\n")))
}

/// What a code block holds. A program would be one that no test runs.
fn language(kind: &CodeBlockKind<'_>) -> Result<String, String> {
    match kind {
        CodeBlockKind::Fenced(info) if ["console", "toml", "text"].contains(&&**info) => {
            Ok(info.to_string())
        }
        _ => Err("a code block here is console, toml or text, and says so".to_owned()),
    }
}

/// The text as HTML without a paragraph around it.
///
/// # Errors
/// As [`paragraphs`].
pub(crate) fn line(text: &str, options: Options) -> Result<String, String> {
    line_without(text, options, |tag| *tag == TagEnd::Paragraph)
}

/// The same, and of each link its text only.
///
/// # Errors
/// As [`paragraphs`].
pub(crate) fn unlinked(text: &str, options: Options) -> Result<String, String> {
    line_without(text, options, |tag| {
        matches!(tag, TagEnd::Paragraph | TagEnd::Link)
    })
}

fn line_without(
    text: &str,
    options: Options,
    is_left_out: fn(&TagEnd) -> bool,
) -> Result<String, String> {
    let mut events = events(text, options)?;
    events.retain(|event| match event {
        Event::Start(tag) => !is_left_out(&tag.to_end()),
        Event::End(tag) => !is_left_out(tag),
        _ => true,
    });
    let mut rendered = String::new();
    html::push_html(&mut rendered, events.into_iter());
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
    let events = Parser::new_ext(text.trim(), options);
    events.map(|event| text_only(event, text)).collect()
}

/// The event, if it is one of a text and nothing more.
fn text_only<'a>(event: Event<'a>, text: &str) -> Result<Event<'a>, String> {
    let is_text = match &event {
        Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::End(_) => {
            true
        }
        Event::Start(tag) => matches!(
            tag,
            Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }
        ),
        _ => false,
    };
    match event {
        event if is_text => Ok(event),
        Event::InlineHtml(html) | Event::Html(html) => {
            Err(format!("{html} cannot stand here: put it in backticks"))
        }
        _ => {
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
    fn blocks_have_no_blank_line_and_nothing_in_them_acts() {
        let text = "One {{#include a}}.\n\n- a\n\n- b\n\n```text\n<b>\n\nc\n```";
        assert_eq!(
            blocks(text, Options::empty()).unwrap(),
            "<p>One &#123;&#123;#include a}}.</p>\n<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n\
             </li>\n</ul>\n<pre><code class=\"language-text\">&lt;b&gt;&#10;&#10;c&#10;</code></pre>\n"
        );
        assert!(blocks("```rust\nx\n```", Options::empty()).is_err());
        assert!(blocks("# x", Options::empty()).is_err());
    }

    #[test]
    fn a_code_block_in_a_question_is_refused() {
        assert!(paragraphs("Which?\n\n```rust\nx\n```", Options::empty()).is_err());
    }
}
