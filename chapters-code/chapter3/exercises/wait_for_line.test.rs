exercise::own_or_given!(wait_for_line);

#[cfg(rustfmt)]
#[path = "given/wait_for_line.rs"]
mod given;
