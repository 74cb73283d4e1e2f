//! The pages of a plain book as one HTML document, for a program that makes one file of
//! it. Markdown is read here as mdBook reads it: others read it a little differently.

use crate::escape::escape;
use crate::heading_ids::HeadingIds;
use crate::html::{Piece, pieces};
use crate::links::{leads_elsewhere, place, source_of};
use crate::pages::options;
use anyhow::{Context, bail};
use mdbook_markdown::pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html,
};
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::config::Config;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// The pages in one.
pub struct Document {
    pub html: String,
    /// The names of its images, each with its file, from the folder of the pages on.
    pub images: BTreeMap<String, PathBuf>,
}

/// Makes the document. A link to another page is one within it. Headings of a page that
/// belongs to another are one level lower than that one's.
///
/// # Errors
/// A page holds HTML, so that it is none of a plain book.
pub fn document(book: &Book, config: &Config) -> anyhow::Result<Document> {
    let options = options(config);
    let pages: Vec<_> = book
        .chapters()
        .filter_map(|it| Page::read(it, options))
        .collect();
    let ids: Ids = pages
        .iter()
        .map(|page| (page.path, page.first_id()))
        .collect();
    let mut body = String::new();
    let mut images = BTreeMap::new();
    for page in &pages {
        let events = page.rendered(&ids, &mut images);
        let events = events.with_context(|| page.path.display().to_string())?;
        html::push_html(&mut body, events.into_iter());
    }
    let words = &config.book;
    let title = escape(words.title.as_deref().unwrap_or_default());
    let language = escape(words.language.as_deref().unwrap_or("en"));
    let mut head = format!("<meta charset=\"utf-8\">\n<title>{title}</title>\n");
    if let Some(description) = &words.description {
        let description = escape(description);
        let _ = writeln!(
            head,
            "<meta name=\"description\" content=\"{description}\">"
        );
    }
    let html = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n{head}</head>\n<body>\n{body}</body>\n</html>\n"
    );
    Ok(Document { html, images })
}

/// The id of each page's first heading.
type Ids<'a> = BTreeMap<&'a Path, Option<&'a str>>;

struct Page<'a> {
    path: &'a Path,
    /// `5.1. `, or nothing.
    number: String,
    depth: usize,
    events: Vec<Event<'a>>,
    /// The ids of its headings, in order.
    headings: Vec<String>,
}

