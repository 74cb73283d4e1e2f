exercise::own_or_given!(through_a_filter);

#[cfg(rustfmt)]
#[path = "given/through_a_filter.rs"]
mod given;
