exercise::own_or_given!(three_ends);

#[cfg(rustfmt)]
#[path = "given/three_ends.rs"]
mod given;
