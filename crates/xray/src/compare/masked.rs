//! A sentence without what differs from run to run.

/// What is told otherwise when another number is in it: a limit that a wait has
/// outlasted, a pipe that is full but for a few bytes.
const SAME: [(&str, &str); 5] = [
    (
        "has too little room (N of N bytes are taken)",
        "is full (N bytes)",
    ),
    (", at most N s", ", with a time limit"),
    ("'s time limit of N s", "'s time limit"),
    (" sleeps for N s", " sleeps"),
    (" sleeps again and again", " sleeps"),
];

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
    // The last word of all ends too.
    let text = words.collect::<Vec<_>>().join(" ") + "\n";
    let text = ["ms", "s"].iter().fold(text, |text, unit| {
        let ends = [" ", ",", ".", ";", "\n"].iter();
        ends.fold(text, |text, end| {
            text.replace(&format!("N {unit}{end}"), &format!("N s{end}"))
        })
    });
    let text = SAME
        .iter()
        .fold(text, |text, (one, other)| text.replace(one, other));
    text.trim_end().to_owned()
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
        for [one, other] in [
            ["a waits, at most 58 ms", "a waits, with a time limit"],
            [
                "a waits until b reads b's stdout, which is full (65,536 bytes)",
                "a waits until b reads b's stdout, which has too little room (65,535 of 65,536 bytes are taken)",
            ],
            [
                "Only a's time limit of 1 s will end it.",
                "Only a's time limit will end it.",
            ],
            ["a sleeps for 58 ms; b", "a sleeps again and again; b"],
        ] {
            assert_eq!(masked(one), masked(other));
        }
        assert_eq!(
            masked("For 980 ms, sh waits"),
            masked("For 1.2 s, sh waits")
        );
        assert_ne!(masked("python3 waits"), masked("python2 waits"));
    }
}
