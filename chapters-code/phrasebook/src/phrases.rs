//! The phrases, in the order in which the book has them. Each has a
//! folder: duct.rs, std.rs and python.py do the same, and what that
//! is stands in phrase.toml.

use anyhow::Context;
use std::fs;
use std::path::PathBuf;

/// One task, and its two programs in Rust.
pub(crate) struct Phrase {
    pub(crate) name: &'static str,
    pub(crate) duct: fn() -> anyhow::Result<()>,
    pub(crate) std: fn() -> anyhow::Result<()>,
}

impl Phrase {
    pub(crate) fn named(name: &str) -> Option<&'static Phrase> {
        TABLE.iter().find(|phrase| phrase.name == name)
    }

    /// # Errors
    /// The phrasebook's files are nowhere near this program.
    pub(crate) fn folder(&self) -> anyhow::Result<PathBuf> {
        let here = listing::place::chapter("phrasebook").context(
            "there is no chapters-code/phrasebook above this program",
        )?;
        Ok(here.join("src/phrases").join(self.name))
    }

    /// The task in words: a line of `phrase.toml`, which is read
    /// without a parser, to compile fast.
    pub(crate) fn task(&self) -> anyhow::Result<String> {
        let path = self.folder()?.join("phrase.toml");
        let toml = fs::read_to_string(&path)
            .with_context(|| path.display().to_string())?;
        let mut lines = toml.lines();
        let task = lines.find_map(|line| {
            line.strip_prefix("task = \"")?.strip_suffix('"')
        });
        let task = task.context("phrase.toml has no task")?;
        Ok(task.to_owned())
    }
}

macro_rules! table {
    ($($name:ident)*) => {
        pub(crate) const TABLE: &[Phrase] = &[$(Phrase {
            name: stringify!($name),
            duct: $name::duct::main,
            std: $name::std::main,
        }),*];
    };
}

table! {
    run_checked
    take_status
    missing_program
    exit_with_status
    arguments_from_list
    file_names
    shell_script
    program_by_path
    no_shebang
    just_written
    find_program
    working_folder
    set_variable
    remove_variable
    only_these
    text
    bytes
    lossy
    both_apart
    stderr_only
    one_stream
    message_on_failure
    discard
    stream_lines
    stderr_live
    lines_and_stderr
    first_line
    feed_text
    feed_file
    empty_stdin
    feed_while_reading
    conversation
    another_descriptor
    into_file
    append
    one_log
    pipe_two
    pipe_three
    pipeline_fails
    early_end
    start_and_wait
    still_running
    several
    pid
    time_limit
    time_limit_output
    terminate
    polite_then_firm
    kill
    which_signal
    whole_group
}

mod run_checked {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod take_status {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod missing_program {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod exit_with_status {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod arguments_from_list {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod file_names {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod shell_script {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod program_by_path {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod no_shebang {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod just_written {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod find_program {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod working_folder {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod set_variable {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod remove_variable {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod only_these {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod text {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod bytes {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod lossy {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod both_apart {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod stderr_only {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod one_stream {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod message_on_failure {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod discard {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod stream_lines {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod stderr_live {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod lines_and_stderr {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod first_line {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod feed_text {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod feed_file {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod empty_stdin {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod feed_while_reading {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod conversation {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod another_descriptor {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod into_file {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod append {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod one_log {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod pipe_two {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod pipe_three {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod pipeline_fails {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod early_end {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod start_and_wait {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod still_running {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod several {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod pid {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod time_limit {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod time_limit_output {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod terminate {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod polite_then_firm {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod kill {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod which_signal {
    pub(crate) mod duct;
    pub(crate) mod std;
}
mod whole_group {
    pub(crate) mod duct;
    pub(crate) mod std;
}
