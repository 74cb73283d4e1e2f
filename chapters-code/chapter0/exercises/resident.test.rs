exercise::own_or_given!(resident);

#[cfg(rustfmt)]
#[path = "given/resident.rs"]
mod given;
