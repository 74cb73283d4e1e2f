//! Whether a run came out as recorded, found out while it runs.

use super::report::Report;
use anyhow::Context;
use recording::catalogue::{ListingName, Settings};
use recording::compare::{Verdict, verdict};
use recording::{Event, Kind, Recording};
use serde::Serialize;
use std::path::Path;

/// A run that writes more than twice what is recorded and these bytes is not kept:
/// it differs.
const SPARE_BYTES: usize = 4 * 1024;

/// The verdict, as the page shows it.
#[derive(Serialize)]
pub(crate) struct Compared {
    verdict: &'static str,
    differences: Vec<String>,
    /// Why it was not compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    /// What the reader can tell of it, if it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Report>,
}

/// The recording, and the run as far as it is kept: a run may write more than fits
/// in memory.
pub(crate) struct Comparison {
    recording: anyhow::Result<Recording>,
    recorded: usize,
    run: Vec<Event>,
    written: usize,
}

impl Comparison {
    pub(crate) fn new(root: &Path, listing: &ListingName) -> Comparison {
        let recording = Recording::read(root, listing);
        let recorded = match &recording {
            Ok(recording) => recording.events.iter().map(length).sum(),
            Err(_) => 0,
        };
        Comparison {
            recording: recording.context("there is no recording to compare it with"),
            recorded,
            run: Vec::new(),
            written: 0,
        }
    }

    pub(crate) fn add(&mut self, event: Event) {
        let length = length(&event);
        self.written += length;
        if length == 0 || !self.is_too_long() {
            self.run.push(event);
        }
    }

    fn is_too_long(&self) -> bool {
        self.written > 2 * self.recorded + SPARE_BYTES
    }

    /// The verdict. `deviation` says why the run may differ from the recording, if it
    /// may: then the two are not compared.
    pub(crate) fn compared(self, settings: &Settings, deviation: Option<&str>) -> Compared {
        let recording = match &self.recording {
            Ok(recording) => recording,
            Err(error) => return Compared::not(error.to_string()),
        };
        if let Some(why) = deviation {
            return Compared::not(why.to_owned());
        }
        if self.is_too_long() {
            let (written, recorded) = (self.written, self.recorded);
            let difference = format!("it wrote {written} bytes, and {recorded} are recorded");
            return Compared::differing(vec![difference]);
        }
        match verdict(recording, &self.run, settings) {
            Verdict::AsRecorded => Compared {
                verdict: "as_recorded",
                differences: Vec::new(),
                why: None,
                report: None,
            },
            Verdict::Differs(differences) => Compared::differing(differences),
            Verdict::NotCompared => {
                let os = &recording.platform.os;
                Compared::not(format!("it was recorded on {os}"))
            }
        }
    }
}

impl Compared {
    /// With what the reader can tell of the differences, if there are some.
    pub(crate) fn reported(mut self, report: impl FnOnce(&[String]) -> Report) -> Compared {
        let differs = !self.differences.is_empty();
        self.report = differs.then(|| report(&self.differences));
        self
    }

    fn not(why: String) -> Compared {
        Compared {
            verdict: "not_compared",
            differences: Vec::new(),
            why: Some(why),
            report: None,
        }
    }

    fn differing(differences: Vec<String>) -> Compared {
        Compared {
            verdict: "differs",
            differences,
            why: None,
            report: None,
        }
    }
}

fn length(event: &Event) -> usize {
    match &event.kind {
        Kind::Stdout(bytes) | Kind::Stderr(bytes) => bytes.0.len(),
        _ => 0,
    }
}
