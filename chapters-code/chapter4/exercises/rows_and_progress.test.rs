exercise::own_or_given!(rows_and_progress);

#[cfg(rustfmt)]
#[path = "given/rows_and_progress.rs"]
mod given;
