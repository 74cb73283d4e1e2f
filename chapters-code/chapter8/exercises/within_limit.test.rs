exercise::own_or_given!(within_limit);

#[cfg(rustfmt)]
#[path = "given/within_limit.rs"]
mod given;
