exercise::own_or_given!(run_in);

#[cfg(rustfmt)]
#[path = "given/run_in.rs"]
mod given;
