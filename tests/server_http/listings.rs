//! Every listing of the book, run as its page runs it.

use crate::servers;
use anyhow::{bail, ensure};
use libtest_mimic::Trial;
use recording::Recording;
use recording::catalogue::{ListingName, Settings};
use recording::compare::{Verdict, verdict};
use run::missing_tools;
use serde_json::json;
use tests::book::{longest_first, root, settings};
use tests::harness;

pub fn tests() -> Vec<Trial> {
    longest_first()
        .into_iter()
        .map(comes_out_as_recorded)
        .collect()
}

fn comes_out_as_recorded(listing: ListingName) -> Trial {
    let name = format!("{listing} run from its page");
    let settings = settings(&listing);
    let needs = settings.needs.clone();
    harness::needing(name, &missing_tools(&needs), move || {
        runs_as_recorded(&listing, &settings)
    })
}

fn runs_as_recorded(listing: &ListingName, settings: &Settings) -> anyhow::Result<()> {
    let server = servers::book()?;
    let mut run = server.runs(&listing.to_string())?;
    let started = run.until("started")?;
    ensure!(started["command"] == listing.command(), "{started}");
    if let Some(stdin) = &settings.stdin {
        for typed in [json!({ "text": stdin }), json!({ "end": true })] {
            let typed = server
                .asked("POST", &run.path("/stdin")?)
                .json(&typed.to_string());
            ensure!(typed.sent()?.status == 204);
        }
    }
    let ended = run.to_end()?;
    let recording = Recording::read(&root(), listing)?;
    let said = ended.event("compared")?;
    match verdict(&recording, &ended.recorded()?, settings) {
        Verdict::Differs(differences) => bail!("{}", differences.join("\n")),
        Verdict::AsRecorded => ensure!(said["verdict"] == "as_recorded", "{said}"),
        Verdict::NotCompared => ensure!(said["verdict"] == "not_compared", "{said}"),
    }
    Ok(())
}
