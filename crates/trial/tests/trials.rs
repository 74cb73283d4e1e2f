//! What a trial notices.

use anyhow::bail;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, mem};
use trial::{Ended, trial};

/// What a failing check says.
fn said(ended: &Ended) -> String {
    let fault = catch_unwind(AssertUnwindSafe(|| ended.passes())).expect_err("it fails");
    *fault.downcast().expect("a panic with a message")
}

fn sleep(seconds: &str) -> Command {
    let mut sleep = Command::new("sleep");
    sleep
        .arg(seconds)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    sleep
}

#[test]
fn what_does_as_expected_passes() {
    trial("a greeting", || {
        println!("hello");
        Ok(())
    })
    .prints("hello\n");
}

#[test]
fn it_reads_what_it_is_given() {
    trial("an echo", || {
        println!("{}", std::io::read_to_string(std::io::stdin())?);
        Ok(())
    })
    .stdin("one")
    .prints("one\n");
}

#[test]
fn an_error_is_told_with_the_page() {
    let ended = trial("a success", || bail!("no luck"))
        .read("chapter1-run/index.md")
        .ends();
    assert_eq!(
        said(&ended),
        "\n  expected: a success\n  happened: no luck\n  read:     book/chapter1-run/index.md\n"
    );
}

#[test]
fn a_childs_words_are_not_the_verdict() {
    let ended = trial("a success", || {
        Command::new("sh").args(["-c", "echo mine >&2"]).status()?;
        bail!("no luck")
    })
    .ends();
    let said = said(&ended);
    assert!(
        said.contains("happened: no luck\n  stderr:\n    | mine\n"),
        "{said}"
    );
}

#[test]
fn what_is_left_is_noticed_after_an_error_too() {
    let ended = trial("a success", || {
        mem::forget(sleep("60").spawn()?);
        bail!("no luck")
    })
    .ends();
    let said = said(&ended);
    assert!(
        said.contains("happened: no luck; and a child still runs"),
        "{said}"
    );
}

#[test]
fn a_panic_fails_and_its_message_is_shown() {
    let ended = trial("no panic", || panic!("a slip")).ends();
    let said = said(&ended);
    assert!(
        said.contains("it panicked") && said.contains("a slip"),
        "{said}"
    );
}

/// Whether the process is there, and no zombie.
fn lives(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

#[test]
#[cfg(target_os = "linux")]
fn what_hangs_is_ended_with_all_that_it_started() {
    let ended = trial("an end", || {
        let script = "setsid sleep 60 & echo $!; exec sleep 60";
        Command::new("sh").args(["-c", script]).status()?;
        Ok(())
    })
    .within(Duration::from_secs(2))
    .ends();
    assert!(said(&ended).contains("still ran after 2 s"));
    assert!(
        !ended.stdout.is_empty() && !lives(&ended.stdout),
        "{}",
        ended.stdout
    );
}

#[test]
fn what_floods_is_ended_in_time_and_in_little_memory() {
    let ended = trial("an end", || {
        Command::new("yes").status()?;
        Ok(())
    })
    .within(Duration::from_secs(1))
    .ends();
    assert!(said(&ended).contains("still ran after 1 s"));
    assert!(ended.stdout.len() <= 16 << 20);
    assert!(said(&ended).len() < 10_000);
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_to_the_whole_group_is_for_the_trial_alone() {
    let ended = trial("an end", || {
        Command::new("sh").args(["-c", "kill -KILL 0"]).status()?;
        Ok(())
    })
    .ends();
    assert!(
        said(&ended).contains("ended by signal 9"),
        "{}",
        said(&ended)
    );
}

#[test]
fn somebody_elses_words_do_not_hold_it_up() {
    let ended = trial("a success", || {
        let script = "while :; do echo still; sleep 1; done >&2";
        let mut daemon = Command::new("setsid");
        daemon
            .args(["sh", "-c", script])
            .env_clear()
            .env("PATH", env::var("PATH")?);
        println!("{}", daemon.stdout(Stdio::null()).spawn()?.id());
        std::process::exit(3)
    })
    .ends();
    // The daemon bears no mark, so that the trial has left it to us.
    let _ = Command::new("kill").arg(ended.stdout.trim()).status();
    assert!(
        said(&ended).contains("exited with status 3"),
        "{}",
        said(&ended)
    );
}

#[test]
fn a_test_has_one_trial() {
    trial("one", || Ok(())).passes();
    let second = trial("two", || Ok(()));
    let refused = catch_unwind(AssertUnwindSafe(|| second.passes()));
    assert!(refused.is_err());
}

fn in_another_function() -> Ended {
    trial("a beginning", || Ok(())).ends()
}

#[test]
fn a_trial_that_libtest_does_not_find_is_no_success() {
    let ended = in_another_function();
    assert!(said(&ended).contains("has not begun"), "{}", said(&ended));
}

#[test]
fn control_characters_are_shown_and_not_obeyed() {
    let ended = trial("a success", || {
        eprint!("\x1b[2J\rgone");
        bail!("\x1b[31mred")
    })
    .ends();
    let said = said(&ended);
    assert!(
        said.contains("\\u{1b}[2J\\rgone") && !said.contains('\x1b'),
        "{said}"
    );
}

#[test]
fn a_zombie_is_noticed() {
    let ended = trial("no zombie", || {
        mem::forget(sleep("0").spawn()?);
        Ok(())
    })
    .ends();
    assert!(said(&ended).contains("zombie"), "{}", said(&ended));
}

#[test]
fn a_running_child_is_noticed_and_named() {
    let ended = trial("no child", || {
        mem::forget(sleep("60").spawn()?);
        Ok(())
    })
    .ends();
    let said = said(&ended);
    assert!(said.contains("a child still runs: sleep (pid "), "{said}");
}

#[test]
fn an_orphan_in_a_session_of_its_own_is_noticed() {
    let ended = trial("no orphan", || {
        let script = "setsid sleep 60 >/dev/null 2>&1 &";
        Command::new("sh").args(["-c", script]).status()?;
        Ok(())
    })
    .ends();
    let said = said(&ended);
    assert!(said.contains("it has left running: sleep (pid "), "{said}");
}

#[test]
fn an_open_descriptor_is_noticed_and_named() {
    let ended = trial("all closed", || {
        mem::forget(File::open("/dev/null")?);
        Ok(())
    })
    .ends();
    assert!(said(&ended).contains("(/dev/null) is still open"));
}

#[test]
fn an_exit_is_no_return() {
    let ended = trial("a return", || std::process::exit(0)).ends();
    let said = said(&ended);
    assert!(said.contains("its process exited with status 0"), "{said}");
}

#[test]
fn it_has_an_empty_folder() {
    trial("nothing there", || {
        let entries = std::fs::read_dir(env::current_dir()?)?;
        trial::same("the number of files", &entries.count(), &0)
    })
    .passes();
}
