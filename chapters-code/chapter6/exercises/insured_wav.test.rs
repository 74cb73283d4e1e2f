exercise::own_or_given!(insured_wav);

#[cfg(rustfmt)]
#[path = "given/insured_wav.rs"]
mod given;
