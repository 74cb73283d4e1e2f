//! What a recorded run said: its command line, both streams in the order of
//! time, and how it ended.

use crate::escape::{escape, visible};
use crate::events::{Added, PageEvent, PageKind, page_events, script};
use recording::catalogue::Settings;
use recording::{Kind, Outcome, Recording};

/// An output with more lines than this scrolls in its box.
const LINES_SHOWN: usize = 40;

/// The part of a figure below the code. `command` is what its reader types, and `title`
/// names the listing for those who hear the page.
///
/// # Errors
/// The recording has no form as JSON.
pub(crate) fn output(
    recording: &Recording,
    settings: &Settings,
    command: &str,
    title: &str,
) -> Result<String, String> {
    let events = page_events(recording, settings);
    let parts = parts(&events);
    let marked = parts.iter().any(Part::is_marked);
    let lines = parts.iter().map(|part| part.text().lines().count());
    let is_long = lines.sum::<usize>() > LINES_SHOWN;
    let class = match (marked, is_long) {
        (true, true) => "terminal hljs marked long",
        (true, false) => "terminal hljs marked",
        (false, true) => "terminal hljs long",
        (false, false) => "terminal hljs",
    };
    // What scrolls must be reachable by keyboard.
    let focus = if is_long { " tabindex=\"0\"" } else { "" };
    let screen = screen(command, &parts, &status(recording));
    Ok(format!(
        "<div class=\"output\">\n\
         <p class=\"recorded\">{}</p>\n\
         <div class=\"{class}\" role=\"group\" aria-label=\"Output of {title}\"{focus}>\n\
         <div class=\"screen\">\n{screen}</div>\n</div>\n{}</div>\n",
        escape(&recorded_on(recording)),
        script(&events)?
    ))
}

/// Where and when.
pub(crate) fn recorded_on(recording: &Recording) -> String {
    let platform_of = &recording.platform;
    format!(
        "recorded on {}, {}",
        platform(&platform_of.os),
        platform_of.date
    )
}

/// The same for what was never recorded: only the command stands there.
pub(crate) fn unrecorded(command: &str, title: &str) -> String {
    let command = command_line(command);
    format!(
        "<div class=\"output\">\n<p class=\"recorded\"></p>\n\
         <div class=\"terminal hljs\" role=\"group\" aria-label=\"Output of {title}\">\n\
         <div class=\"screen\">\n{command}</div>\n</div>\n\
         <script type=\"application/json\" class=\"events\">[]</script>\n</div>\n"
    )
}

fn command_line(command: &str) -> String {
    let command = escape(command);
    format!(
        "<pre class=\"command\"><span class=\"prompt\">$ </span>\
         <span class=\"typed\">{command}</span></pre>\n"
    )
}

/// What stood on the terminal.
fn screen(command: &str, parts: &[Part], status: &str) -> String {
    let mut screen = command_line(command);
    for part in parts {
        screen.push_str(&part.html());
    }
    if !parts.iter().any(Part::is_written) {
        screen.push_str("<p class=\"silent\">no output</p>\n");
    }
    screen.push_str(status);
    screen
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    Stdin,
    Stdout,
    Stderr,
}

/// What stands in one piece on the terminal.
pub(crate) enum Part {
    /// What went over one stream before something went over another.
    Bytes(Stream, Vec<u8>),
    /// So many bytes are not in the page.
    LeftOut(usize),
}

/// The pieces of all streams in the order of time, neighbours on the same
/// stream in one.
pub(crate) fn parts(events: &[PageEvent]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for event in events {
        let (stream, bytes) = match &event.kind {
            PageKind::Recorded(Kind::Stdout(bytes)) => (Stream::Stdout, &*bytes.0),
            PageKind::Recorded(Kind::Stderr(bytes)) => (Stream::Stderr, &*bytes.0),
            PageKind::Added(Added::Stdin { text }) => (Stream::Stdin, text.as_bytes()),
            PageKind::Added(Added::LeftOut { bytes }) => {
                parts.push(Part::LeftOut(*bytes));
                continue;
            }
            PageKind::Recorded(_) => continue,
        };
        match parts.last_mut() {
            Some(Part::Bytes(last, before)) if *last == stream => before.extend(bytes),
            _ if bytes.is_empty() => {}
            _ => parts.push(Part::Bytes(stream, bytes.to_vec())),
        }
    }
    parts
}

