use super::run_all;
use anyhow::{Context, ensure};
use std::fs;
use trial::{same, trial};

const PAGE: &str = "chapter8-many-cooks/choosing.md";

/// What each of them said, if none has failed.
fn said(scripts: &[String], at_once: usize) -> anyhow::Result<Vec<String>> {
    let answers = run_all(scripts, at_once);
    let answers: std::io::Result<Vec<_>> = answers.into_iter().collect();
    answers.context("a script failed that should not")
}

/// A script that goes on when another one has made a file.
fn wait_for(file: &str) -> String {
    format!("until [ -e {file} ]; do sleep 0.02; done")
}

#[test]
fn no_more_than_two_run_at_once() {
    trial("two scripts at once, and never a third", || {
        // Each notes its begin and its end. What it notes lies between the
        // two, so two that never met cannot seem to have met.
        let film = "echo begin >>notes; sleep 0.2; echo end >>notes";
        let films = vec![film.to_owned(); 6];
        same("the number of answers", &said(&films, 2)?.len(), &6)?;
        let notes = fs::read_to_string("notes").context("nobody has begun")?;
        let (mut now, mut most, mut all) = (0, 0, 0);
        for note in notes.lines() {
            match note {
                "begin" => (now, all) = (now + 1, all + 1),
                _ => now -= 1,
            }
            most = most.max(now);
        }
        same("the number of scripts that have run", &all, &6)?;
        ensure!(most <= 2, "{most} scripts ran at once");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn who_is_done_makes_room_for_the_next() {
    trial("all others in turn, while the first still runs", || {
        let [two, three, four] = ["second", "third", "fourth"].map(wait_for);
        let scripts = [
            format!("{two}; {three}; {four}; echo first"),
            ": >second; echo second".to_owned(),
            ": >third; echo third".to_owned(),
            ": >fourth; echo fourth".to_owned(),
        ];
        let expected = ["first", "second", "third", "fourth"];
        let said = said(&scripts, 2)?;
        same("what they said", &said, &expected.map(Into::into).to_vec())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn as_many_as_may_run_do_run() {
    trial("three that meet, since three may run at once", || {
        let meet = |own: &str, others: [&str; 2]| {
            let [one, two] = others.map(wait_for);
            format!(": >{own}; {one}; {two}; echo {own}")
        };
        let scripts = [
            meet("a", ["b", "c"]),
            meet("b", ["a", "c"]),
            meet("c", ["a", "b"]),
        ];
        let expected = ["a", "b", "c"].map(Into::into).to_vec();
        same("what they said", &said(&scripts, 3)?, &expected)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn one_that_fails_does_not_stop_the_others() {
    trial("two answers, and an error between them", || {
        let scripts = ["echo one", "exit 3", "echo three"].map(Into::into);
        let answers = run_all(&scripts, 2);
        let texts: Vec<_> =
            answers.iter().map(|it| it.as_deref().ok()).collect();
        same(
            "the answers",
            &texts,
            &vec![Some("one"), None, Some("three")],
        )?;
        same(
            "the number of answers to nothing",
            &run_all(&[], 2).len(),
            &0,
        )
    })
    .read(PAGE)
    .passes();
}
