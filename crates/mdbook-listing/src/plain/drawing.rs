//! A drawing, as an image beside the text.

use super::markdown::escaped;
use crate::diagram::words;
use crate::notes::fold;
use std::path::Path;

/// The image with its caption. `target` is its file, from the page on; `svg` is what
/// is in it, and says in words what it shows.
pub(crate) fn drawing(target: &Path, svg: &str, caption: &str) -> String {
    let target = target.to_string_lossy().replace('\\', "/");
    let words = words(svg).map(|text| escaped(&fold(&text)));
    let image = format!("![{}](<{target}>)", words.join(": "));
    match caption {
        "" => image,
        caption => format!("{image}\n\n*{caption}*"),
    }
}
