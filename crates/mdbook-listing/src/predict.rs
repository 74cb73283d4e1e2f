//! A question before a listing: what will it print? Its answers are checked
//! against the listing's recording.

use crate::arrow::{Arrow, Drawn};
use crate::seen::Seen;
use crate::short::{Printed, Short, Slip, plain};
use recording::Recording;
use recording::catalogue::Settings;
use serde::Deserialize;
use std::fmt;
use xray::XRay;

/// What a `predict` fence holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Predict {
    /// The listing that the question is about.
    pub(crate) listing: String,
    pub(crate) question: String,
    /// What there is to choose from; nothing, if the answer is typed.
    #[serde(rename = "option", default)]
    pub(crate) options: Vec<Choice>,
    /// One option or more hold, not exactly one.
    #[serde(default)]
    pub(crate) several: bool,
    pub(crate) short: Option<Short>,
    pub(crate) arrow: Option<Arrow>,
    /// Stands behind the field in which a short answer is typed.
    pub(crate) unit: Option<String>,
    #[serde(rename = "slip", default)]
    pub(crate) slips: Vec<Slip>,
}

/// The right answer, as the page says it to its script.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The places of the options that hold: `1`, `0+2`.
    Options(Vec<usize>),
    Text(Printed),
    Arrow(Drawn),
}

/// One answer that a reader can give.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choice {
    pub(crate) text: String,
    seen: Seen,
    /// Why it is so, or why it is not.
    pub(crate) why: Option<String>,
}

