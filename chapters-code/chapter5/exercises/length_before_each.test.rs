exercise::own_or_given!(length_before_each);

#[cfg(rustfmt)]
#[path = "given/length_before_each.rs"]
mod given;
