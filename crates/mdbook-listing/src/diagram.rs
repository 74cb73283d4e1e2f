//! An SVG file beside the page, put into the page.

use crate::html::{Element, Piece, pieces};
use crate::includes::unreadable;
use recording::catalogue::plain_lines;
use std::fs;
use std::path::{Path, PathBuf};

/// The elements that a drawing may have, in lower case. Others run, load or restyle
/// something, or change later what an element does.
const DRAWN: [&str; 22] = [
    "a",
    "svg",
    "title",
    "desc",
    "defs",
    "g",
    "use",
    "path",
    "line",
    "polyline",
    "polygon",
    "rect",
    "circle",
    "ellipse",
    "text",
    "tspan",
    "marker",
    "pattern",
    "clippath",
    "lineargradient",
    "radialgradient",
    "stop",
];

const SVG: &str = "http://www.w3.org/2000/svg";

/// The size of labels for which a drawing says none, and the smallest at which they are
/// drawn, in CSS pixels.
const TEXT: f64 = 16.0;
const SMALLEST: f64 = 11.0;

/// A figure with a drawing in it.
pub(crate) struct Figure {
    /// One HTML block.
    pub(crate) html: String,
    /// The drawing alone, and its file, from the page on.
    pub(crate) svg: String,
    pub(crate) file: PathBuf,
    /// In Markdown; it may be empty.
    pub(crate) caption: String,
    /// To pages of the book.
    pub(crate) links: Vec<String>,
}

/// What stands below a drawing; it may be empty.
#[derive(Default)]
pub(crate) struct Caption {
    pub(crate) markdown: String,
    pub(crate) html: String,
}

/// A drawing as it can stand in an HTML block.
pub(crate) struct Drawing {
    svg: String,
    links: Vec<String>,
    /// The width at which its smallest label can be read, in CSS pixels.
    narrowest: f64,
}

impl Drawing {
    /// The figure. Where the page is narrower than the drawing may be, it scrolls.
    pub(crate) fn figure(self, file: PathBuf, attributes: &str, caption: Caption) -> Figure {
        let Drawing {
            svg,
            links,
            narrowest,
        } = self;
        let below = match &*caption.html {
            "" => String::new(),
            html => format!("\n<figcaption>{html}</figcaption>"),
        };
        let html = format!(
            "<figure class=\"diagram\" style=\"--narrowest: {narrowest}px\"{attributes}>\n\
             {svg}{below}\n</figure>"
        );
        Figure {
            html,
            svg,
            file,
            caption: caption.markdown,
            links,
        }
    }
}

/// The figure of the drawing of that name.
///
/// # Errors
/// There is no such file, or it is not one that everybody can read: in every
/// theme, and with a screen reader. Each line says what is missing.
pub(crate) fn figure(folder: &Path, name: &str) -> Result<Figure, Vec<String>> {
    let Some(stem) = name.strip_suffix(".svg").filter(|stem| !stem.is_empty()) else {
        return Err(vec![format!("`{name}` is no diagram: write NAME.svg")]);
    };
    let svg = fs::read_to_string(folder.join(name))
        .map(plain_lines)
        .map_err(|error| vec![unreadable("diagram", folder, name, &error)])?;
    Ok(checked(&svg, name, stem)?.figure(name.into(), "", Caption::default()))
}

/// The title of a drawing that was checked, and what it shows.
pub(crate) fn words(svg: &str) -> [String; 2] {
    let pieces = pieces(svg);
    ["title", "desc"].map(|tag| {
        let found = described(&pieces, tag);
        found.map_or(String::new(), |(_, text)| text.to_owned())
    })
}

/// A drawing that was checked, as an image by itself: nothing in it leads anywhere.
pub fn image(svg: &str) -> String {
    let mut image = String::with_capacity(svg.len());
    let mut rest = svg;
    let is_link = |tag: &str| {
        let name = tag.trim_start_matches(['<', '/']);
        name.strip_prefix('a')
            .is_some_and(|it| it.starts_with(|c: char| c == '>' || c.is_whitespace()))
    };
    while let Some(at) = rest
        .match_indices('<')
        .map(|it| it.0)
        .find(|at| is_link(&rest[*at..]))
    {
        image.push_str(&rest[..at]);
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        rest = &rest[end..];
    }
    image.push_str(rest);
    image.replace("role=\"group\"", "role=\"img\"")
}

/// Reads a drawing, in which ids begin with `stem`.
///
/// # Errors
/// What is wrong with it, each line with the `name` given.
pub(crate) fn checked(svg: &str, name: &str, stem: &str) -> Result<Drawing, Vec<String>> {
    // A declaration or a comment may stand before the root.
    let svg = svg.find("<svg").map_or("", |root| &svg[root..]);
    let pieces = pieces(svg);
    let faults = faults(&pieces, stem);
    if !faults.is_empty() {
        let told = |fault| format!("{name}: {fault}");
        return Err(faults.into_iter().map(told).collect());
    }
    let lines = svg.lines().filter(|line| !line.trim().is_empty());
    let svg = lines.collect::<Vec<_>>().join("\n").replace('{', "&#123;");
    let targets = links(&pieces).filter_map(|link| link.attribute("href"));
    let links = targets.map(str::to_owned).collect();
    Ok(Drawing {
        svg,
        links,
        narrowest: narrowest(&pieces),
    })
}