impl Predict {
    /// # Errors
    /// The text is no such question. The message says why; the number is the
    /// place in the text.
    pub(crate) fn parse(text: &str) -> Result<Predict, (usize, String)> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            (
                at,
                format!("this question cannot be read: {}", error.message()),
            )
        })
    }

    /// What is missing in it, whatever the recording says.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = match (&self.arrow, &self.short) {
            (Some(_), _) => self.faults_of_arrow(),
            (None, Some(short)) => self.faults_of_short(short),
            (None, None) => self.faults_of_choice(),
        };
        if self.question.trim().is_empty() {
            faults.push("the question is empty".to_owned());
        }
        faults
    }

    fn faults_of_choice(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.options.len() < 2 {
            faults.push("a question needs two options at least".to_owned());
        } else if self.unit.is_some() || !self.slips.is_empty() {
            faults.push("a unit and slips belong to a short answer".to_owned());
        }
        for (letter, option) in letters().zip(&self.options) {
            if option.text.trim().is_empty() {
                faults.push(format!("option {letter} is empty"));
            }
            if option.why.as_ref().is_some_and(|why| why.trim().is_empty()) {
                faults.push(format!("option {letter} has an empty why"));
            }
        }
        faults
    }

    fn faults_of_arrow(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let is_more = self.several || self.short.is_some() || self.unit.is_some();
        if is_more || !self.options.is_empty() {
            faults.push("an arrow is the whole question: it has only slips beside it".to_owned());
        }
        faults.extend(self.faults_of_slips());
        faults
    }

    fn faults_of_short(&self, short: &Short) -> Vec<String> {
        let mut faults: Vec<_> = short.fault().into_iter().collect();
        if self.several || !self.options.is_empty() {
            faults.push("an answer is chosen or typed: short has no options".to_owned());
        }
        if self
            .unit
            .as_ref()
            .is_some_and(|unit| unit.trim().is_empty())
        {
            faults.push("the unit is empty".to_owned());
        }
        faults.extend(self.faults_of_slips());
        faults
    }

    fn faults_of_slips(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (at, slip) in self.slips.iter().enumerate() {
            let text = slip.text.trim();
            if text.is_empty() {
                faults.push("a slip is empty".to_owned());
            }
            if slip.why.trim().is_empty() {
                faults.push(format!("slip {text} has an empty why"));
            }
            let same = |other: &Slip| self.plain(&other.text) == self.plain(text);
            if self.slips[..at].iter().any(same) {
                faults.push(format!("slip {text} stands twice"));
            }
        }
        faults
    }

    /// Everything in it that a reader reads.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let options = self.options.iter();
        let texts = options.flat_map(|option| [Some(option.text.as_str()), option.why.as_deref()]);
        let whys = self.slips.iter().map(|slip| slip.why.as_str());
        texts.flatten().chain(whys).chain([self.question.as_str()])
    }

    pub(crate) fn unit(&self) -> &str {
        self.unit.as_deref().unwrap_or_default()
    }

    /// What the script compares of a short answer.
    pub(crate) fn plain(&self, text: &str) -> String {
        plain(text, self.unit())
    }

    /// Whether the recording's X-ray decides.
    pub(crate) fn asks_xray(&self) -> bool {
        let mut options = self.options.iter();
        self.arrow.is_some() || options.any(|option| option.seen.is_in_xray())
    }

    /// The right answer, by the recording, and by its X-ray if that is asked.
    ///
    /// # Errors
    /// The recording does not decide, or a wrong option does not say why it is wrong, or
    /// a slip is none.
    pub(crate) fn answer(
        &self,
        recording: &Recording,
        settings: &Settings,
        xray: Option<&XRay>,
    ) -> Result<Answer, String> {
        if let (Some(arrow), Some(xray)) = (&self.arrow, xray) {
            let drawn = arrow.draw(xray);
            let drawn =
                drawn.map_err(|fault| format!("{} cannot be asked this: {fault}", self.listing))?;
            return self.arrow(drawn);
        }
        let Some(short) = &self.short else {
            return self.options_that_hold(recording, xray).map(Answer::Options);
        };
        let listing = &self.listing;
        let answer = short.answer(recording, settings, self.unit());
        let answer = answer.map_err(|fault| format!("{listing} cannot be asked this: {fault}"))?;
        let is_right = |slip: &&Slip| self.plain(&slip.text) == self.plain(&answer.text);
        match self.slips.iter().find(is_right) {
            Some(slip) => Err(format!("slip {} is the right answer", slip.text.trim())),
            None => Ok(Answer::Text(answer)),
        }
    }

    /// # Errors
    /// A slip names nobody, or is none.
    fn arrow(&self, drawn: Drawn) -> Result<Answer, String> {
        for slip in &self.slips {
            let text = slip.text.trim();
            let ends = drawn.read(text);
            if ends.map_err(|fault| format!("slip {text}: {fault}"))? == drawn.right {
                return Err(format!("slip {text} is the right answer"));
            }
        }
        Ok(Answer::Arrow(drawn))
    }

    fn options_that_hold(
        &self,
        recording: &Recording,
        xray: Option<&XRay>,
    ) -> Result<Vec<usize>, String> {
        let mut right = Vec::new();
        for (at, (letter, option)) in letters().zip(&self.options).enumerate() {
            let holds = option.seen.holds(recording, xray);
            if holds.map_err(|fault| format!("option {letter}: {fault}"))? {
                right.push(at);
            }
        }
        let shown = match xray {
            Some(_) => format!("in the recording and the X-ray of {}", self.listing),
            None => format!("in the recording of {}", self.listing),
        };
        match right.len() {
            0 => return Err(format!("no option holds {shown}")),
            all if self.several && all == self.options.len() => {
                return Err(format!(
                    "every option holds {shown}, so there is none to leave out"
                ));
            }
            2.. if !self.several => {
                let letters = right.iter().filter_map(|at| letters().nth(*at));
                let letters: Vec<_> = letters.map(String::from).collect();
                return Err(format!(
                    "exactly one option may hold {shown}, and {} do",
                    letters.join(" and ")
                ));
            }
            _ => {}
        }
        for (at, (letter, option)) in letters().zip(&self.options).enumerate() {
            if !right.contains(&at) && option.why.is_none() {
                return Err(format!("option {letter} is wrong and does not say why"));
            }
        }
        Ok(right)
    }
}

impl Answer {
    /// Whether it is the option at that place, or one of several.
    pub(crate) fn has(&self, place: usize) -> bool {
        matches!(self, Answer::Options(places) if places.contains(&place))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Options(places) => {
                let places: Vec<_> = places.iter().map(usize::to_string).collect();
                f.write_str(&places.join("+"))
            }
            Answer::Text(answer) => f.write_str(&answer.text),
            Answer::Arrow(drawn) => f.write_str(&drawn.places(drawn.right)),
        }
    }
}

/// The names of the options.
pub(crate) fn letters() -> impl Iterator<Item = char> {
    'A'..='Z'
}
