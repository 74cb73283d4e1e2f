//! The program that stands around a supervisor and watches what it runs.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}
