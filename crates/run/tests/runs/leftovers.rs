use crate::fixture::{script, standing_in};
use recording::Kind;
use std::process::Command;
use std::thread;
use std::time::Duration;

#[test]
fn a_grandchild_that_holds_stdout_does_not_hold_up_the_end() {
    script("sleep 1000 & echo done")
        .ends()
        .with_status(0)
        .having_said("done\n")
        .having_left(&["sleep"])
        .within(Duration::from_secs(8))
        .leaving_nothing();
}

#[test]
#[cfg(target_os = "linux")]
fn a_daemon_in_a_session_of_its_own_is_found_and_ended() {
    // Forked twice: its parent is gone when the script goes on.
    script("(setsid sh -c 'echo $$; exec sleep 1000 >/dev/null 2>&1' &) | read pid; echo done")
        .ends()
        .with_status(0)
        .having_said("done\n")
        .having_left(&["sleep"])
        .leaving_nothing();
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_left_and_ignores_every_signal_is_ended() {
    script("trap '' HUP INT TERM; setsid sleep 1000 & sleep 1000 & echo done")
        .ends()
        .having_left(&["sleep", "sleep"])
        .leaving_nothing();
}

#[test]
fn what_ends_by_itself_right_after_the_program_is_not_left_behind() {
    script("yes | head -n 1; sleep 0.02 & exit 4")
        .ends()
        .having_said("y\n")
        .with_status(4)
        .having_left(&[])
        .leaving_nothing();
}

#[test]
fn a_zombie_is_dead_and_not_left_behind() {
    // The shell becomes `tail`, which knows of no child and reaps none.
    script("true & exec tail -n 1")
        .with_stdin("one\n")
        .ends()
        .with_status(0)
        .having_left(&[])
        .leaving_nothing();
}

#[test]
fn output_that_a_grandchild_still_had_to_write_is_read() {
    script("(read nothing; seq 20000) & exec true")
        .ends()
        .having_said((1..=20000).map(|n| format!("{n}\n")).collect::<String>())
        .having_left(&[])
        .leaving_nothing();
}

#[test]
fn a_process_that_forks_and_exits_without_end_is_caught() {
    script("hop() { (hop) & exit; }; hop")
        .ends()
        .leaving_nothing();
}

#[test]
#[cfg(target_os = "linux")]
fn a_run_that_is_dropped_leaves_nothing() {
    let text = "trap '' INT TERM; setsid sleep 1000 & sleep 1000 & echo ready; exec sleep 1000";
    let running = script(text).starts().says("ready\n");
    let supervisor = running.supervisor;
    let control = running.run.control();
    drop(running.run);
    assert_eq!(standing_in(running.folder.path()), [""; 0]);
    assert!(!crate::fixture::exists(supervisor));
    control.stop();
}

#[test]
#[cfg(target_os = "linux")]
fn a_daemon_that_forks_and_exits_without_end_is_caught() {
    let hop = "hop() { (hop) & exit; }; echo ready; hop";
    script(&format!("setsid sh -c '{hop}' | head -n 1"))
        .ends()
        .having_said("ready\n")
        .leaving_nothing();
}

#[test]
fn hundreds_that_are_left_are_ended_and_a_hundred_of_them_told() {
    let ended = script("for n in $(seq 300); do sleep 1000 & done; echo done")
        .ends()
        .having_said("done\n");
    let told = ended
        .kinds()
        .filter(|kind| matches!(kind, Kind::LeftBehind { .. }));
    assert_eq!(told.count(), 100);
    ended.leaving_nothing();
}

#[test]
fn what_is_stopped_when_the_program_ends_is_ended_too() {
    script("sh -c 'kill -STOP $$' & exit 5")
        .ends()
        .with_status(5)
        .having_left(&["sh"])
        .leaving_nothing();
}

/// What no shell can do.
fn python(text: &str) -> Option<String> {
    let found = Command::new("python3").arg("-V").output();
    if found.is_err() {
        println!("not tested: python3 is not installed");
        return None;
    }
    Some(format!("python3 -c \"{text}\""))
}

#[test]
fn a_process_whose_first_thread_has_ended_is_ended_too() {
    let text = "import ctypes, os, threading, time
threading.Thread(target=time.sleep, args=(1000,)).start()
os.write(1, b'ready\\n')
ctypes.CDLL(None).pthread_exit(None)";
    let Some(python) = python(text) else { return };
    script(&format!("({python} &) | head -n 1"))
        .ends()
        .having_said("ready\n")
        .having_left(&["python3"])
        .leaving_nothing();
}

#[test]
#[cfg(target_os = "linux")]
fn a_process_that_joins_the_supervisors_group_is_ended_and_the_supervisor_is_not() {
    let text = "import os, time
supervisor = os.getsid(0)
os.setpgid(0, supervisor)
os.write(1, b'ready\\n')
time.sleep(1000)";
    let Some(python) = python(text) else { return };
    script(&format!("({python} &) | head -n 1"))
        .ends()
        .having_said("ready\n")
        .having_left(&["python3"])
        .leaving_nothing();
}

#[test]
fn a_run_that_is_dropped_at_once_leaves_nothing() {
    for _ in 0..20 {
        let running = script("sleep 1000 & sleep 1000").starts();
        drop(running.run);
        assert_eq!(standing_in(running.folder.path()), [""; 0]);
    }
}

#[test]
fn fifty_runs_in_batches_leave_nothing() {
    let one = |number: usize| {
        let (left, names): (_, &[_]) = match number % 2 {
            0 => ("sleep 1000 &", &["sleep"]),
            _ => ("", &[]),
        };
        script(&format!("{left} echo {number}; exit {number}"))
            .ends()
            .having_said(format!("{number}\n"))
            .with_status(number as i32)
            .having_left(names)
            .leaving_nothing();
    };
    for batch in 0..5 {
        thread::scope(|scope| {
            for number in 0..10 {
                scope.spawn(move || one(batch * 10 + number));
            }
        });
    }
}
