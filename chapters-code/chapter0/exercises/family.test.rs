exercise::own_or_given!(family);

#[cfg(rustfmt)]
#[path = "given/family.rs"]
mod given;
