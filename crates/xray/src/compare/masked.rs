//! A sentence without what differs from run to run.

/// Each number that stands alone is `N`, and a time has one unit.
pub fn masked(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let inner = word.trim_start_matches('(');
        let digits = inner.trim_end_matches([',', '.', ';', ')']);
        let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits
                .chars()
                .all(|c| c.is_ascii_digit() || ",.".contains(c));
        if is_number {
            word.replacen(digits, "N", 1)
        } else {
            word.to_owned()
        }
    });
    let text = words.collect::<Vec<_>>().join(" ");
    ["ms", "s"].iter().fold(text, |text, unit| {
        let ends = [" ", ",", ".", ";"].iter();
        ends.fold(text, |text, end| {
            text.replace(&format!("N {unit}{end}"), &format!("N s{end}"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn times_and_sizes_go_and_names_stay() {
        let long =
            masked("Deadlock for 1.0 s. sh is full (65,536 of 65,536 bytes), sleep #2 waits");
        assert_eq!(
            long,
            "Deadlock for N s. sh is full (N of N bytes), sleep #2 waits"
        );
        assert_eq!(
            masked("For 980 ms, sh waits"),
            masked("For 1.2 s, sh waits")
        );
        assert_ne!(masked("python3 waits"), masked("python2 waits"));
    }
}
