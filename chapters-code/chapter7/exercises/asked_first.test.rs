exercise::own_or_given!(asked_first);

#[cfg(rustfmt)]
#[path = "given/asked_first.rs"]
mod given;
