//! As whom the pages are asked for.

use anyhow::bail;
use mdbook_renderer::{RenderContext, Renderer};

/// mdBook's renderer of HTML by its name: pages get what they have in a browser, and are
/// not rendered. Every other renderer gets the plain form.
pub struct AsHtml;

impl Renderer for AsHtml {
    fn name(&self) -> &str {
        "html"
    }

    fn render(&self, _: &RenderContext) -> anyhow::Result<()> {
        bail!("it is asked for the pages only")
    }
}
