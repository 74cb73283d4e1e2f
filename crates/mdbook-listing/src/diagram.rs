//! An SVG file beside the page, put into the page.

use crate::html::{self, Element, Piece, pieces};
use crate::includes::unreadable;
use recording::catalogue::plain_lines;
use std::fs;
use std::path::Path;

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

pub(crate) struct Diagram {
    /// The figure with the drawing in it, as one HTML block.
    pub(crate) figure: String,
    /// To pages of the book.
    pub(crate) links: Vec<String>,
}

/// Reads the drawing of that name.
///
/// # Errors
/// There is no such file, or it is not one that everybody can read: in every
/// theme, and with a screen reader. Each line says what is missing.
pub(crate) fn diagram(folder: &Path, name: &str) -> Result<Diagram, Vec<String>> {
    let Some(stem) = name.strip_suffix(".svg").filter(|stem| !stem.is_empty()) else {
        return Err(vec![format!("`{name}` is no diagram: write NAME.svg")]);
    };
    let svg = fs::read_to_string(folder.join(name))
        .map(plain_lines)
        .map_err(|error| vec![unreadable("diagram", folder, name, &error)])?;
    let svg = checked(&svg, name, stem)?;
    Ok(Diagram {
        links: links(&svg),
        figure: format!("<figure class=\"diagram\">\n{svg}\n</figure>"),
    })
}

/// An SVG as it can stand in an HTML block. The ids in it begin with `stem`.
///
/// # Errors
/// What is wrong with it, each line with the `name` given.
pub(crate) fn checked(svg: &str, name: &str, stem: &str) -> Result<String, Vec<String>> {
    // A declaration or a comment may stand before the root.
    let svg = svg.find("<svg").map_or("", |root| &svg[root..]);
    let faults = faults(svg, stem);
    if !faults.is_empty() {
        let told = |fault| format!("{name}: {fault}");
        return Err(faults.into_iter().map(told).collect());
    }
    let lines = svg.lines().filter(|line| !line.trim().is_empty());
    Ok(lines.collect::<Vec<_>>().join("\n").replace('{', "&#123;"))
}

fn faults(svg: &str, stem: &str) -> Vec<String> {
    let pieces = pieces(svg);
    let Some(Piece::Open(root)) = pieces.first() else {
        return vec!["there is no <svg> in it".to_owned()];
    };
    let mut faults = Vec::new();
    for (tag, id) in ["title", "desc"].map(|tag| (tag, format!("{stem}-{tag}"))) {
        match described(&pieces, tag) {
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
    let role = match pieces.iter().any(is_link) {
        true => "group",
        false => "img",
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
    if root.attribute("viewbox").is_none() {
        faults.push("its <svg> needs a viewBox, to scale with the page".to_owned());
    }
    if root.attribute("width").is_some() || root.attribute("height").is_some() {
        faults.push("its <svg> must leave width and height to the page".to_owned());
    }
    for piece in &pieces {
        if let Piece::Open(element) = piece {
            faults.extend(intruder(element, stem));
        }
    }
    faults
}

fn is_link(piece: &Piece) -> bool {
    matches!(piece, Piece::Open(element) if element.name == "a")
}

fn links(svg: &str) -> Vec<String> {
    let elements = html::elements(svg);
    let links = elements.filter(|element| element.name == "a");
    let targets = links.filter_map(|link| Some(link.attribute("href")?.to_owned()));
    targets.collect()
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
        let to_a_page = name == "a" && key == "href" && !value.contains(':');
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
