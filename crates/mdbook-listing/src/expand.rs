//! A page with its directives and questions replaced.

use crate::directive::Directive;
use crate::edit::{Edit, apply};
use crate::exercises::Exercises;
use crate::markdown::Fence;
use crate::notes::Notes;
use crate::order::Order;
use crate::page::Page;
use crate::phrasebook::Phrasebook;
use crate::predict::Predict;
use crate::problems::Problems;
use crate::quotations::{Fault, Quotations};
use crate::shelf::Shelf;
use crate::{artifact, diagram, exercise, figure, inline, question};
use mdbook_markdown::pulldown_cmark::Options;
use std::path::Path;

/// What a page is expanded with.
pub(crate) struct Expansion<'a> {
    pub(crate) pages: &'a [Page],
    pub(crate) shelf: &'a Shelf,
    pub(crate) order: &'a Order,
    pub(crate) phrasebook: &'a Phrasebook,
    pub(crate) exercises: &'a Exercises,
    /// The folder of the pages.
    pub(crate) src: &'a Path,
    pub(crate) options: Options,
    /// Whoever serves the pages runs their listings.
    pub(crate) live: bool,
}

/// A page, and what is to stand in it in place of its directives.
#[derive(Default)]
pub(crate) struct Expanded {
    pub(crate) edits: Vec<Edit>,
    /// Links that stand in questions and captions, with their places.
    pub(crate) links: Vec<(usize, String)>,
    /// By what a browser keeps the answers to its questions.
    pub(crate) predictions: Vec<String>,
}

impl Expanded {
    /// The page as mdBook is to render it.
    pub(crate) fn text(&mut self, page: &Page) -> String {
        apply(&page.source, std::mem::take(&mut self.edits))
    }
}

