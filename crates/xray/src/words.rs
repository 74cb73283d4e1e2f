//! Numbers, times, names and lists, as a reader reads them.

use recording::Outcome;

/// `65,536`
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `0.4 ms`, `23 ms`, `1.0 s`, `75 s`: two digits are enough to compare by.
pub fn duration(seconds: f64) -> String {
    let ms = seconds * 1e3;
    match ms {
        ..9.95 => format!("{ms:.1} ms"),
        ..99.5 => format!("{ms:.0} ms"),
        ..950.0 => format!("{:.0} ms", (ms / 10.0).round() * 10.0),
        ..9950.0 => format!("{seconds:.1} s"),
        _ => format!("{seconds:.0} s"),
    }
}

/// A time that a program asked for: `1 s`, `1.5 s`, `200 ms`, `60 s`.
pub fn limit(ms: f64) -> String {
    let whole = (ms / 1e3).round();
    if whole >= 1.0 && (ms / 1e3 - whole).abs() < whole * 0.01 {
        format!("{whole} s")
    } else {
        duration(ms / 1e3)
    }
}

/// `a, b and c`
pub fn list(names: &[String], word: &str) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// `50 × cat`; of one, `cat`.
pub fn times(count: usize, name: &str) -> String {
    match count {
        0 | 1 => name.to_owned(),
        count => format!("{} × {name}", number(count as u64)),
    }
}

/// `SIGTERM`; of a number that is not the same everywhere, `signal 40`.
pub fn signal(number: i32) -> String {
    let name = match number {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        10 => "SIGUSR1",
        11 => "SIGSEGV",
        12 => "SIGUSR2",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        17 => "SIGCHLD",
        18 => "SIGCONT",
        19 => "SIGSTOP",
        20 => "SIGTSTP",
        21 => "SIGTTIN",
        22 => "SIGTTOU",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        28 => "SIGWINCH",
        31 => "SIGSYS",
        _ => return format!("signal {number}"),
    };
    name.to_owned()
}

/// In a box: `exit 0`, `SIGPIPE`.
pub fn end(outcome: Outcome) -> String {
    match outcome {
        Outcome::Code(code) => format!("exit {code}"),
        Outcome::Signal(number) => signal(number),
    }
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A command as one would type it, cut where it grows long.
pub fn command(argv: &[String]) -> String {
    const MOST: usize = 60;
    let mut text = String::new();
    for argument in argv {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&quoted(argument));
        if text.len() > 4 * MOST {
            break;
        }
    }
    cut(&text, MOST)
}

fn quoted(argument: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:,+%@".contains(c);
    if !argument.is_empty() && argument.chars().all(is_plain) {
        return argument.to_owned();
    }
    let one_line = one_line(argument);
    if one_line.contains('\'') {
        format!("\"{one_line}\"")
    } else {
        format!("'{one_line}'")
    }
}

/// A script of several lines, as one.
fn one_line(argument: &str) -> String {
    let mut lines = argument.lines().map(str::trim).filter(|it| !it.is_empty());
    let (true, Some(first)) = (argument.contains('\n'), lines.next()) else {
        return argument.to_owned();
    };
    let is_open = |text: &str| {
        let word = text.rsplit(' ').next().unwrap_or_default();
        text.ends_with([';', '|', '&', '{', '(']) || ["do", "then", "else"].contains(&word)
    };
    lines.fold(first.to_owned(), |text, line| {
        let between = if is_open(&text) { " " } else { "; " };
        text + between + line
    })
}

/// The first so many characters, and a sign if there were more.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(65536), "65,536");
        assert_eq!(number(1_000_000), "1,000,000");
    }

    #[test]
    fn times_are_ms_below_a_second_and_s_above() {
        assert_eq!(duration(0.00012), "0.1 ms");
        assert_eq!(duration(0.0234), "23 ms");
        assert_eq!(duration(0.417), "420 ms");
        assert_eq!(duration(0.9761), "1.0 s");
        assert_eq!(duration(1.04), "1.0 s");
        assert_eq!(duration(60.2), "60 s");
        assert_eq!(limit(999.97), "1 s");
        assert_eq!(limit(1500.0), "1.5 s");
        assert_eq!(limit(200.0), "200 ms");
    }

    #[test]
    fn a_list_has_its_word_before_the_last() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&names[..1], "or"), "a");
        assert_eq!(list(&names[..2], "or"), "a or b");
        assert_eq!(list(&names, "and"), "a, b and c");
    }

    #[test]
    fn a_command_is_quoted_where_a_shell_would_want_it() {
        let argv = |all: &[&str]| all.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
        assert_eq!(command(&argv(&["head", "-n1"])), "head -n1");
        assert_eq!(command(&argv(&["sh", "-c", "a; b"])), "sh -c 'a; b'");
        assert_eq!(command(&argv(&["trap '' TERM"])), "\"trap '' TERM\"");
        let long = command(&argv(&["sh", "-c", &"x".repeat(500)]));
        assert_eq!(long.chars().count(), 60);
        assert!(long.ends_with('…'), "{long}");
    }

    #[test]
    fn a_script_of_several_lines_is_one_that_a_shell_takes() {
        let script = "\n    echo a\n    for i in 1 2; do\n\n  echo $i\n    done";
        let argv = ["sh", "-c", script].map(str::to_owned);
        assert_eq!(
            command(&argv),
            "sh -c 'echo a; for i in 1 2; do echo $i; done'"
        );
    }
}
