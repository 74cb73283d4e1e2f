//! What benchmarks make of their figures.

/// The middle one; of an even number the upper of the two.
///
/// # Panics
/// There is none, or one that is not a number.
pub fn median<T: PartialOrd + Copy>(figures: impl IntoIterator<Item = T>) -> T {
    let mut figures: Vec<T> = figures.into_iter().collect();
    figures.sort_by(|one, other| one.partial_cmp(other).expect("a number"));
    figures[figures.len() / 2]
}
