//! The program that stands around the supervisor of a run, and tells what the run's
//! processes do. `run::Start::traced_by` starts it: its stdin is a socket to the
//! run's owner, so it is of no use by hand.

fn main() -> std::process::ExitCode {
    tracer::trace()
}
