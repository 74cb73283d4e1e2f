use crate::fixture::script;
use run::Stdin;

#[test]
fn stdin_is_empty_unless_something_is_given() {
    script("wc -c | tr -d ' '").ends().having_said("0\n");
}

#[test]
fn what_is_given_is_read_to_its_end() {
    script("wc -w | tr -d ' '")
        .with_stdin("one two three")
        .ends()
        .having_said("3\n");
}

#[test]
fn an_open_stdin_takes_what_is_written_until_it_is_closed() {
    script("echo ready; cat; echo end")
        .with_stdin(Stdin::Open)
        .starts()
        .says("ready\n")
        .then(|control| control.write(b"one\n").unwrap())
        .says("one\n")
        .then(|control| control.write(b"t\xffo\n").unwrap())
        .then(|control| control.close_stdin())
        .ends()
        .having_said(b"ready\none\nt\xffo\nend\n");
}

#[test]
fn ten_megabytes_go_in_and_come_out() {
    let bytes: Vec<u8> = (0..10_000_000_u32).map(|n| (n % 251) as u8).collect();
    script("cat")
        .with_stdin(bytes.clone())
        .ends()
        .having_said(bytes)
        .with_status(0);
}

#[test]
fn a_program_need_not_read_what_it_is_given() {
    script("exec <&-; echo closed")
        .with_stdin(vec![b'x'; 1_000_000])
        .ends()
        .having_said("closed\n")
        .with_status(0);
    script("sleep 1000")
        .with_stdin(vec![b'x'; 1_000_000])
        .starts()
        .then(|control| control.stop())
        .ends()
        .by_signal(2);
}

#[test]
fn a_program_that_is_sent_too_much_that_it_does_not_read_is_ended() {
    let mut running = script("exec sleep 1000").with_stdin(Stdin::Open).starts();
    let piece = vec![b'x'; 1 << 20];
    let control = running.run.control();
    for _ in 0..66 {
        let _ = control.write(&piece);
    }
    let error = running.run.find_map(Result::err).unwrap();
    let expected = "the program was sent more than 64 MiB that it did not read";
    assert_eq!(error.to_string(), expected);
    assert!(running.run.next().is_none());
    drop(running.run);
    assert_eq!(crate::fixture::standing_in(running.folder.path()), [""; 0]);
}
