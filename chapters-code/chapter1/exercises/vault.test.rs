exercise::own_or_given!(vault);

#[cfg(rustfmt)]
#[path = "given/vault.rs"]
mod given;
