exercise::own_or_given!(one_log);

#[cfg(rustfmt)]
#[path = "given/one_log.rs"]
mod given;