impl<'a> Page<'a> {
    fn read(chapter: &'a Chapter, options: Options) -> Option<Page<'a>> {
        let events: Vec<_> = Parser::new_ext(&chapter.content, options).collect();
        let number = chapter.number.as_ref();
        Some(Page {
            path: chapter.path.as_deref()?,
            number: number.map_or(String::new(), |it| format!("{it} ")),
            depth: chapter.parent_names.len(),
            headings: headings(&events),
            events,
        })
    }

    fn first_id(&self) -> Option<&str> {
        self.headings.first().map(String::as_str)
    }

    /// Its events, as they stand in the one document.
    fn rendered(
        &self,
        ids: &Ids,
        images: &mut BTreeMap<String, PathBuf>,
    ) -> anyhow::Result<Vec<Event<'_>>> {
        let mut headings = self.headings.iter();
        let mut number = Some(&self.number).filter(|it| !it.is_empty());
        let mut rendered = Vec::with_capacity(self.events.len());
        // For each link that is open, whether it stays.
        let mut links = Vec::new();
        for event in &self.events {
            match event.clone() {
                Event::Start(Tag::Heading { level, .. }) => {
                    let id = headings.next().context("a heading without an id")?;
                    rendered.push(self.heading(level, id, ids));
                    rendered.extend(number.take().map(|it| Event::Text(it.as_str().into())));
                }
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }) => {
                    let target = self.target(&dest_url, ids);
                    links.push(target.is_some());
                    rendered.extend(target.map(|target| {
                        Event::Start(Tag::Link {
                            link_type,
                            dest_url: target.into(),
                            title,
                            id,
                        })
                    }));
                }
                Event::End(TagEnd::Link) if links.pop() == Some(false) => {}
                event => rendered.push(self.other(event, ids, images)?),
            }
        }
        Ok(rendered)
    }

    /// An event that is neither the start of a heading nor a link's.
    fn other<'e>(
        &self,
        event: Event<'e>,
        ids: &Ids,
        images: &mut BTreeMap<String, PathBuf>,
    ) -> anyhow::Result<Event<'e>> {
        Ok(match event {
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(self.lower(level))),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => Event::Start(Tag::Image {
                link_type,
                dest_url: self.image(&dest_url, images).into(),
                title,
                id,
            }),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let language = info.split([' ', ',']).next().unwrap_or_default();
                let language = CowStr::from(language.to_owned());
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
            }
            Event::InlineHtml(html) => Event::InlineHtml(self.anchor(&html, ids)?.into()),
            Event::Html(html) => bail!("{} has no place in a plain page", html.trim()),
            event => event,
        })
    }

    fn heading(&self, level: HeadingLevel, id: &str, ids: &Ids) -> Event<'_> {
        Event::Start(Tag::Heading {
            level: self.lower(level),
            id: Some(id_of(self.path, Some(id), ids).into()),
            classes: Vec::new(),
            attrs: Vec::new(),
        })
    }

    fn lower(&self, level: HeadingLevel) -> HeadingLevel {
        let lower = (level as usize + self.depth).min(6);
        HeadingLevel::try_from(lower).unwrap_or(HeadingLevel::H6)
    }

    /// A link as it stands in the document; `None`, if it leads to a file that does not
    /// come along.
    fn target(&self, target: &str, ids: &Ids) -> Option<String> {
        if leads_elsewhere(target) {
            return Some(target.to_owned());
        }
        let (file, id) = place(self.path, target);
        let page = source_of(&file);
        let is_page = ids.contains_key(&*page);
        is_page.then(|| format!("#{}", id_of(&page, id.as_deref(), ids)))
    }

    /// The name of an image in the document.
    fn image(&self, target: &str, images: &mut BTreeMap<String, PathBuf>) -> String {
        if leads_elsewhere(target) {
            return target.to_owned();
        }
        let (path, _) = place(self.path, target);
        let parts = path.components().filter_map(|part| match part {
            Component::Normal(part) => Some(part.to_string_lossy()),
            _ => None,
        });
        let name = parts.collect::<Vec<_>>().join("-");
        images.insert(name.clone(), path);
        name
    }

    fn anchor(&self, html: &str, ids: &Ids) -> anyhow::Result<String> {
        match &pieces(html)[..] {
            [Piece::Open(element)] if element.name == "span" => {
                let id = id_of(self.path, element.attribute("id"), ids);
                Ok(format!("<span id=\"{}\">", escape(&id)))
            }
            [Piece::Close(name)] if name == "span" => Ok(html.to_owned()),
            _ => bail!("{html} has no place in a plain page"),
        }
    }
}

/// The ids of a page's headings, as mdBook gives them.
fn headings(events: &[Event]) -> Vec<String> {
    let mut ids = HeadingIds::default();
    let mut headings = Vec::new();
    for event in events {
        let id = ids.take(event);
        if let Event::End(TagEnd::Heading(_)) = event {
            headings.extend(id);
        }
    }
    headings
}

/// A page's name, and behind it the id within it; at its first heading, its name alone.
fn id_of(path: &Path, id: Option<&str>, ids: &Ids) -> String {
    let page = path.with_extension("");
    let page = page.to_string_lossy().replace(['/', '\\'], "-");
    let first = ids.get(path).copied().flatten();
    match id {
        Some(id) if Some(id) != first => format!("{page}.{id}"),
        _ => page,
    }
}
