//! The supervisor of one run, which [`run::Start`] starts. Its stdin is a socket to
//! the run's owner, so it is of no use by hand.

fn main() -> std::process::ExitCode {
    run::supervise()
}
