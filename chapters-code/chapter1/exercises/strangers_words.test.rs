exercise::own_or_given!(strangers_words);

#[cfg(rustfmt)]
#[path = "given/strangers_words.rs"]
mod given;
