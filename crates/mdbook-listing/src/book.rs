//! The book as a whole: its pages, and all that they show, read and checked.

use crate::artifact::Artifacts;
use crate::directive::{Directive, directives};
use crate::edition::Edition;
use crate::exercises::Exercises;
use crate::listings::Listings;
use crate::page::Page;
use crate::pages::options;
use crate::phrasebook::Phrasebook;
use crate::problems::Problems;
use crate::reading_order::ReadingOrder;
use crate::repository::repository;
use crate::xray::Xrays;
use crate::{code, includes, plan};
use mdbook_markdown::pulldown_cmark::Options;
use mdbook_preprocessor::config::Config;
use std::path::{Path, PathBuf};

/// What pages are checked against and expanded with.
pub(crate) struct Book<'a> {
    root: &'a Path,
    /// The folder of the pages.
    pub(crate) src: PathBuf,
    pub(crate) options: Options,
    pub(crate) edition: Edition,
    /// The address of the book's source, if it is known.
    pub(crate) repository: Option<String>,
    pub(crate) pages: &'a [Page],
    /// The directives of each page.
    pub(crate) directives: Vec<Vec<Directive>>,
    pub(crate) listings: Listings,
    pub(crate) order: ReadingOrder,
    artifacts: Artifacts,
    xrays: Xrays,
    pub(crate) phrasebook: Phrasebook,
    pub(crate) exercises: Exercises,
}

/// What must hold of the book before a page is expanded.
const CHECKS: [fn(&Book, &mut Problems); 8] = [
    |book, problems| book.order.check(&book.listings, problems),
    |book, problems| book.artifacts.check(&book.listings, problems),
    |book, problems| book.xrays.check(&book.listings, problems),
    |book, problems| book.phrasebook.check(book.asking_for("phrase"), problems),
    |book, problems| book.exercises.check(book.root, book.pages, problems),
    |book, problems| plan::check(book.asking_for("progress"), problems),
    |book, problems| (book.pages.iter()).for_each(|page| code::check(page, problems)),
    |book, problems| {
        for (page, directive) in book.each_directive().filter(|(_, it)| it.reads_file()) {
            includes::check(page, directive, &book.src, problems);
        }
    },
];

impl<'a> Book<'a> {
    /// Reads all that the pages of the book at `root` show. Notes what asks for
    /// something that cannot be shown.
    ///
    /// # Errors
    /// A folder or a listing cannot be read.
    pub(crate) fn read(
        root: &'a Path,
        config: &Config,
        pages: &'a [Page],
        edition: Edition,
        problems: &mut Problems,
    ) -> anyhow::Result<Book<'a>> {
        let options = options(config);
        let directives = pages.iter().map(|page| directives(page, problems));
        let mut book = Book {
            root,
            src: root.join(&config.book.src),
            options,
            edition,
            repository: repository(config),
            pages,
            directives: directives.collect(),
            listings: Listings::read(root)?,
            order: ReadingOrder::default(),
            artifacts: Artifacts::default(),
            xrays: Xrays::default(),
            phrasebook: Phrasebook::read(root, options, problems),
            exercises: Exercises::read(root, problems),
        };
        book.listings.find_strays(root, problems)?;
        book.put_in_order(problems);
        Ok(book)
    }

    fn put_in_order(&mut self, problems: &mut Problems) {
        let mut order = ReadingOrder::default();
        for (page, directive) in self.asking_for("listing") {
            order.add(page, directive, &self.listings, problems);
        }
        let mut artifacts = Artifacts::default();
        for (page, directive) in self.asking_for("artifact") {
            artifacts.add(page, directive, &self.listings, &order, problems);
        }
        let mut xrays = Xrays::default();
        for (page, directive) in self.asking_for("xray") {
            xrays.add(page, directive, &self.listings, &order, problems);
        }
        let mut exercises = std::mem::take(&mut self.exercises);
        for (page, directive) in self.asking_for("exercise") {
            exercises.add(page, directive, &order, problems);
        }
        self.order = order;
        self.artifacts = artifacts;
        self.xrays = xrays;
        self.exercises = exercises;
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        for check in CHECKS {
            check(self, problems);
        }
    }

    fn each_directive(&self) -> impl Iterator<Item = (&'a Page, &Directive)> {
        let pairs = self.pages.iter().zip(&self.directives);
        pairs.flat_map(|(page, all)| all.iter().map(move |directive| (page, directive)))
    }

    /// The directives of that name that act, page by page.
    fn asking_for(&self, name: &str) -> impl Iterator<Item = (&'a Page, &Directive)> {
        self.each_directive()
            .filter(move |(_, directive)| directive.acts_as(name))
    }
}
