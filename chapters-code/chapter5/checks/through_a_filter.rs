use super::filtered;
use anyhow::ensure;
use trial::{same, trial};

const PAGE: &str = "chapter5-pipes/how-much-a-pipe-holds.md";

/// Two million bytes, of all kinds.
fn book() -> Vec<u8> {
    (0..=255).cycle().take(2_000_000).collect()
}

#[test]
fn a_book_goes_through_as_a_page_does() {
    trial("all bytes back from `cat`, few or many", || {
        same(
            "a page",
            &filtered("cat", b"a page\n")?,
            &b"a page\n".to_vec(),
        )?;
        let (book, answer) = (book(), filtered("cat", &book())?);
        same("the number of bytes", &answer.len(), &book.len())?;
        ensure!(answer == book, "the bytes came back, but not the same ones");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_filter_that_stops_reading_has_answered() {
    trial("the five bytes that `head -c5` took", || {
        let answer = filtered("head -c5", &book())?;
        same("the answer", &answer, &vec![0, 1, 2, 3, 4])
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_filter_that_fails_is_an_error() {
    trial("an error, since the filter exits with 3", || {
        let all_read = filtered("cat >/dev/null; exit 3", &book());
        ensure!(all_read.is_err(), "it read everything and failed: Ok came");
        let unread = filtered("exit 3", &book());
        ensure!(unread.is_err(), "it failed without reading: Ok came");
        Ok(())
    })
    .read(PAGE)
    .passes();
}
