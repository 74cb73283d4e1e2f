//! A press of X-ray: a run that is traced.

use crate::servers;
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use tests::harness::{linux_test, test};
use tests::server::{Running, Server};

pub fn tests() -> Vec<Trial> {
    vec![
        linux_test(
            "an X-ray's rows stand among what the run printed",
            rows_among_output,
        ),
        linux_test("an edited listing has an X-ray", of_an_edit),
        test(
            "a book without a tracer says so, and runs",
            without_a_tracer,
        ),
        test("a check has no X-ray", not_of_a_check),
    ]
}

fn xrayed(
    server: &Server,
    chapter: &str,
    listing: &str,
    source: Option<&str>,
) -> anyhow::Result<Running> {
    let opens = "output yes unchecked";
    let mut wanted =
        json!({ "chapter": chapter, "listing": listing, "xray": true, "opens": opens });
    if let Some(source) = source {
        wanted["source"] = source.into();
    }
    server.begins(&wanted)
}

fn texts(events: &[Value]) -> Vec<&str> {
    let rows = events.iter().filter(|event| event["kind"] == "row");
    rows.filter_map(|row| row["row"]["text"].as_str()).collect()
}

fn rows_among_output() -> anyhow::Result<()> {
    let server = servers::book()?;
    let mut run = xrayed(&server, "chapter5", "yes_head", None)?;
    // Whoever comes first waits for the tracer, and is told so before.
    let started = run.until("started")?;
    ensure!(started["pid"].is_u64(), "{started}");
    let ended = run.to_end()?;
    let compared = ended.event("compared")?;
    ensure!(compared["verdict"] == "as_recorded", "{compared}");
    let texts = texts(&ended.events);
    ensure!(texts.iter().any(|text| text.contains("head")), "{texts:?}");
    ensure!(
        texts.iter().any(|text| text.contains("SIGPIPE")),
        "{texts:?}"
    );
    let place = |kind: &str| {
        let place = ended.events.iter().position(|event| event["kind"] == kind);
        place.with_context(|| format!("no {kind}"))
    };
    ensure!(place("row")? < place("stdout")?, "{:?}", ended.events);
    let outputs = ended.events.iter().filter(|event| {
        event["row"]["output"]["stream"] == "stdout" && event["row"]["kind"] == "output"
    });
    ensure!(outputs.count() > 0, "{texts:?}");
    // It opens at the row that was asked for, not at the one that tells most.
    let opens = ended.event("opens")?;
    let is_it = |event: &&Value| event["row"]["n"] == opens["row"];
    let opened = ended.events.iter().rfind(is_it).context("no such row")?;
    ensure!(
        opened["row"]["output"]["text"]
            .as_str()
            .is_some_and(|it| it.contains("yes unchecked")),
        "{opened}"
    );
    Ok(())
}

fn of_an_edit() -> anyhow::Result<()> {
    let source = "use duct::cmd;\n\npub fn main() -> anyhow::Result<()> {\n    \
                  cmd!(\"true\").run()?;\n    Ok(())\n}\n";
    let server = servers::book()?;
    server.agrees()?;
    let ended = xrayed(&server, "chapter5", "yes_head", Some(source))?.to_end()?;
    let texts = texts(&ended.events);
    ensure!(texts.iter().any(|text| text.contains("true")), "{texts:?}");
    ensure!(
        !texts.iter().any(|text| text.contains("starts head")),
        "{texts:?}"
    );
    // None of its rows shows what was asked for: another one is opened.
    let opens = ended.event("opens")?;
    ensure!(opens["row"].is_u64(), "{opens}");
    Ok(())
}

fn without_a_tracer() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let ended = xrayed(&server, "chapter1", "greets", None)?.to_end()?;
    let untraced = ended.event("untraced")?;
    let why = untraced["why"].as_str().unwrap_or_default();
    ensure!(!why.is_empty(), "{untraced}");
    ended.event("stdout")?;
    ended.event("exited")?;
    Ok(())
}

fn not_of_a_check() -> anyhow::Result<()> {
    let wanted = r#"{"chapter":"chapter5","exercise":"harmless_sigpipe","xray":true}"#;
    let answer = servers::book()?.asked("POST", "/runs").json(wanted);
    let status = answer.sent()?.status;
    ensure!(status == 400, "{status}");
    Ok(())
}