/// A drawing grows with its figure, and its labels with it.
fn narrowest(pieces: &[Piece]) -> f64 {
    let width = opened(pieces).find_map(view_width).unwrap_or_default();
    let sizes = opened(pieces).filter_map(|element| element.attribute("font-size"));
    let sizes = sizes.filter_map(|size| size.parse().ok());
    (width * SMALLEST / sizes.reduce(f64::min).unwrap_or(TEXT)).ceil()
}

fn view_width(element: &Element) -> Option<f64> {
    let view = element.attribute("viewbox")?;
    let between = |c: char| c == ',' || c.is_whitespace();
    view.split(between)
        .filter(|it| !it.is_empty())
        .nth(2)?
        .parse()
        .ok()
}

fn faults(pieces: &[Piece], stem: &str) -> Vec<String> {
    let Some(Piece::Open(root)) = pieces.first() else {
        return vec!["there is no <svg> in it".to_owned()];
    };
    let mut faults = Vec::new();
    for (tag, id) in ["title", "desc"].map(|tag| (tag, format!("{stem}-{tag}"))) {
        match described(pieces, tag) {
            Some((found, text)) if !text.trim().is_empty() => {
                if found.attribute("id") != Some(&id) {
                    faults.push(format!("its <{tag}> needs id=\"{id}\""));
                }
            }
            _ => faults.push(format!("it has no <{tag}>, which a screen reader reads")),
        }
    }
    let labels = format!("{stem}-title {stem}-desc");
    // A picture is read as one, and a link in it could not be reached.
    let role = match links(pieces).next() {
        Some(_) => "group",
        None => "img",
    };
    for (attribute, value) in [
        ("role", role),
        ("class", "diagram"),
        ("aria-labelledby", &labels),
    ] {
        if root.attribute(attribute) != Some(value) {
            faults.push(format!("its <svg> needs {attribute}=\"{value}\""));
        }
    }
    // By itself it is an image of an e-book.
    if root.attribute("xmlns") != Some(SVG) {
        faults.push(format!("its <svg> needs xmlns=\"{SVG}\""));
    }
    if view_width(root).is_none() {
        faults.push("its <svg> needs a viewBox, to scale with the page".to_owned());
    }
    if root.attribute("width").is_some() || root.attribute("height").is_some() {
        faults.push("its <svg> must leave width and height to the page".to_owned());
    }
    faults.extend(opened(pieces).filter_map(|element| intruder(element, stem)));
    faults
}

fn opened(pieces: &[Piece]) -> impl Iterator<Item = &Element> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Open(element) => Some(element),
        _ => None,
    })
}

fn links(pieces: &[Piece]) -> impl Iterator<Item = &Element> {
    opened(pieces).filter(|element| element.name == "a")
}

/// The element of that name and the text in it.
fn described<'a>(pieces: &'a [Piece], name: &str) -> Option<(&'a Element, &'a str)> {
    pieces.windows(2).find_map(|pair| match pair {
        [Piece::Open(element), Piece::Text(text)] if element.name == name => {
            Some((element, text.as_str()))
        }
        _ => None,
    })
}

/// What of an element would act on the page around the diagram, or load from
/// elsewhere.
fn intruder(element: &Element, stem: &str) -> Option<String> {
    let name = &element.name;
    if !DRAWN.contains(&name.as_str()) {
        return Some(format!("<{name}> has no place in a diagram"));
    }
    if let Some(id) = element.attribute("id")
        && !id.starts_with(&format!("{stem}-"))
    {
        return Some(format!("the id {id} must begin with {stem}-"));
    }
    let mut attributes = element.attributes().iter();
    let (key, _) = attributes.find(|(key, value)| {
        let is_link = key.ends_with("href");
        let leads_away = value.contains(':') || value.starts_with("//");
        let to_a_page = name == "a" && key == "href" && !leads_away;
        key.starts_with("on")
            || (is_link && !value.starts_with('#') && !to_a_page)
            || refers_outside(value)
    })?;
    Some(format!("<{name}> must not have {key}"))
}

/// Whether a value has a `url(…)` with anything but an id of the same drawing,
/// another way in which CSS loads an image, or an escape that could hide one of
/// them.
fn refers_outside(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let mut urls = value.split("url(").skip(1);
    ["\\", "image(", "image-set(", "src("]
        .iter()
        .any(|loads| value.contains(loads))
        || urls.any(|url| !url.trim_start_matches(['"', '\'', ' ']).starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_leads_nowhere() {
        let svg =
            "<svg role=\"group\"><a href=\"b.html\"><rect/></a><animate/><a\nx=\"1\">t</a></svg>";
        let expected = "<svg role=\"img\"><rect/><animate/>t</svg>";
        assert_eq!(image(svg), expected);
    }

    #[test]
    fn a_view_has_a_width_however_its_numbers_are_told_apart() {
        for view in ["0 0 10 20", "0,0,10,20", "0, 0,\t10 20"] {
            let svg = format!("<svg viewBox=\"{view}\"></svg>");
            let pieces = pieces(&svg);
            let width = opened(&pieces).find_map(view_width);
            assert_eq!(width, Some(10.0), "{view}");
        }
    }
}
