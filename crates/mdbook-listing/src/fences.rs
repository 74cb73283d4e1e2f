//! The fences that something else takes the place of: questions, and boxes of
//! sentences of the notes.

use crate::book::Book;
use crate::expanded::Expanded;
use crate::markdown::Fence;
use crate::notes::Notes;
use crate::page::Page;
use crate::plain;
use crate::predict::Predict;
use crate::question;
use crate::quotations::Quotations;
use crate::replacement::Replacement;

/// What is wrong, each with its place in the page's source.
type Faults = Vec<(usize, String)>;

impl Book<'_> {
    /// Adds the question with its answer, if the listing has a recording to
    /// check it against.
    ///
    /// # Errors
    /// The question cannot be asked there.
    pub(crate) fn ask(
        &self,
        page: &Page,
        fence: &Fence,
        predict: Result<Predict, (usize, String)>,
        expanded: &mut Expanded,
    ) -> Result<(), Faults> {
        let at = fence.range.start;
        let whole = |message: String| vec![(at, message)];
        if !fence.is_outermost {
            let message = "a question cannot stand in a list or a quotation";
            return Err(whole(message.to_owned()));
        }
        let predict =
            predict.map_err(|(inside, message)| vec![(page.inside(fence, inside), message)])?;
        let faults = predict.faults();
        if !faults.is_empty() {
            return Err(faults.into_iter().map(|fault| (at, fault)).collect());
        }
        self.answer(page, fence, &predict, expanded).map_err(whole)
    }

    fn answer(
        &self,
        page: &Page,
        fence: &Fence,
        predict: &Predict,
        expanded: &mut Expanded,
    ) -> Result<(), String> {
        let at = fence.range.start;
        let listing = self.listings.find(&predict.listing)?;
        let name = &listing.name;
        match self.order.get(name) {
            Some(shown) if !shown.is_on(page) => {
                return Err(format!(
                    "the question is about {name}, which another page shows"
                ));
            }
            None => {
                return Err(format!("the question is about {name}, which no page shows"));
            }
            Some(shown) if shown.at < at => {
                return Err(format!(
                    "the question about {name} must stand before the listing"
                ));
            }
            Some(_) => {}
        }
        let Some(recording) = &listing.recording else {
            return Ok(());
        };
        let xray = match predict.asks_xray() {
            false => None,
            true => match listing.traced()? {
                None => return Ok(()),
                xray => xray,
            },
        };
        let answer = predict.answer(recording, &listing.settings, xray.as_ref())?;
        for text in predict.texts() {
            expanded.add_links(at, text, self.options);
        }
        expanded.predictions.push(question::key(predict, &answer));
        let refer = |text: &str| self.with_links(page, text);
        if self.is_plain() {
            let shown = self
                .order
                .get(name)
                .map(|it| (format!("Listing {}", it.number), it.id()));
            let (title, of) = shown.unwrap_or_default();
            let about = self.answer_of((page, at), expanded, title, of);
            let (question, answer) = plain::question(predict, &answer, about, &refer)?;
            let question = self.put(fence.range.clone(), &question);
            expanded.replacements.push(question);
            expanded.answers.push(answer);
            return Ok(());
        }
        let html = question::question(predict, &answer, self.options, &refer)?;
        let question = Replacement::block(fence.range.clone(), &html);
        expanded.replacements.push(question);
        Ok(())
    }

    /// Adds the box of sentences of the notes.
    ///
    /// # Errors
    /// The notes have no such sentence, or the book no such place.
    pub(crate) fn quote(
        &self,
        page: &Page,
        fence: &Fence,
        expanded: &mut Expanded,
    ) -> Result<(), Faults> {
        let whole = |message: String| vec![(fence.range.start, message)];
        let inside = |(at, message): (usize, String)| (page.inside(fence, at), message);
        if !fence.is_outermost {
            let message = "the notes cannot be quoted in a list or a quotation";
            return Err(whole(message.to_owned()));
        }
        let quotations = Quotations::parse(&fence.code).map_err(|fault| vec![inside(fault)])?;
        let notes = Notes::read(&self.src).map_err(whole)?;
        let links = quotations.links(page, self.pages).map(inside);
        expanded.links.extend(links);
        let faults = quotations.faults(&notes, self.pages);
        if !faults.is_empty() {
            return Err(faults.into_iter().map(inside).collect());
        }
        let aside = match self.is_plain() {
            true => (quotations.judged(page, self.pages, &self.order))
                .map(|sentences| plain::quotations(&sentences, self.options)),
            false => quotations.aside(page, self.pages, &self.order, self.options),
        };
        let aside = self.put(fence.range.clone(), &aside.map_err(whole)?);
        expanded.replacements.push(aside);
        Ok(())
    }
}
