exercise::own_or_given!(every_sample);

#[cfg(rustfmt)]
#[path = "given/every_sample.rs"]
mod given;
