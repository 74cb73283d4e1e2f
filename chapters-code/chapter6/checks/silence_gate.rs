use super::gate;
use anyhow::{Context, ensure};
use std::cell::Cell;
use std::{fs, io, iter};
use trial::{same, trial};

const PAGE: &str = "chapter6-microphone/recorder.md";

/// What is kept of these samples if 100 is loud.
fn kept(samples: &[i16], around: usize) -> anyhow::Result<Vec<i16>> {
    let samples = samples.iter().copied().map(Ok);
    let kept: io::Result<_> = gate(samples, 100, around).collect();
    kept.context("an item is an error, and no sample was")
}

#[test]
fn a_word_is_kept_with_what_is_around_it() {
    trial("a loud sample, two before it and two after it", || {
        let around = kept(&[1, 2, 3, 4, 500, 6, 7, 8, 9], 2)?;
        same("what is kept of one word", &around, &vec![3, 4, 500, 6, 7])?;
        let early = kept(&[1, -100, 3, 4, 5], 2)?;
        same("what is kept at the start", &early, &vec![1, -100, 3, 4])?;
        let late = kept(&[1, 2, 99, -99, i16::MIN], 2)?;
        same("what is kept at the end", &late, &vec![99, -99, i16::MIN])?;
        let alone = kept(&[1, 200, 3, -300, 5], 0)?;
        same("what is kept with 0 around", &alone, &vec![200, -300])?;
        same("what is kept of silence", &kept(&[1, 2, 3], 2)?, &vec![])
    })
    .read(PAGE)
    .passes();
}

#[test]
fn nothing_comes_twice_where_words_are_close() {
    trial("each kept sample once, however close two words are", || {
        for between in 0..9 {
            // Two words, and so many quiet samples between them.
            let mut samples: Vec<i16> = vec![1, 2, 3, 500];
            samples.extend(10..10 + between);
            samples.extend([-500, 21, 22, 23, 24]);
            let is_near = |at: &usize| {
                let from = at.saturating_sub(2);
                let to = (at + 3).min(samples.len());
                samples[from..to].iter().any(|s| s.unsigned_abs() >= 100)
            };
            let near = (0..samples.len()).filter(is_near);
            let expected: Vec<i16> = near.map(|at| samples[at]).collect();
            let found = kept(&samples, 2)?;
            same(&format!("what is kept of {samples:?}"), &found, &expected)?;
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn what_is_kept_comes_while_the_stream_goes_on() {
    trial("the word at once, and the error in its place", || {
        let asked = Cell::new(0);
        let silence = iter::repeat_n(7, 100_000);
        let samples = [1, 2, 3, 4, 500, 6].into_iter().chain(silence);
        let samples = samples.map(Ok).chain([Err(io::Error::other("gone"))]);
        let samples = samples.inspect(|_| asked.set(asked.get() + 1));
        let mut items = gate(samples, 100, 2);
        let word: io::Result<Vec<_>> = items.by_ref().take(5).collect();
        let word = word.context("the error came before the word was whole")?;
        same("the word", &word, &vec![3, 4, 500, 6, 7])?;
        ensure!(
            asked.get() < 50_000,
            "the word came only after {} samples more",
            asked.get() - 7
        );
        let next = items.next().context("the error was not passed on")?;
        ensure!(next.is_err(), "{next:?} came in place of the error");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

/// How much memory we use, in KiB; 0 where there is no `/proc`.
fn in_use() -> anyhow::Result<usize> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    let size = line.unwrap_or("0").split_whitespace().next();
    Ok(size.context("VmRSS has no number")?.parse()?)
}

#[test]
fn silence_is_not_collected() {
    trial("no more memory used, however long it is silent", || {
        let before = in_use()?;
        let mut after = before;
        let mut count = 0;
        // As it ends, whatever was collected is there still.
        let samples = iter::from_fn(|| {
            count += 1;
            if count == 4_000_000 {
                after = in_use().unwrap_or_default();
                return None;
            }
            Some(Ok(1))
        });
        same("what is kept", &gate(samples, 100, 10).count(), &0)?;
        let grown = after.saturating_sub(before);
        ensure!(grown < 4000, "it took {grown} KiB more");
        Ok(())
    })
    .read(PAGE)
    .passes();
}
