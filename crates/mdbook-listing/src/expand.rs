//! A page with its directives and fences replaced.

use crate::book::Book;
use crate::directive::Directive;
use crate::expanded::Expanded;
use crate::page::Page;
use crate::predict::Predict;
use crate::problems::Problems;
use crate::replacement::Replacement;
use crate::{artifact, diagram, exercise, exercise_list, figure, inline, lookup, plain, xray};

/// What stands in place of a directive; nothing, if it was refused when the
/// book was read.
type Replaced = Result<Option<Replacement>, String>;

impl Book<'_> {
    pub(crate) fn expand(
        &self,
        page: &Page,
        directives: &[Directive],
        problems: &mut Problems,
    ) -> Expanded {
        let mut expanded = Expanded {
            // Before what may stand at the same place.
            replacements: lookup::ids(&page.source, self.options),
            ..Expanded::default()
        };
        if self.is_plain() {
            expanded.replacements.extend(plain::without_wrappers(page));
        }
        let mut note = |at: usize, message| page.problem(problems, at, message);
        let fences = page.markdown.fences.iter();
        let questions: Vec<_> = fences
            .filter(|fence| fence.is_a("predict"))
            .map(|fence| (fence, Predict::parse(&fence.code)))
            .collect();
        let asked: Vec<_> = (questions.iter())
            .filter_map(|(_, predict)| Some(predict.as_ref().ok()?.listing.clone()))
            .collect();
        for directive in directives.iter().filter(|directive| !directive.is_in_code) {
            let at = directive.range.start;
            match self.replace(page, directive, &asked, &mut expanded) {
                Ok(replacement) => expanded.replacements.extend(replacement),
                Err(messages) => messages.into_iter().for_each(|message| note(at, message)),
            }
        }
        let mut faults = Vec::new();
        for (fence, predict) in questions {
            let asked = self.ask(page, fence, predict, &mut expanded);
            faults.extend(asked.err().unwrap_or_default());
        }
        let fences = page.markdown.fences.iter();
        for fence in fences.filter(|fence| fence.is_a("notes")) {
            let quoted = self.quote(page, fence, &mut expanded);
            faults.extend(quoted.err().unwrap_or_default());
        }
        faults
            .into_iter()
            .for_each(|(at, message)| note(at, message));
        expanded
    }

    /// `asked` names the listings that the page's questions are about.
    fn replace(
        &self,
        page: &Page,
        directive: &Directive,
        asked: &[String],
        expanded: &mut Expanded,
    ) -> Result<Option<Replacement>, Vec<String>> {
        let replaced = match &*directive.name {
            "listing" => self.listing(page, directive, asked, expanded),
            "phrase" => self.phrase(directive, expanded),
            "exercise" => self.exercise(page, directive, expanded),
            "ref" => self
                .link(page, &directive.arguments)
                .map(|link| Some(Replacement::words(directive.range.clone(), link))),
            // An SVG may have many faults.
            "diagram" => return self.diagram(page, directive, expanded).map(Some),
            "artifact" => return self.artifact(page, directive, expanded),
            "exercises" => {
                let places = self.exercises.shown().map(|(it, _)| it.link_from(page));
                let at = directive.range.start;
                expanded.links.extend(places.map(|place| (at, place)));
                let line = |text: &str| inline::line(text, self.options);
                exercise_list::table(page, directive, &self.exercises, &line).map(|table| {
                    let table = match self.is_plain() {
                        true => plain::exercises(page, &self.exercises),
                        false => table,
                    };
                    Some(self.block(directive, &table))
                })
            }
            "xray" => self.xray(directive, expanded),
            "source" => self.source(directive),
            // When the whole book is expanded, and by mdBook.
            "progress" | "include" | "rustdoc_include" | "playground" | "title" => Ok(None),
            name => Err(format!(
                "nothing stands in the place of {{{{#{name}}}}} yet"
            )),
        };
        replaced.map_err(|fault| vec![fault])
    }

    fn listing(
        &self,
        page: &Page,
        directive: &Directive,
        asked: &[String],
        expanded: &mut Expanded,
    ) -> Replaced {
        let at = directive.range.start;
        let (name, caption) = directive.split();
        let Ok(listing) = self.listings.find(name) else {
            return Ok(None);
        };
        let shown = self.order.get(&listing.name);
        let Some(shown) = shown.filter(|shown| shown.is_at(page, at)) else {
            return Ok(None);
        };
        expanded.add_links(at, caption, self.options);
        let line = inline::line(caption, self.options)?;
        let is_asked = asked.iter().any(|asked| asked == name);
        let figure = match self.is_plain() {
            true => plain::figure(shown, caption, listing),
            false => figure::figure(shown, &line, listing, is_asked, self.edition)?,
        };
        Ok(Some(self.block(directive, &figure)))
    }

    fn phrase(&self, directive: &Directive, expanded: &mut Expanded) -> Replaced {
        let phrase = self.phrasebook.find(directive)?;
        for text in phrase.texts() {
            expanded.add_links(directive.range.start, text, self.options);
        }
        // What keeps it from being shown was noted when it was read.
        let figure = match self.is_plain() {
            true => plain::phrase(phrase).ok(),
            false => phrase.figure(self.options).ok(),
        };
        Ok(figure.map(|figure| self.block(directive, &figure)))
    }

    fn exercise(&self, page: &Page, directive: &Directive, expanded: &mut Expanded) -> Replaced {
        let Some((shown, exercise)) = self.exercises.at(page, directive) else {
            return Ok(None);
        };
        let hints = exercise.settings.hints.iter();
        let texts = [&exercise.task, &exercise.solution.text];
        for text in texts.into_iter().chain(hints) {
            expanded.add_links(directive.range.start, text, self.options);
        }
        if self.is_plain() {
            let title = format!("Exercise {}", shown.number);
            let about = (page, directive.range.start);
            let about = self.answer_of(about, expanded, title, shown.id());
            let links = |text: &str| self.with_links(page, text);
            let (text, answer) = plain::exercise(shown, exercise, about, &links)?;
            expanded.answers.push(answer);
            return Ok(Some(self.block(directive, &text)));
        }
        let blocks = |text: &str| inline::blocks(&self.with_links(page, text)?, self.options);
        let line = |text: &str| inline::line(text, self.options);
        let section = exercise::section(shown, exercise, self.edition, &blocks, &line)?;
        Ok(Some(self.block(directive, &section)))
    }

    fn diagram(
        &self,
        page: &Page,
        directive: &Directive,
        expanded: &mut Expanded,
    ) -> Result<Replacement, Vec<String>> {
        let alone = directive.must_be_alone("a diagram");
        alone.map_err(|fault| vec![fault])?;
        let folder = self.src.join(page.folder());
        let figure = diagram::figure(&folder, &directive.arguments)?;
        Ok(self.drawn(directive, figure, expanded))
    }

    fn xray(&self, directive: &Directive, expanded: &mut Expanded) -> Replaced {
        let figure = xray::figure(directive, &self.listings, self.is_plain(), |caption| {
            expanded.add_links(directive.range.start, caption, self.options);
            inline::line(caption, self.options)
        })?;
        Ok(figure.map(|figure| self.block(directive, &figure)))
    }

    fn artifact(
        &self,
        page: &Page,
        directive: &Directive,
        expanded: &mut Expanded,
    ) -> Result<Option<Replacement>, Vec<String>> {
        let figure = artifact::figure(page, directive, &self.listings, |caption| {
            expanded.add_links(directive.range.start, caption, self.options);
            inline::line(caption, self.options)
        })?;
        Ok(figure.map(|figure| self.drawn(directive, figure, expanded)))
    }
}
