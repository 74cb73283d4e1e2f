exercise::own_or_given!(trusted_copy);

#[cfg(rustfmt)]
#[path = "given/trusted_copy.rs"]
mod given;
