use super::Conversation;
use anyhow::{Result, ensure};
use trial::{same, trial};

const PAGE: &str = "chapter7-conversations/line-by-line.md";

/// Answers a number with so many lines.
const COUNTER: &str = "
    while read -r n; do
        yes dal | head -n \"$n\"
        echo
    done";

/// Gives half an answer, and goes, with an error of its own.
const HUNG_UP: &str = "read -r question; echo 'I think that'; exit 3";

/// Answers with three lines. The second has nothing but blanks.
const BLANKS: &str = r"while read -r q; do printf 'dal\n  \nroti\n\n'; done";

/// Its last words are Latin-1, and it has something to do after them.
const LATIN: &str = r"
    read -r q; printf 'dal\ncaf\351\n'; exec >&-
    sleep 0.3; touch closed";

/// Has something to do after its last word.
const WAITER: &str = "
    n=0; while read -r dish; do n=$((n + 1)); echo \"$n: $dish\"; echo; done
    echo \"$n dishes, coming up\"; exec >&-
    sleep 0.3; touch closed";

fn dals(answer: &[String]) -> usize {
    answer.iter().filter(|line| *line == "dal").count()
}

#[test]
fn each_question_gets_its_own_answer() {
    trial("answers of 3 lines, of none, and of 1", || {
        let mut counter = Conversation::begin(COUNTER)?;
        let mut lengths = Vec::new();
        for question in ["3", "0", "1"] {
            let answer = counter.ask(question)?;
            same("each line", &dals(&answer), &answer.len())?;
            lengths.push(answer.len());
        }
        same("the list of lengths", &lengths, &vec![3, 0, 1])?;
        same("the last word", &counter.end()?, &Vec::new())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn an_answer_longer_than_a_pipe_comes_whole() {
    trial("an answer of 100,000 lines, then one of 2", || {
        let mut counter = Conversation::begin(COUNTER)?;
        let first = counter.ask("100000")?;
        same("the number of lines", &dals(&first), &100_000)?;
        let second = counter.ask("2")?;
        same("the number of lines after that", &dals(&second), &2)?;
        counter.end().map(drop)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_line_of_blanks_is_a_line() {
    trial("three lines, of which one has only blanks", || {
        let mut child = Conversation::begin(BLANKS)?;
        for _ in 0..2 {
            let expected = ["dal", "  ", "roti"].map(str::to_owned).to_vec();
            same("the answer", &child.ask("what is there?")?, &expected)?;
        }
        child.end().map(drop)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn half_an_answer_is_an_error() {
    trial("an error, since the child hangs up in its answer", || {
        let mut child = Conversation::begin(HUNG_UP)?;
        let answer = child.ask("are you sure?");
        // It has gone: whether that is an error here, too, is left open.
        let _ = child.end();
        ensure!(answer.is_err(), "`ask` returned {answer:?}");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn the_child_is_told_the_end_and_says_its_last_words() {
    trial("the sum after the goodbye, and the child's end", || {
        let mut waiter = Conversation::begin(WAITER)?;
        order(&mut waiter, "dal", "1: dal")?;
        order(&mut waiter, "roti", "2: roti")?;
        let sum = vec!["2 dishes, coming up".to_owned()];
        same("the last word", &waiter.end()?, &sum)?;
        let closed = std::fs::exists("closed")?;
        ensure!(closed, "`end` did not wait until the child had closed");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn last_words_that_are_no_text_are_an_error_after_the_childs_end() {
    trial("an error, once the child has ended by itself", || {
        let last_words = Conversation::begin(LATIN)?.end();
        ensure!(last_words.is_err(), "`caf\\xe9` became {last_words:?}");
        let closed = std::fs::exists("closed")?;
        ensure!(closed, "`end` did not wait until the child had closed");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

fn order(waiter: &mut Conversation, dish: &str, answer: &str) -> Result<()> {
    let answer = vec![answer.to_owned()];
    same("the answer", &waiter.ask(dish)?, &answer)
}
