exercise::own_or_given!(two_at_once);

#[cfg(rustfmt)]
#[path = "given/two_at_once.rs"]
mod given;
