exercise::own_or_given!(any_name);

#[cfg(rustfmt)]
#[path = "given/any_name.rs"]
mod given;