impl Expansion<'_> {
    pub(crate) fn expand(
        &self,
        page: &Page,
        directives: &[Directive],
        problems: &mut Problems,
    ) -> Expanded {
        let mut expanded = Expanded::default();
        let Expanded { edits, links, .. } = &mut expanded;
        let fences = page.markdown.fences.iter();
        let questions: Vec<_> = fences
            .filter(|fence| fence.is_a("predict"))
            .map(|fence| (fence, Predict::parse(&fence.code)))
            .collect();
        let asked: Vec<_> = (questions.iter())
            .filter_map(|(_, predict)| Some(predict.as_ref().ok()?.listing.as_str()))
            .collect();
        for directive in directives.iter().filter(|directive| !directive.is_in_code) {
            let at = directive.range.start;
            match self.replace(page, directive, &asked, links) {
                Ok(edit) => edits.extend(edit),
                Err(messages) => messages
                    .into_iter()
                    .for_each(|message| page.problem(problems, at, message)),
            }
        }
        for (fence, predict) in questions {
            self.predict(page, fence, predict, &mut expanded, problems);
        }
        let fences = page.markdown.fences.iter();
        for fence in fences.filter(|fence| fence.is_a("notes")) {
            if let Err(faults) = self.quote(page, fence, &mut expanded) {
                for (at, message) in faults {
                    page.problem(problems, at, message);
                }
            }
        }
        expanded
    }

    /// Adds the box of sentences of the notes.
    ///
    /// # Errors
    /// What is wrong with them, with places in the page's source.
    fn quote(&self, page: &Page, fence: &Fence, expanded: &mut Expanded) -> Result<(), Vec<Fault>> {
        let whole = |message: String| vec![(fence.range.start, message)];
        let inside = |(at, message): Fault| (page.inside(fence, at), message);
        if !fence.is_outermost {
            let message = "the notes cannot be quoted in a list or a quotation";
            return Err(whole(message.to_owned()));
        }
        let quotations = Quotations::parse(&fence.code).map_err(|fault| vec![inside(fault)])?;
        let notes = Notes::read(self.src).map_err(whole)?;
        let faults = quotations.faults(&notes, self.pages);
        if !faults.is_empty() {
            return Err(faults.into_iter().map(inside).collect());
        }
        expanded.links.extend(quotations.links(page).map(inside));
        let aside = quotations.aside(page, self.pages, self.order, self.options);
        let aside = aside.map_err(whole)?;
        let edit = Edit::block(fence.range.clone(), &aside);
        expanded.edits.push(edit);
        Ok(())
    }

    fn replace(
        &self,
        page: &Page,
        directive: &Directive,
        asked: &[&str],
        links: &mut Vec<(usize, String)>,
    ) -> Result<Option<Edit>, Vec<String>> {
        let range = directive.range.clone();
        match &*directive.name {
            "listing" => self
                .figure(page, directive, asked, links)
                .map_err(|fault| vec![fault]),
            "phrase" => self.phrase(directive, links).map_err(|fault| vec![fault]),
            "exercise" => self
                .exercise(page, directive, links)
                .map_err(|fault| vec![fault]),
            "ref" => {
                let link = self
                    .link(page, &directive.arguments)
                    .map_err(|fault| vec![fault])?;
                Ok(Some(Edit::words(range, link)))
            }
            "diagram" if !directive.is_alone => Err(vec![
                "put a diagram on a line of its own, with blank lines around".to_owned(),
            ]),
            "diagram" => {
                let folder = self.src.join(page.folder());
                let figure = diagram::diagram(&folder, &directive.arguments)?;
                Ok(Some(Edit::block(range, &figure)))
            }
            "artifact" => {
                let at = range.start;
                let figure = artifact::figure(directive, self.shelf, |caption| {
                    let targets = inline::links(caption, self.options).into_iter();
                    links.extend(targets.map(|target| (at, target)));
                    inline::line(caption, self.options)
                })?;
                Ok(figure.map(|figure| Edit::block(range, &figure)))
            }
            _ => Ok(None),
        }
    }

    /// The listing; nothing if it was refused when the listings were put in
    /// order. `asked` names those that the page's questions are about.
    fn figure(
        &self,
        page: &Page,
        directive: &Directive,
        asked: &[&str],
        links: &mut Vec<(usize, String)>,
    ) -> Result<Option<Edit>, String> {
        let at = directive.range.start;
        let (name, caption) = directive.split();
        let Ok((listing, shelved)) = self.shelf.find(name) else {
            return Ok(None);
        };
        let shown = self.order.get(listing);
        let Some(shown) = shown.filter(|shown| shown.is_at(page, at)) else {
            return Ok(None);
        };
        let targets = inline::links(caption, self.options).into_iter();
        links.extend(targets.map(|target| (at, target)));
        let caption = inline::line(caption, self.options)?;
        let asked = asked.contains(&name);
        let figure = figure::figure(shown, &caption, shelved, asked, self.live)?;
        Ok(Some(Edit::block(directive.range.clone(), &figure)))
    }

    fn phrase(
        &self,
        directive: &Directive,
        links: &mut Vec<(usize, String)>,
    ) -> Result<Option<Edit>, String> {
        let phrase = self.phrasebook.find(directive)?;
        let targets = phrase.links(self.options).into_iter();
        links.extend(targets.map(|target| (directive.range.start, target)));
        // What keeps it from being shown was noted when it was read.
        let figure = phrase.figure(self.options).ok();
        Ok(figure.map(|figure| Edit::block(directive.range.clone(), &figure)))
    }

    fn exercise(
        &self,
        page: &Page,
        directive: &Directive,
        links: &mut Vec<(usize, String)>,
    ) -> Result<Option<Edit>, String> {
        let Some((shown, exercise)) = self.exercises.at(page, directive) else {
            return Ok(None);
        };
        let hints = exercise.settings.hints.iter();
        let texts = [&exercise.task, &exercise.solution.text];
        for text in texts.into_iter().chain(hints) {
            let targets = inline::links(text, self.options).into_iter();
            links.extend(targets.map(|target| (directive.range.start, target)));
        }
        let blocks = |text: &str| inline::blocks(&self.with_links(page, text)?, self.options);
        let line = |text: &str| inline::line(text, self.options);
        let section = exercise::section(shown, exercise, self.live, &blocks, &line)?;
        Ok(Some(Edit::block(directive.range.clone(), &section)))
    }

    /// "Listing 5-1", as a link.
    fn link(&self, page: &Page, name: &str) -> Result<String, String> {
        let (listing, _) = self.shelf.find(name)?;
        match self.order.get(listing) {
            Some(shown) => Ok(shown.link_from(page)),
            None => Err(format!(
                "no page shows {listing}, so nothing can refer to it"
            )),
        }
    }

    fn predict(
        &self,
        page: &Page,
        fence: &Fence,
        predict: Result<Predict, (usize, String)>,
        expanded: &mut Expanded,
        problems: &mut Problems,
    ) {
        let at = fence.range.start;
        let mut fault = |message: String| page.problem(problems, at, message);
        if !fence.is_outermost {
            return fault("a question cannot stand in a list or a quotation".to_owned());
        }
        let predict = match predict {
            Ok(predict) => predict,
            Err((inside, message)) => {
                return page.problem(problems, page.inside(fence, inside), message);
            }
        };
        let faults = predict.faults();
        if !faults.is_empty() {
            return faults.into_iter().for_each(fault);
        }
        if let Err(message) = self.answer(page, fence, &predict, expanded) {
            fault(message);
        }
    }

    /// Adds the question with its answer, if the listing has a recording to
    /// check it against.
    fn answer(
        &self,
        page: &Page,
        fence: &Fence,
        predict: &Predict,
        expanded: &mut Expanded,
    ) -> Result<(), String> {
        let at = fence.range.start;
        let (listing, shelved) = self.shelf.find(&predict.listing)?;
        match self.order.get(listing) {
            Some(shown) if !shown.is_on(page) => {
                return Err(format!(
                    "the question is about {listing}, which another page shows"
                ));
            }
            None => {
                return Err(format!(
                    "the question is about {listing}, which no page shows"
                ));
            }
            Some(shown) if shown.at < at => {
                return Err(format!(
                    "the question about {listing} must stand before the listing"
                ));
            }
            Some(_) => {}
        }
        let Some(recording) = &shelved.recording else {
            return Ok(());
        };
        let right = predict.right(recording, &shelved.settings)?;
        for text in predict.texts() {
            let targets = inline::links(text, self.options).into_iter();
            expanded.links.extend(targets.map(|target| (at, target)));
        }
        expanded.predictions.push(question::key(predict, &right));
        let refer = |text: &str| self.with_links(page, text);
        let html = question::question(predict, &right, self.options, &refer)?;
        expanded.edits.push(Edit::block(fence.range.clone(), &html));
        Ok(())
    }

    /// The text with a link in place of each `{{#ref …}}`.
    fn with_links(&self, page: &Page, text: &str) -> Result<String, String> {
        let mut linked = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{#ref ") {
            let Some((name, after)) = after.split_once("}}") else {
                return Err("a {{#ref … has no `}}`".to_owned());
            };
            linked.push_str(before);
            linked.push_str(&self.link(page, name.trim())?);
            rest = after;
        }
        linked.push_str(rest);
        Ok(linked)
    }
}
