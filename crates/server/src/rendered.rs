//! The rendered pages, and the names that mdBook has given to its scripts.

use anyhow::Context;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};

/// The pages of a rendered book.
pub(crate) struct Pages {
    folder: PathBuf,
    /// Each by its address in the folder.
    texts: BTreeMap<PathBuf, String>,
}

impl Pages {
    /// # Errors
    /// A page cannot be read.
    pub(crate) fn read(folder: &Path) -> anyhow::Result<Pages> {
        let mut pages = Pages {
            folder: folder.to_owned(),
            texts: BTreeMap::new(),
        };
        pages.gather(folder)?;
        Ok(pages)
    }

    fn gather(&mut self, folder: &Path) -> anyhow::Result<()> {
        let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                self.gather(&path)?;
            } else if path.extension().is_some_and(|kind| kind == "html") {
                let text = read(&path)?;
                let address = path.strip_prefix(&self.folder)?.to_owned();
                self.texts.insert(address, text);
            }
        }
        Ok(())
    }

    /// # Errors
    /// There is no such page.
    pub(crate) fn text(&self, address: &Path) -> anyhow::Result<&str> {
        let text = self.texts.get(address);
        let text = text.with_context(|| format!("no page {} was rendered", address.display()))?;
        Ok(text)
    }

    /// All of them.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.values().map(String::as_str)
    }

    /// Has `change` make what it will of each page, given its address.
    ///
    /// # Errors
    /// Those of `change`, with the page's address.
    pub(crate) fn change(
        &mut self,
        change: impl Fn(&Path, &mut String) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        for (address, text) in &mut self.texts {
            change(address, text).with_context(|| address.display().to_string())?;
        }
        Ok(())
    }

    /// Puts another index in the place of mdBook's. Its name has a hash of its content,
    /// for browsers keep what has such a name; so has the script that names it.
    ///
    /// # Errors
    /// mdBook's files of the search are not there, or cannot be written.
    pub(crate) fn replace_index(&mut self, index: &str) -> anyhow::Result<()> {
        let old = self.named("searchindex")?;
        let new = self.put("searchindex", &old, index)?;
        self.load_index(&old, &new)
    }

    /// Takes mdBook's index away. Returns the name under which the pages load another: one
    /// that no index had before, for browsers keep what has such a name.
    ///
    /// # Errors
    /// As [`Pages::replace_index`].
    pub(crate) fn rename_index(&mut self) -> anyhow::Result<String> {
        let old = self.named("searchindex")?;
        let random = RandomState::new().build_hasher().finish();
        let new = name("searchindex", &old, random.to_be_bytes());
        fs::remove_file(self.folder.join(&old)).with_context(|| old.clone())?;
        self.load_index(&old, &new)?;
        Ok(new)
    }

    fn load_index(&mut self, old: &str, new: &str) -> anyhow::Result<()> {
        self.rename(old, new);
        self.change_script("searcher", |script| {
            *script = script.replace(old, new);
            Ok(())
        })
    }

    /// Has `change` make another script of mdBook's `STEM.js`, under a name as above.
    ///
    /// # Errors
    /// Those of `change`; there is no such script, or it cannot be written.
    pub(crate) fn change_script(
        &mut self,
        stem: &str,
        change: impl FnOnce(&mut String) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let old = self.named(stem)?;
        let mut script = read(&self.folder.join(&old))?;
        change(&mut script).with_context(|| old.clone())?;
        let new = self.put(stem, &old, &script)?;
        self.rename(&old, &new);
        Ok(())
    }

    /// Has the pages load a script by its new name.
    fn rename(&mut self, old: &str, new: &str) {
        for text in self.texts.values_mut() {
            *text = text.replace(old, new);
        }
    }

    /// # Errors
    /// A page cannot be written.
    pub(crate) fn write(&self) -> anyhow::Result<()> {
        for (address, text) in &self.texts {
            let path = self.folder.join(address);
            fs::write(&path, text).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }

    /// The name of the one script `STEM-HASH.js`, or `STEM.js` where names have no hash.
    fn named(&self, stem: &str) -> anyhow::Result<String> {
        let entries = fs::read_dir(&self.folder)?;
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names = names.filter(|name| {
            let found = name.strip_suffix(".js");
            found.is_some_and(|it| before_hash(it).unwrap_or(it) == stem)
        });
        let name = names.next();
        name.with_context(|| format!("mdBook has written no {stem}.js"))
    }

    /// Writes a script in the place of the one of that name; returns its own name.
    fn put(&self, stem: &str, old: &str, content: &str) -> anyhow::Result<String> {
        let new = name(stem, old, Sha256::digest(content));
        fs::remove_file(self.folder.join(old)).with_context(|| old.to_owned())?;
        fs::write(self.folder.join(&new), content).with_context(|| new.clone())?;
        Ok(new)
    }
}

/// The name of a script that takes the place of the one called `old`: it has a hash if
/// that has one.
fn name(stem: &str, old: &str, hash: impl AsRef<[u8]>) -> String {
    let hash = hash.as_ref().iter().take(4);
    let hash: String = hash.map(|byte| format!("{byte:02x}")).collect();
    match old.contains('-') {
        true => format!("{stem}-{hash}.js"),
        false => old.to_owned(),
    }
}

/// A rendered page, cut before its text and behind it: mdBook puts that into `main`.
pub(crate) fn split_at_text(page: &str) -> Option<[&str; 3]> {
    let (begin, end) = page.find("<main>").zip(page.rfind("</main>"))?;
    let text = page.get(begin..end)?;
    Some([&page[..begin], text, &page[end..]])
}

/// What stands in a file's stem before the hash of the content that mdBook puts into the
/// name of a script, a style or a font: `NAME-HASH`.
pub(crate) fn before_hash(stem: &str) -> Option<&str> {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let (name, hash) = stem.rsplit_once('-')?;
    let is_hash = hash.len() == 8 && hash.bytes().all(digit);
    (is_hash && !name.is_empty()).then_some(name)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}
