use duct::cmd;

fn code_of(seconds: &str, script: &str) -> Option<i32> {
    let deadline = env!("CARGO_BIN_EXE_deadline");
    let command = cmd!(deadline, seconds, "sh", "-c", script);
    command.unchecked().run().expect("it starts").status.code()
}

#[test]
fn a_command_in_time_keeps_its_status() {
    assert_eq!(code_of("60", "exit 3"), Some(3));
}

#[test]
fn a_command_that_is_too_late_is_ended_with_124() {
    assert_eq!(code_of("1", "exec sleep 60"), Some(124));
}
