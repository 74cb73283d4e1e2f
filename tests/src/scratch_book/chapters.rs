//! More chapters of a scratch book.

use super::ScratchBook;
use std::time::{SystemTime, UNIX_EPOCH};

const MANIFEST: &str = "[package]\nname = \"NAME\"\nversion.workspace = true\n\
    edition.workspace = true\n\n[dependencies]\nanyhow.workspace = true\nlisting.workspace = true\n";

const MAIN: &str = "mod listings {\n    pub mod says;\n}\n\n\
    fn main() -> std::process::ExitCode {\n    \
    listing::chapter!(\"NAME\", { says: \"it says\", says.py: \"the same in Python\", }).main()\n}\n";

const LISTING: &str =
    "pub fn main() -> anyhow::Result<()> {\n    println!(\"NAME\");\n    Ok(())\n}\n";

const PYTHON: &str = "print('NAME')\n";

const RECORDING: &str = "{\"kind\":\"recorded\",\"os\":\"any\",\"date\":\"2026-11-30\"}\n\
    {\"t\":0.0,\"kind\":\"started\",\"pid\":1,\"command\":\"cargo run -p NAME -- SAYS\"}\n\
    {\"t\":0.1,\"kind\":\"stdout\",\"text\":\"NAME\\n\"}\n\
    {\"t\":0.2,\"kind\":\"exited\",\"code\":0,\"seconds\":0.2}\n";

impl ScratchBook {
    /// One chapter more, with a listing `says`, which prints the chapter's name, the same
    /// in Python, and a page `NAME/index.md`.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn add_chapter(&self, name: &str) -> anyhow::Result<()> {
        let manifest = self.read("Cargo.toml")?;
        let member = format!("members = [\"chapters-code/{name}\", ");
        self.write("Cargo.toml", &manifest.replacen("members = [", &member, 1))?;
        let summary = self.read("book/SUMMARY.md")?;
        self.write(
            "book/SUMMARY.md",
            &format!("{summary}- [{name}]({name}/index.md)\n"),
        )?;
        let page = format!(
            "# {name}\n\n{{{{#listing {name}/says It says}}}}\n\n{{{{#listing {name}/says.py The same}}}}\n"
        );
        self.write(&format!("book/{name}/index.md"), &page)?;
        let folder = format!("chapters-code/{name}");
        for (file, text) in [
            ("Cargo.toml", MANIFEST),
            ("src/main.rs", MAIN),
            ("src/listings/says.rs", LISTING),
            ("python/says.py", PYTHON),
            ("recordings/says.jsonl", &RECORDING.replace("SAYS", "says")),
            ("recordings/says.toml", "portable = true\n"),
            (
                "recordings/says.py.jsonl",
                &RECORDING.replace("SAYS", "says.py"),
            ),
            ("recordings/says.py.toml", "portable = true\n"),
        ] {
            self.write(&format!("{folder}/{file}"), &text.replace("NAME", name))?;
        }
        Ok(())
    }

    /// Changes a chapter so that it has to be compiled, and does what it did.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn outdate(&self, chapter: &str) -> anyhow::Result<()> {
        let main = format!("chapters-code/{chapter}/src/main.rs");
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
        self.write(&main, &format!("{}// {now}\n", self.read(&main)?))
    }
}
