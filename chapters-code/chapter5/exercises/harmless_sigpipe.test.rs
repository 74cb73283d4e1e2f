exercise::own_or_given!(harmless_sigpipe);

#[cfg(rustfmt)]
#[path = "given/harmless_sigpipe.rs"]
mod given;
