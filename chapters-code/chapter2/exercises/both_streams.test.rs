exercise::own_or_given!(both_streams);

#[cfg(rustfmt)]
#[path = "given/both_streams.rs"]
mod given;
