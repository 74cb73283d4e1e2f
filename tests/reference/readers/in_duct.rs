//! The readers of duct.

use super::cells::{Cells, add};
use super::got::{self, Got};
use super::talker::{self, STREAMS};
use duct::{Expression, ReaderHandle, cmd};
use std::io::{self, BufRead, BufReader, Read};

/// The next call.
type Calls = Box<dyn FnMut() -> Got>;

/// A reader, by its name in the table.
type Reader = (&'static str, fn(ReaderHandle) -> Calls);

/// What gives all at once.
type Whole = (&'static str, fn(Expression) -> io::Result<Got>);

const CALLS: [Reader; 3] = [
    ("reader(), read", |mut reader| {
        Box::new(move || {
            let mut buffer = [0; 4096];
            let read = reader.read(&mut buffer);
            got::counted(read, |length| got::bytes(&buffer[..length]))
        })
    }),
    ("reader(), lines", |reader| {
        let mut lines = BufReader::new(reader).lines();
        Box::new(move || got::item(lines.next(), |line| got::text(&line)))
    }),
    ("reader(), read_to_end", |mut reader| {
        Box::new(move || {
            let mut all = vec![];
            match reader.read_to_end(&mut all) {
                Err(failed) if !all.is_empty() => {
                    let mut told = got::error(&failed);
                    told.shown =
                        format!("{} (in the vector: {})", told.shown, got::bytes(&all).shown);
                    told
                }
                read => got::counted(read, |_| got::bytes(&all)),
            }
        })
    }),
];

const WHOLE: [Whole; 4] = [
    ("read()", |expression| Ok(got::text(&expression.read()?))),
    ("stdout_capture(), run()", |expression| {
        Ok(got::bytes(&expression.stdout_capture().run()?.stdout))
    }),
    ("stdout_capture(), start(), wait()", |expression| {
        let handle = expression.stdout_capture().start()?;
        Ok(got::bytes(&handle.wait()?.stdout))
    }),
    ("unchecked(), stdout_capture(), run()", |expression| {
        let output = expression.unchecked().stdout_capture().run()?;
        Ok(got::bytes(&output.stdout))
    }),
];

/// Each reader, with what it does with each manner of talking; the last one is
/// to fail.
pub fn cells() -> anyhow::Result<Cells> {
    let mut cells = Cells::new();
    let streams = STREAMS.iter().chain(&["fails"]);
    for (call, calls) in CALLS {
        let mut first = calls(expression("goes on").reader()?);
        add(&mut cells, call, got::returns_when(&first()));
        drop(first);
        let mut first = calls(expression("long line").reader()?);
        add(&mut cells, call, got::limit(&first()));
        for manner in streams.clone() {
            let calls = calls(expression(manner).reader()?);
            add(&mut cells, call, got::cell(&got::until_end(calls)));
        }
    }
    for (call, whole) in WHOLE {
        let whole = |manner| {
            let whole = whole(expression(manner));
            whole.unwrap_or_else(|failed| got::error(&failed))
        };
        add(&mut cells, call, got::returns_when(&whole("goes on")));
        add(&mut cells, call, got::limit(&whole("long line")));
        for manner in streams.clone() {
            add(&mut cells, call, got::cell(&[whole(manner)]));
        }
    }
    Ok(cells)
}

fn expression(manner: &str) -> Expression {
    let [program, arguments @ ..] = talker::command(manner);
    cmd(program, arguments)
}
