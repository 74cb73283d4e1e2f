//! The supervisor of one run; a [`run::Run`] starts it. It is of no use by
//! hand: its stdin is a socket to the run's owner.

fn main() -> std::process::ExitCode {
    run::supervise()
}