impl Part {
    pub(crate) fn is_marked(&self) -> bool {
        matches!(self, Part::Bytes(Stream::Stdin | Stream::Stderr, _))
    }

    pub(crate) fn is_written(&self) -> bool {
        !matches!(self, Part::Bytes(Stream::Stdin, _))
    }

    pub(crate) fn text(&self) -> String {
        match self {
            Part::Bytes(_, bytes) => visible(bytes),
            Part::LeftOut(bytes) => format!("{} KiB left out", bytes.div_ceil(1024)),
        }
    }

    fn html(&self) -> String {
        let text = self.text();
        match self {
            Part::LeftOut(_) => format!("<p class=\"left-out\">{text}</p>\n"),
            Part::Bytes(Stream::Stdout, _) => {
                format!("<pre class=\"run stdout\">{}</pre>\n", whole(&text))
            }
            Part::Bytes(Stream::Stderr, _) => marked_lines("stderr", &text),
            Part::Bytes(Stream::Stdin, _) => marked_lines("stdin", &text),
        }
    }
}

/// A browser takes a newline right after `<pre>` for layout: one more keeps it.
fn whole(text: &str) -> String {
    let first = if text.starts_with('\n') { "&#10;" } else { "" };
    format!("{first}{}", escape(text))
}

/// Lines that each bear the mark of their stream. The mark is drawn by the
/// style sheet, so that copied text is without it; the stream's name before
/// them is for those who hear the page.
fn marked_lines(stream: &str, text: &str) -> String {
    let line = |line| format!("<span class=\"line\">{}</span>", escape(line));
    let lines: String = text.split_inclusive('\n').map(line).collect();
    format!("<span class=\"stream\">{stream}</span><pre class=\"run {stream}\">{lines}</pre>\n")
}

/// How the run ended, unless it ended well.
pub(crate) fn ending(recording: &Recording) -> Option<String> {
    match recording.outcome() {
        None | Some(Outcome::Code(0)) => None,
        Some(Outcome::Code(code)) => Some(format!("exit status {code}")),
        Some(Outcome::Signal(signal)) => Some(match signal_name(signal, &recording.platform.os) {
            Some(name) => format!("ended by signal {signal}, {name}"),
            None => format!("ended by signal {signal}"),
        }),
    }
}

fn status(recording: &Recording) -> String {
    let said = ending(recording);
    said.map_or(String::new(), |said| {
        format!("<p class=\"status\">{said}</p>\n")
    })
}

/// The signal's name. POSIX fixes some of the numbers, each system the rest
/// (`signal(7)`; on macOS `sys/signal.h`).
fn signal_name(signal: i32, os: &str) -> Option<&'static str> {
    let name = match (signal, os) {
        (1, _) => "SIGHUP",
        (2, _) => "SIGINT",
        (3, _) => "SIGQUIT",
        (4, _) => "SIGILL",
        (5, _) => "SIGTRAP",
        (6, _) => "SIGABRT",
        (8, _) => "SIGFPE",
        (9, _) => "SIGKILL",
        (11, _) => "SIGSEGV",
        (13, _) => "SIGPIPE",
        (14, _) => "SIGALRM",
        (15, _) => "SIGTERM",
        (7, "linux") | (10, "macos") => "SIGBUS",
        (10, "linux") | (30, "macos") => "SIGUSR1",
        (12, "linux") | (31, "macos") => "SIGUSR2",
        _ => return None,
    };
    Some(name)
}

fn platform(os: &str) -> &str {
    match os {
        "linux" => "Linux",
        "macos" => "macOS",
        "freebsd" => "FreeBSD",
        other => other,
    }
}
