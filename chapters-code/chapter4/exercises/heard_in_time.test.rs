exercise::own_or_given!(heard_in_time);

#[cfg(rustfmt)]
#[path = "given/heard_in_time.rs"]
mod given;
