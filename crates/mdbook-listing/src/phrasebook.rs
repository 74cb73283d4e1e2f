//! The phrases that the book has, and where its pages show them.

use crate::directive::Directive;
use crate::page::Page;
use crate::phrase::{FOLDER, Phrase, phrases};
use crate::places::Places;
use crate::problems::Problems;
use mdbook_markdown::pulldown_cmark::Options;
use recording::catalogue::did_you_mean;
use std::collections::BTreeMap;
use std::path::Path;

/// The folder of the pages that show every phrase once. Others may show a
/// phrase too.
const PAGES: &str = "appendix-phrasebook";

/// Every phrase, shown or not.
pub(crate) struct Phrasebook {
    phrases: BTreeMap<String, Phrase>,
}

impl Phrasebook {
    /// Notes phrases that cannot be read or shown.
    pub(crate) fn read(root: &Path, options: Options, problems: &mut Problems) -> Phrasebook {
        let found = phrases(root).unwrap_or_else(|fault| {
            problems.add_fault(fault);
            Vec::new()
        });
        for (file, fault) in found.iter().flat_map(|phrase| phrase.faults(options)) {
            problems.add(&file, None, fault);
        }
        let named = found
            .into_iter()
            .map(|phrase| (phrase.name.clone(), phrase));
        Phrasebook {
            phrases: named.collect(),
        }
    }

    /// The phrase that a directive means.
    ///
    /// # Errors
    /// There is no such phrase, or it stands where no figure can.
    pub(crate) fn find(&self, directive: &Directive) -> Result<&Phrase, String> {
        let name = &directive.arguments;
        directive.must_be_alone(&format!("the phrase {name}"))?;
        let found = self.phrases.get(name);
        found.ok_or_else(|| {
            let hint = did_you_mean(self.phrases.keys(), name);
            format!("there is no phrase {name}{hint}")
        })
    }

    /// Notes phrases that the phrasebook shows not at all, or twice.
    /// `directives` are all that ask for a phrase, page by page.
    pub(crate) fn check<'a>(
        &self,
        directives: impl Iterator<Item = (&'a Page, &'a Directive)>,
        problems: &mut Problems,
    ) {
        let mut places = Places::default();
        for (page, directive) in directives.filter(|(page, _)| page.path.starts_with(PAGES)) {
            places.is_first(&directive.arguments, page, directive, problems);
        }
        for name in self.phrases.keys().filter(|name| !places.have(name)) {
            let message = format!("no page in {PAGES} shows the phrase {name}");
            problems.add(&Path::new(FOLDER).join(name), None, message);
        }
    }
}
