//! A chapter's number is its folder's: chapter 0 comes first, and mdBook
//! counts from one.

use mdbook_preprocessor::book::Chapter;
use std::path::Path;

/// Gives a page that lies in `chapter5-pipes/` the number 5, and what follows
/// it (5.1) as mdBook counted. Pages without a number, and other folders, stay
/// as they are.
pub(crate) fn take_from_folder(chapter: &mut Chapter) {
    let folder = chapter.path.as_deref().and_then(from_folder);
    if let (Some(folder), Some(number)) = (folder, &mut chapter.number)
        && let Some(first) = number.first_mut()
    {
        *first = folder;
    }
}

/// The number of the chapter in whose folder a page lies.
pub(crate) fn from_folder(path: &Path) -> Option<u32> {
    let folder = path.components().next()?.as_os_str().to_str()?;
    let (number, _) = folder.strip_prefix("chapter")?.split_once('-')?;
    number.parse().ok()
}
