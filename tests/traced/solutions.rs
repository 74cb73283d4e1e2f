//! The solution of every exercise: it passes its check under the tracer, too.

use anyhow::{Context, ensure};
use cargo_metadata::Message;
use libtest_mimic::Trial;
use recording::catalogue::{Exercise, ExerciseName};
use recording::{Bytes, Kind, Outcome};
use run::{Start, missing_tools};
use std::collections::HashMap;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;
use tests::book::{chapters, root};
use tests::harness;

/// A check takes ten seconds at most for a trial, and has some.
const TIME_LIMIT: Duration = Duration::from_secs(120);

pub fn tests() -> Vec<Trial> {
    let names = ExerciseName::all(&root()).expect("the checkout can be read");
    let tests = names.into_iter().map(|name| {
        let exercise = Exercise::read(&root(), name.clone());
        let needs = exercise.map_or_else(|_| Vec::new(), |it| it.settings.needs);
        let missing = missing_tools(&needs);
        harness::needing(format!("{name}, solved"), &missing, move || passes(&name))
    });
    tests.collect()
}

fn passes(name: &ExerciseName) -> anyhow::Result<()> {
    static PROGRAMS: LazyLock<Result<HashMap<String, PathBuf>, String>> =
        LazyLock::new(|| programs().map_err(|error| format!("{error:#}")));
    let programs = PROGRAMS.as_ref().map_err(|it| anyhow::anyhow!("{it}"))?;
    let program = programs.get(&format!("{}_solution", name.name));
    let chapter = root().join("chapters-code").join(&name.chapter);
    let start = Start::new(program.context("Cargo made no test of it")?, &chapter)
        .variable("CARGO_MANIFEST_DIR", &chapter)
        .time_limit(TIME_LIMIT);
    let tracer = chapters().binary("tracer")?;
    let run = start.traced_by(tracer, chapters().supervisor()?)?;
    let mut said = Vec::new();
    let mut ended = None;
    for event in run.to_end()? {
        match event.kind {
            Kind::Stdout(Bytes(bytes)) | Kind::Stderr(Bytes(bytes)) => said.extend(bytes),
            Kind::Exited { outcome, .. } => ended = Some(outcome),
            Kind::Untraced { why } => anyhow::bail!(why),
            _ => {}
        }
    }
    let said = String::from_utf8_lossy(&said);
    ensure!(ended == Some(Outcome::Code(0)), "{ended:?}: {said}");
    ensure!(said.contains("test result: ok. "), "{said}");
    Ok(())
}

/// The test program of each solution. `cargo test --workspace` has compiled them,
/// and names them here.
fn programs() -> anyhow::Result<HashMap<String, PathBuf>> {
    let mut cargo = Command::new(env!("CARGO"))
        .args(["test", "--workspace", "--quiet", "--no-run"])
        .args(["--test", "*_solution", "--message-format=json"])
        .current_dir(root())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("starting cargo")?;
    let stdout = cargo.stdout.take().context("it is piped")?;
    let messages: Result<Vec<_>, _> = Message::parse_stream(BufReader::new(stdout)).collect();
    ensure!(cargo.wait()?.success(), "cargo did not compile them");
    let program = |message| match message {
        Message::CompilerArtifact(it) if it.target.is_test() => {
            Some((it.target.name, it.executable?.into()))
        }
        _ => None,
    };
    Ok(messages?.into_iter().filter_map(program).collect())
}
