exercise::own_or_given!(silence_gate);

#[cfg(rustfmt)]
#[path = "given/silence_gate.rs"]
mod given;
