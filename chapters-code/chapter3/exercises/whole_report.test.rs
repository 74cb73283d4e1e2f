exercise::own_or_given!(whole_report);

#[cfg(rustfmt)]
#[path = "given/whole_report.rs"]
mod given;
