exercise::own_or_given!(few_at_once);

#[cfg(rustfmt)]
#[path = "given/few_at_once.rs"]
mod given;
