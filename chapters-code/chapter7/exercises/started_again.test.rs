exercise::own_or_given!(started_again);

#[cfg(rustfmt)]
#[path = "given/started_again.rs"]
mod given;
