//! `{{#progress}}`: how many predictions and exercises each chapter has, as a
//! table. By a script it tells how many of them are done.

use crate::directive::Directive;
use crate::escape::{escape, json};
use crate::number;
use crate::page::{Page, address};
use crate::places::Places;
use crate::problems::Problems;
use serde::Serialize;
use std::collections::BTreeMap;

/// The keys by which a browser keeps what is done, for each page on which there is
/// something to do. A page's path is its address in the rendered book.
pub type ToDo = BTreeMap<String, Vec<String>>;

/// What there is to do, page by page.
#[derive(Default, Serialize)]
pub(crate) struct Plan {
    /// Each page's title by its path, as the browser knows it.
    pages: BTreeMap<String, String>,
    parts: Vec<Part>,
    #[serde(skip)]
    to_do: ToDo,
}

/// A chapter, or the appendices.
#[derive(Serialize)]
struct Part {
    /// The folder of its pages up to the first `-`: `chapter5`, `appendix`.
    name: String,
    #[serde(skip)]
    title: String,
    /// Its first page.
    #[serde(skip)]
    page: Option<String>,
    /// The keys by which a browser keeps what is done.
    predictions: Vec<String>,
    exercises: Vec<String>,
}

/// How much there is to do in a part.
pub(crate) struct Row<'a> {
    pub(crate) title: &'a str,
    name: &'a str,
    /// Its first page.
    pub(crate) page: Option<&'a str>,
    pub(crate) predictions: usize,
    pub(crate) exercises: usize,
}

impl Plan {
    /// Reads the next page, with what there is to do on it.
    pub(crate) fn add(&mut self, page: &Page, predictions: &[String], exercises: &[String]) {
        let predictions = predictions.iter().map(|key| format!("predict {key}"));
        let predictions: Vec<_> = predictions.collect();
        let exercises = exercises.iter().map(|name| format!("exercise {name}"));
        let exercises: Vec<_> = exercises.collect();
        let path = address(&page.path);
        self.pages.insert(path.clone(), page.title.clone());
        let keys = [&*predictions, &*exercises].concat();
        if !keys.is_empty() {
            self.to_do.insert(path.clone(), keys);
        }
        let Some((folder, _)) = path.split_once('/') else {
            return;
        };
        let name = folder.split_once('-').map_or(folder, |(name, _)| name);
        if !self.parts.iter().any(|part| part.name == name) {
            self.parts.push(Part::new(name, page, path.clone()));
        }
        if let Some(part) = self.parts.iter_mut().find(|part| part.name == name) {
            part.predictions.extend(predictions);
            part.exercises.extend(exercises);
        }
    }

    /// Page by page.
    pub(crate) fn into_to_do(self) -> ToDo {
        self.to_do
    }

    /// A row for each part that has something to do.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let parts = self.parts.iter().filter(|part| !part.is_empty());
        parts.map(|part| Row {
            title: &part.title,
            name: &part.name,
            page: part.page.as_deref(),
            predictions: part.predictions.len(),
            exercises: part.exercises.len(),
        })
    }

    /// The row below them.
    pub(crate) fn all(&self) -> Row<'_> {
        Row {
            title: "In all",
            name: "all",
            page: None,
            predictions: self.rows().map(|row| row.predictions).sum(),
            exercises: self.rows().map(|row| row.exercises).sum(),
        }
    }

    /// The table, as one HTML block, for that page.
    ///
    /// # Errors
    /// It has no form as JSON.
    pub(crate) fn table(&self, page: &Page) -> Result<String, String> {
        let mut rows = String::new();
        for row in self.rows() {
            let title = escape(row.title);
            let title = match row.page {
                Some(path) => format!("<a href=\"{}\">{title}</a>", escape(&page.link_to(path))),
                None => title,
            };
            rows.push_str(&row.html(&title));
        }
        let all = self.all();
        let all = all.html(all.title);
        let plan = json(self)?;
        Ok(format!(
            "<div class=\"progress\">\n<table>\n\
             <thead><tr><th scope=\"col\">Chapter</th><th scope=\"col\">Predictions</th>\
             <th scope=\"col\">Exercises</th></tr></thead>\n\
             <tbody>\n{rows}</tbody>\n<tfoot>\n{all}</tfoot>\n</table>\n\
             <script type=\"application/json\" class=\"plan\">{plan}</script>\n</div>"
        ))
    }
}

impl Part {
    fn new(name: &str, page: &Page, path: String) -> Part {
        let (title, page) = match (name, number::from_folder(&page.path)) {
            ("appendix", _) => ("Appendices".to_owned(), None),
            (_, Some(number)) => (format!("{number}. {}", page.title), Some(path)),
            (_, None) => (page.title.clone(), Some(path)),
        };
        Part {
            name: name.to_owned(),
            title,
            page,
            predictions: Vec::new(),
            exercises: Vec::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.predictions.is_empty() && self.exercises.is_empty()
    }
}

impl Row<'_> {
    /// `title` is its title as HTML.
    fn html(&self, title: &str) -> String {
        let part = escape(self.name);
        let (predictions, exercises) = (self.predictions, self.exercises);
        format!(
            "<tr data-part=\"{part}\"><th scope=\"row\">{title}</th><td>{predictions}</td>\
             <td>{exercises}</td></tr>\n"
        )
    }
}

/// Notes a table that stands where none can, or a second time.
pub(crate) fn check<'a>(
    directives: impl Iterator<Item = (&'a Page, &'a Directive)>,
    problems: &mut Problems,
) {
    let mut places = Places::default();
    for (page, directive) in directives {
        if let Err(fault) = directive.must_be_bare() {
            page.problem(problems, directive.range.start, fault);
        }
        places.is_first("the progress", page, directive, problems);
    }
}
