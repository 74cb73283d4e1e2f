exercise::own_or_given!(starts_a_server);

#[cfg(rustfmt)]
#[path = "given/starts_a_server.rs"]
mod given;
