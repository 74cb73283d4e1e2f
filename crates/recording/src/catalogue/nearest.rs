//! The known name that is most like a wanted one.

use std::fmt::Display;
use strsim::damerau_levenshtein;

/// The name in `known` that is most like `wanted`: with the fewest slips between the
/// two, in the whole name or in what follows its last slash. A name that begins with
/// `wanted`, whole or behind the slash, comes before all others.
pub fn nearest<T: Display>(known: impl IntoIterator<Item = T>, wanted: &str) -> Option<T> {
    known.into_iter().min_by_key(|name| {
        let name = name.to_string();
        let last = name.rsplit('/').next().unwrap_or_default();
        let begins = name.starts_with(wanted) || last.starts_with(wanted);
        if begins && !wanted.is_empty() {
            return 0;
        }
        damerau_levenshtein(&name, wanted).min(damerau_levenshtein(last, wanted))
    })
}

/// The end of the sentence that says that a name is not known:
/// `; the nearest name is chapter5/word_count`.
pub fn did_you_mean(known: impl IntoIterator<Item = impl Display>, wanted: &str) -> String {
    match nearest(known, wanted) {
        Some(name) => format!("; the nearest name is {name}"),
        None => "; there is none at all".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_its_name_with_and_without_the_chapter() {
        let names = ["chapter2/both_streams", "chapter5/whose_status"];
        for slip in ["chapter5/whos_status", "whose_statu", "who", "chapter5/"] {
            assert_eq!(nearest(names, slip), Some(names[1]), "{slip}");
        }
    }

    #[test]
    fn the_sentence_says_so_where_nothing_is_known() {
        let known: [&str; 0] = [];
        assert_eq!(did_you_mean(known, "who"), "; there is none at all");
    }
}
