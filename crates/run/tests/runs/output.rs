use crate::fixture::script;
use recording::{Bytes, Kind};

#[test]
fn both_streams_come_whole_and_in_the_order_of_time() {
    // The script goes on only when a line comes back for what it wrote.
    let ended = script("echo one; read ok; echo two >&2; read ok; echo three")
        .with_stdin(run::Stdin::Open)
        .starts()
        .says("one\n")
        .then(|control| control.write(b"ok\n").unwrap())
        .complains("two\n")
        .then(|control| control.write(b"ok\n").unwrap())
        .ends()
        .with_status(0);
    let kinds: Vec<_> = ended.kinds().cloned().collect();
    let [started, one, two, three, exited] = &kinds[..] else {
        panic!("{kinds:?}")
    };
    assert!(matches!(started, Kind::Started { command, .. } if command == "sh"));
    assert_eq!(*one, Kind::Stdout(Bytes(b"one\n".to_vec())));
    assert_eq!(*two, Kind::Stderr(Bytes(b"two\n".to_vec())));
    assert_eq!(*three, Kind::Stdout(Bytes(b"three\n".to_vec())));
    assert!(matches!(exited, Kind::Exited { .. }));
    assert!(ended.events.is_sorted_by(|one, two| one.t <= two.t));
}

#[test]
fn first_words_come_in_the_order_of_time() {
    // A program is started between the two, which takes long enough to tell them
    // apart, and less than a start takes altogether.
    let ended = script("echo one >&2; sh -c 'echo two'; wait").ends();
    let kinds: Vec<_> = ended.kinds().collect();
    let [_, one, two, _] = kinds[..] else {
        panic!("{kinds:?}")
    };
    assert_eq!(*one, Kind::Stderr(Bytes(b"one\n".to_vec())));
    assert_eq!(*two, Kind::Stdout(Bytes(b"two\n".to_vec())));
}

#[test]
fn times_have_four_decimals_and_the_end_is_after_the_duration() {
    let ended = script("echo one").ends();
    let (end, last) = (ended.events.last().unwrap(), ended.events.len() - 1);
    let Kind::Exited { seconds, .. } = end.kind else {
        panic!("{end:?}")
    };
    assert!(seconds > 0.0 && seconds <= end.t, "{end:?}");
    for t in ended.events.iter().map(|event| event.t).chain([seconds]) {
        assert!(format!("{t}").len() <= "0.1234".len(), "{t}");
    }
    assert!(last >= 2);
}

#[test]
fn a_character_cut_in_two_stays_whole() {
    let ended = script(r"printf 'a\303'; read ok; printf '\251b'")
        .with_stdin(run::Stdin::Open)
        .starts()
        .says("a")
        .then(|control| control.write(b"ok\n").unwrap())
        .ends();
    let kinds: Vec<_> = ended.kinds().collect();
    assert_eq!(*kinds[2], Kind::Stdout(Bytes("éb".into())));
}

#[test]
fn a_character_that_stays_cut_comes_as_it_is() {
    script(r"printf 'a\342\202'")
        .ends()
        .having_said(b"a\xe2\x82");
}

#[test]
fn bytes_that_are_not_utf_8_are_kept_exactly() {
    let all: Vec<u8> = (0..=255).collect();
    script("cat; cat >&2 </dev/null")
        .with_stdin(all.clone())
        .ends()
        .having_said(all);
}

#[test]
fn a_million_short_lines_come_whole() {
    let lines: String = (1..=1_000_000).map(|line| format!("{line}\n")).collect();
    script("seq 1000000")
        .ends()
        .having_said(lines)
        .with_status(0);
}

#[test]
fn a_program_that_writes_to_both_streams_at_once_is_read_from_both() {
    // Twice what the two pipes hold together: reading one after the other would
    // hang.
    let script = script("head -c 262144 /dev/zero >&2 & head -c 262144 /dev/zero; wait");
    let zeros = vec![0; 262_144];
    script
        .ends()
        .having_said(&zeros)
        .having_complained(&zeros)
        .with_status(0);
}

#[test]
fn output_without_a_newline_arrives_while_the_program_runs() {
    script("printf password:; read answer; echo; echo $answer")
        .with_stdin(run::Stdin::Open)
        .starts()
        .says("password:")
        .then(|control| control.write(b"xyzzy\n").unwrap())
        .ends()
        .having_said("password:\nxyzzy\n");
}

/// The name of a process, and the letter of its state (`proc_pid_stat(5)`).
#[cfg(target_os = "linux")]
fn state_of(pid: Option<u32>) -> String {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.unwrap())).unwrap();
    let (_, rest) = stat.split_once('(').unwrap();
    let (name, rest) = rest.rsplit_once(") ").unwrap();
    format!("{name} {}", &rest[..1])
}

#[cfg(target_os = "linux")]
#[test]
fn an_owner_that_does_not_read_makes_the_program_wait() {
    let running = script("exec dd if=/dev/zero bs=65536 count=99 status=none").starts();
    // Only a full pipe can make the program sleep.
    crate::fixture::await_that("the program waits", || {
        state_of(running.run.pid()) == "dd S"
    });
    running
        .ends()
        .having_said(vec![0; 99 * 65536])
        .with_status(0);
}
