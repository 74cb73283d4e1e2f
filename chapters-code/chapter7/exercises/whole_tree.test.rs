exercise::own_or_given!(whole_tree);

#[cfg(rustfmt)]
#[path = "given/whole_tree.rs"]
mod given;
