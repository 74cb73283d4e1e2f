exercise::own_or_given!(cut_anywhere);

#[cfg(rustfmt)]
#[path = "given/cut_anywhere.rs"]
mod given;
